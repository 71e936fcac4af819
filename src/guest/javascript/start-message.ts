import type { Handle } from '../../kernel/handles';
import { topLevelObjects } from './api/kernel-object';
import { MESSAGE_START, decodeAt, decodedEnd, encodeAt } from './codec/codec';
import { k } from './runtime';

/** The target of a process that runs the jobs of a pool instead of a function of the program. */
export const POOL_WORKER = -1;

/** What tasks run that are not functions of the program, by their number; pools add theirs. */
export const ownTargets = new Map<number, (...parameters: never[]) => unknown>();

/** Ends of pipes that a new process begins with. */
export interface HandleKeeper {
  /** The start message is about to be written: ends that are named from now on are its own. */
  begin(): void;
  /** Ends that go along. */
  taken(): Handle[];
  /** In the new process: the numbers that it has open. */
  inherit(numbers: readonly number[]): void;
}
let handleKeeper: HandleKeeper | undefined;

/** Pipes keep count of their ends here, where the program has pipes. */
export function keepHandles(keeper: HandleKeeper): void {
  handleKeeper = keeper;
}

/** In a new process: has the ends of pipes that it was given, whose numbers `open` finds out. */
export function inheritHandles(open: () => number[]): void {
  handleKeeper?.inherit(open());
}

/** What a new task is told beside its arguments. */
export interface StartHeader {
  /** Number of the function it runs, or {@link POOL_WORKER}. */
  readonly target: number;
  readonly name: string;
  readonly processName: string;
  readonly parentName: string;
  /** Objects that the first process made while it loaded the program. */
  readonly objects: number[];
  /** Byte of the message at which its arguments begin. */
  readonly arguments: number;
}

/** The message that a task is started with, in the scratch. */
export interface StartMessage {
  readonly argumentBytes: number;
  /**
   * Ends of pipes that a new process begins with: those of the program's top level and those among its
   * arguments.
   */
  readonly handles: readonly Handle[];
}

export function encodeStart(
  target: number,
  names: Pick<StartHeader, 'name' | 'processName' | 'parentName'>,
  parameters: readonly unknown[],
): StartMessage {
  const { name, processName, parentName } = names;
  const start = encodeAt([target, name, processName, parentName, topLevelObjects.addresses], MESSAGE_START);
  handleKeeper?.begin();
  const argumentBytes = encodeAt(parameters, start, 'arguments');
  return { argumentBytes, handles: handleKeeper?.taken() ?? [] };
}

/** Reads the part of a start message that is needed before the program is loaded. */
export function decodeStartHeader(message: Uint8Array): StartHeader {
  intoScratch(message);
  const [target, name, processName, parentName, objects] = decodeAt(MESSAGE_START) as [
    number,
    string,
    string,
    string,
    number[],
  ];
  return { target, name, processName, parentName, objects, arguments: decodedEnd() };
}

/** Reads the arguments, in which functions and classes of the program may be named. */
export function decodeStartArguments(message: Uint8Array, { arguments: start }: StartHeader): unknown[] {
  intoScratch(message);
  return decodeAt(start) as unknown[];
}

function intoScratch(message: Uint8Array): void {
  k.growScratch(message.length);
  k.scratch.set(message);
}
