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
  /** The kernel found a broken invariant. */
  | { readonly type: 'panic'; readonly fact: string };
