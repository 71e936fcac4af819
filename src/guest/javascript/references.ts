import { OBJECT_ID, OBJECT_TYPE } from '../../kernel/layout';
import { ObjectTypeCode } from '../../protocol/words';
import { Attached, KernelObject, knownObject } from './api/kernel-object';
import { Barrier } from './api/barrier';
import { Condition } from './api/condition';
import { Event } from './api/event';
import { Lock, RLock } from './api/lock';
import { Connection, connectionAt, noteSentConnection } from './api/pipe';
import { Process } from './api/process';
import { JoinableQueue, Queue, SimpleQueue } from './api/queue';
import { BoundedSemaphore, Semaphore } from './api/semaphore';
import { SharedArray, Value } from './api/shared';
import { AttachedTask, Task } from './api/task';
import { Thread } from './api/thread';
import type { ReferenceReader, References, ReferenceWriter } from './codec/tags';
import { program } from './program';
import { k } from './runtime';

/** Classes of objects of the kernel that a message may name, by the code of their type. */
const classes = new Map<number, new (from: Attached) => KernelObject>([
  [ObjectTypeCode.lock, Lock],
  [ObjectTypeCode.rlock, RLock],
  [ObjectTypeCode.semaphore, Semaphore],
  [ObjectTypeCode['bounded semaphore'], BoundedSemaphore],
  [ObjectTypeCode.condition, Condition],
  [ObjectTypeCode.event, Event],
  [ObjectTypeCode.barrier, Barrier],
  [ObjectTypeCode.queue, Queue],
  [ObjectTypeCode['joinable queue'], JoinableQueue],
  [ObjectTypeCode['simple queue'], SimpleQueue],
  [ObjectTypeCode.value, Value],
  [ObjectTypeCode.array, SharedArray],
]);

const Kind = { Function: 0, Object: 1, Connection: 2, Process: 3, Thread: 4 } as const;

/** How a message names what is not copied. */
export const references: References = {
  write(value, to) {
    if (typeof value === 'function') return writeFunction(value, to);
    if (value instanceof KernelObject) return writeObject(value, to);
    if (value instanceof Connection) return writeConnection(value, to);
    if (value instanceof Task) return writeTask(value, to);
    return false;
  },
  read(from) {
    switch (from.integer()) {
      case Kind.Function:
        return program.functionOf(from.integer());
      case Kind.Object:
        return readObject(from);
      case Kind.Connection: {
        const pipe = from.integer();
        return connectionAt(pipe, from.integer(), true);
      }
      case Kind.Process:
        return new Process(readTask(from));
      default:
        return new Thread(readTask(from));
    }
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
  to.integer(Kind.Function);
  to.integer(number);
  return true;
}

function writeObject(value: KernelObject, to: ReferenceWriter): boolean {
  const type = k.words[value.at + OBJECT_TYPE];
  if (!classes.has(type)) throw new TypeError(`a ${value.constructor.name} cannot be sent to another task`);
  to.integer(Kind.Object);
  to.integer(value.at);
  to.integer(k.words[value.at + OBJECT_ID]);
  return true;
}

function readObject(from: ReferenceReader): KernelObject {
  const at = from.integer();
  const id = from.integer();
  const known = knownObject(at);
  if (known !== undefined) return known;
  const type = classes.get(k.words[at + OBJECT_TYPE]);
  if (type === undefined || k.words[at + OBJECT_ID] !== id) {
    k.panic(`a message names object ${id}, which is not at ${at}`);
  }
  return new type(new Attached(at));
}

function writeConnection(value: Connection, to: ReferenceWriter): boolean {
  if (to.purpose === 'message') {
    throw new TypeError(
      'a connection cannot be sent in a message: give it to the Process among its arguments',
    );
  }
  noteSentConnection(value);
  to.integer(Kind.Connection);
  to.integer(value.pipe);
  to.integer(value.end);
  return true;
}

function writeTask(value: Task, to: ReferenceWriter): boolean {
  const { address, tid, name, daemon } = value.slot;
  to.integer(value instanceof Process ? Kind.Process : Kind.Thread);
  to.integer(address);
  to.integer(tid);
  to.string(name);
  to.integer(daemon ? 1 : 0);
  return true;
}

function readTask(from: ReferenceReader): AttachedTask {
  const address = from.integer();
  const tid = from.integer();
  const name = from.string();
  return new AttachedTask(address, tid, name, from.integer() === 1);
}
