import { SendableCode, sendableKind, sendableKindOf } from './api/sendable';
import type { ReferenceWriter, References } from './codec/tags';
import { program } from './program';
import { k } from './runtime';

/** How a message names what is not copied. */
export const references: References = {
  write(value, to) {
    if (typeof value === 'function') return writeFunction(value, to);
    const kind = sendableKindOf(value);
    if (kind === undefined) return false;
    kind.write(value, to);
    return true;
  },
  read(from) {
    const code = from.integer();
    if (code === SendableCode.Function) return program.functionOf(from.integer());
    const kind = sendableKind(code);
    // Every worker of a program has the same script: what one can write another can read.
    if (kind === undefined) k.panic(`a message names a thing of kind ${code}, which this worker does not know`);
    return kind.read(from);
  },
  classOf(instance) {
    const prototype = Object.getPrototypeOf(instance) as { readonly constructor?: unknown } | null;
    const type = prototype?.constructor;
    return typeof type === 'function' && type.prototype === prototype ? program.numberOf(type) : -1;
  },
  prototypeOf: (classNumber) => program.functionOf(classNumber).prototype as object,
};

function writeFunction(value: object, to: ReferenceWriter): boolean {
  const number = program.numberOf(value);
  if (number < 0) return false;
  to.integer(SendableCode.Function);
  to.integer(number);
  return true;
}
