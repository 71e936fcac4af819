import { NO_PLACE, type Place, type Tid } from '../../../protocol/ids';
import type { Interpreter } from './boot';
import type { ChainFrame } from './call-chain';
import type { Detours } from './frames';

/** One Python stack of this worker: a task of the kernel. */
export interface PythonTask {
  readonly address: number;
  readonly tid: Tid;
  /** What `threading.get_ident` answers on it. */
  readonly ident: number;
  /** The Python function that it runs, and its arguments. */
  readonly entry: number;
  readonly arguments: readonly unknown[];
  /** Instead of these: what a forked child goes on with. */
  readonly resumption?: Resumption;
  /** The frames that wait for its outermost one, where it goes on in a forked child. */
  later: readonly ChainFrame[];

  /** While it is suspended: what it attempts when it is dispatched, and what it makes of the outcome. */
  attempt?: (() => number) | undefined;
  finish?: ((outcome: number) => number) | undefined;
  /** Calls that signals have interrupted, the last one last: what goes on with each. */
  readonly interrupted: (() => number)[];
  place: Place;
  /** Address of the object that the program calls now (0: none in particular), or undefined: see calls/program-objects.ts. */
  callOn: number | undefined;
  /** In virtual time: whether what it attempts next has been settled for already, when others had to go first. */
  hasSettled: boolean;
  resume?: (value: number) => void;
  threadState: number;
  /** Whether it was suspended without a thread state, between Py_BEGIN_ALLOW_THREADS and its end. */
  detached: boolean;
  stack?: { restore(): void };
  detours?: Detours;
  suspender?: unknown;
  /** Of a stack that its task has beside others (a greenlet's): the one that goes on when this has ended. */
  next?: PythonTask;
}

/** A stack in the middle of a call that answers `result`, with the state of its thread. */
export interface Resumption {
  readonly threadState: number;
  readonly chain: readonly ChainFrame[];
}

export function newTask(
  fields: Pick<PythonTask, 'address' | 'tid' | 'ident' | 'entry' | 'arguments' | 'resumption'>,
): PythonTask {
  return { ...fields, later: [], interrupted: [], place: NO_PLACE, callOn: undefined, hasSettled: false, threadState: 0, detached: false };
}

/** An exception with which a stack ended, for whoever looks for the mistake. */
export function describe({ x, native }: Interpreter, exception: number): string {
  const text = exception === 0 ? 0 : x.PyObject_Repr(exception);
  return text === 0 ? 'an exception' : native.textAt(text);
}
