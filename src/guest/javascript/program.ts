import type { LoadableProgram, LoadFile } from './program-message';
import { k } from './runtime';

/** A function or class of the program's top level. */
export type ProgramFunction = (...parameters: unknown[]) => unknown;

/**
 * Compiles and runs text in the global scope; taken before the program's own `eval` is taken away
 * (sandbox.ts).
 */
const compile = globalThis.eval;

/**
 * The program as this worker has loaded it. Its top-level functions and classes have numbers, the same in
 * every worker: what a message says of one is its number.
 */
class LoadedProgram {
  private readonly functions: ProgramFunction[] = [];
  private readonly numbers = new Map<unknown, number>();
  main: ProgramFunction = () => undefined;

  /** Evaluates the program's files, which define things. `api`: what 'weft' exports. */
  load({ files, order }: LoadableProgram, api: object): void {
    const modules: (Record<string, unknown> | undefined)[] = files.map(() => undefined);
    k.loading = true;
    for (const index of order) {
      const { exports, locals } = (compile(files[index].code) as LoadFile)(k, api, modules);
      modules[index] = exports;
      for (const value of Object.values(locals)) this.add(value);
      const { main } = exports;
      if (index === order.at(-1)) this.main = main as ProgramFunction;
    }
    k.loading = false;
  }

  /** The number of a function or class of the top level, or -1. */
  numberOf(value: unknown): number {
    return this.numbers.get(value) ?? -1;
  }

  functionOf(number: number): ProgramFunction {
    return this.functions[number];
  }

  private add(value: unknown): void {
    if (typeof value !== 'function' || this.numbers.has(value)) return;
    this.numbers.set(value, this.functions.length);
    this.functions.push(value as ProgramFunction);
  }
}
export const program = new LoadedProgram();

/**
 * The number of `target`, which a new task is to run. Throws what the program did wrong where it is not of
 * its top level.
 */
export function targetNumber(target: unknown, what: string): number {
  if (typeof target !== 'function') throw new TypeError(`invalid target: ${what} takes a function`);
  const number = program.numberOf(target);
  if (number >= 0) return number;
  const name = target.name === '' ? 'an anonymous function' : target.name;
  throw new TypeError(
    `unsupported target: ${what} finds its function by name in a program loaded anew, so it must be a ` +
      `function of the program's top level, and ${name} is not`,
  );
}
