import type { Tid } from './ids';
import type { PauseState, StandingProcess, StopWish } from './pause';
import type { Program, VirtualSettings } from './program';
import type { EndReason } from './words';

/** Messages between the page and a worker that runs tasks. System calls and events do not go this way. */

/** The first message to a worker: what it is to run. The worker's task is in its slot of the memory. */
export interface WorkerBoot {
  readonly memory: ArrayBufferLike;
  /** Its number, the index of its slot. */
  readonly worker: number;
  /** Address and number of the task that it was started for: the slot may be another's before the worker has come so far. */
  readonly task: number;
  readonly tid: number;
  /** What the guest's `prepare` made of the program; structured clone. */
  readonly program: unknown;
  /** What the worker that started this one sent along with its request: the memory of a fork. */
  readonly carry?: unknown;
}

/** What a worker asks of the page. It does not wait for an answer. */
export type WorkerRequest =
  /** `worker` was reserved for the task at address `task`, whose number is `tid`: give it a worker. */
  | { readonly type: 'start worker'; readonly worker: number; readonly task: number; readonly tid: number; readonly carry?: unknown }
  /** The tasks of `worker` have ended: take it away. */
  | { readonly type: 'terminate worker'; readonly worker: number }
  /** The task of `worker` has ended by itself, and the worker is as it was before its boot message: it may serve again. */
  | { readonly type: 'release worker'; readonly worker: number }
  /** The worker has loaded what it needs to serve a task: said once, by workers of languages that take long to load. */
  | { readonly type: 'worker ready' }
  /** What the worker's process has in memory where the run stands, at this number of PAUSE_TURNS. */
  | { readonly type: 'memory'; readonly worker: number; readonly turn: number; readonly process: StandingProcess }
  /** The kernel found a broken invariant. */
  | { readonly type: 'panic'; readonly fact: string };

/** Where a run stands: its time in nanoseconds, and the number of the next text. */
export interface LastMoment {
  readonly time: number;
  readonly string: number;
}

/** A program as the worker gets it that has every process of a run. */
export interface ProgramStart extends Pick<Program, 'entry' | 'beside'> {
  /** What the guest's `prepare` made of it; structured clone. */
  readonly message: unknown;
  /** Names of its files, and the number of the first in places. */
  readonly files: readonly string[];
  readonly firstFile: number;
}

/** What the page asks of that worker. */
export type RunCommand =
  | {
    readonly type: 'run';
    /** They are there from the beginning, and wait each for the one before. */
    readonly programs: readonly ProgramStart[];
    readonly tracing: boolean;
    /** Whether loads and stores of variables are recorded as well. */
    readonly watching: boolean;
    readonly virtual: VirtualSettings;
    readonly memoryBytes?: number;
    readonly stdin?: string;
  }
  | { readonly type: 'stop' }
  /** The reader's line, or the end of the input. */
  | { readonly type: 'line'; readonly line: string | null }
  /** So many programs will be added. */
  | { readonly type: 'expect'; readonly programs: number }
  | { readonly type: 'add'; readonly program: ProgramStart }
  | { readonly type: 'go on'; readonly wish: StopWish }
  /** The reader's choice. */
  | { readonly type: 'choose'; readonly task: Tid };

/** What it tells the page. */
export type RunReport =
  | { readonly type: 'worker ready' }
  | { readonly type: 'records'; readonly records: Int32Array; readonly moment: LastMoment }
  | { readonly type: 'input wanted'; readonly wanted: boolean }
  /** The program that was to be added: 0, or an errno. */
  | { readonly type: 'added'; readonly outcome: number }
  /** The run stands still, or goes on. */
  | { readonly type: 'paused'; readonly state: PauseState | undefined }
  | { readonly type: 'chosen'; readonly taken: boolean }
  /** Every record was sent before. */
  | { readonly type: 'over'; readonly reason: EndReason; readonly status: number }
  | { readonly type: 'panicked'; readonly fact: string };
