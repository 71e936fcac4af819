import { PARKED } from '../../protocol/errno';
import type { Place, Tid } from '../../protocol/ids';
import type { VirtualSettings } from '../../protocol/program';
import { BLOCK_REASONS, READY_CAUSES, StartMethodCode } from '../../protocol/words';
import { createGil } from '../gil';
import { Kernel } from '../kernel';
import {
  EXECUTING, EXECUTING_TID, LAST_TIME, MINIMUM_MEMORY_BYTES, RUN_STATE, RunState, TASK_TID, TASK_WORKER, WORKER_GIL,
  workerAddress,
} from '../layout';
import { createMemory } from '../machine-memory';
import { virtualTime } from '../sched/virtual-time';
import { exitTask, joinTask, startTask } from '../task';
import { sleepUntil } from '../time';
import { FOREVER } from '../wait-queue';
import { RingReader, type RecordedEvent } from './ring-reader';

/** What a task of a test does next: so many steps of its own code, or an operation of the kernel. */
type Deed = number | ((k: Kernel) => number);
export type Script = (task: Actor) => Generator<Deed, void, number>;

/** Nothing but steps costs anything, and a step one nanosecond: a schedule can be drawn by hand. */
export const STEPS_ONLY: VirtualSettings = {
  costs: { step: 1, kernelCall: 0, contextSwitch: 0, wakeUp: 0, threadStart: 0, fork: 0, spawn: 0 },
};

/**
 * A machine of virtual time whose workers all live in this thread: it does what guests do, one deed of the executing task
 * after the other, and nothing ever sleeps.
 */
export class VirtualMachine {
  readonly memory: ArrayBufferLike;
  readonly words: Int32Array;
  readonly page: Kernel;
  private readonly kernels = new Map<number, Kernel>();
  private readonly actors = new Map<number, Actor>();
  private readonly reader: RingReader;
  private readonly host = { startWorker: () => undefined, terminateWorker: () => undefined };
  private readonly recorded: RecordedEvent[] = [];
  /** Called whenever the ring is about to be read. */
  onRecords: (() => void) | undefined;

  constructor(settings: VirtualSettings) {
    this.memory = createMemory({ shared: false, tracing: true, bytes: MINIMUM_MEMORY_BYTES, virtual: settings });
    this.words = new Int32Array(this.memory);
    this.page = new Kernel(this.memory, -1, virtualTime, this.host);
    this.reader = new RingReader(this.memory);
  }

  /** Runs a program whose first process does `script` until no task executes any more; all that was recorded. */
  run(script: Script): RecordedEvent[] {
    this.start(this.page, 'main', StartMethodCode.initial, true, script);
    return this.goOn();
  }

  /** Runs programs side by side, each by its name. */
  runTogether(programs: Readonly<Record<string, Script>>): RecordedEvent[] {
    Object.entries(programs).forEach(([name, script], number) => {
      this.start(this.page, name, StartMethodCode.initial, true, script, number === 0 ? {} : { program: number });
    });
    return this.goOn();
  }

  /** The same after the page has done something. */
  goOn(): RecordedEvent[] {
    while (this.words[EXECUTING] !== 0) {
      this.actors.get(this.words[EXECUTING_TID])!.act();
      this.drain();
    }
    this.drain();
    return this.recorded;
  }

  private drain(): void {
    this.onRecords?.();
    this.recorded.push(...this.reader.drain());
  }

  get now(): number {
    return this.page.doubles[LAST_TIME >> 1];
  }
  get ended(): boolean {
    return this.words[RUN_STATE] === RunState.Ended;
  }

  start(
    by: Kernel, name: string, method: number, ownWorker: boolean, script: Script, more: { readonly program?: number; readonly machinery?: boolean } = {},
  ): Actor {
    const outcome = startTask(by, { method, name, daemon: false, ownWorker, argumentBytes: 0, ...more });
    if (outcome !== 0) throw new Error(`startTask answered ${outcome}`);
    const address = by.result;
    const worker = this.words[address + TASK_WORKER];
    let k = this.kernels.get(worker);
    if (k === undefined || ownWorker) this.kernels.set(worker, (k = new Kernel(this.memory, worker, virtualTime, this.host)));
    const actor = new Actor(this, k, address, script);
    this.actors.set(actor.tid, actor);
    return actor;
  }
}

/** A task that follows a script. */
export class Actor {
  readonly tid: Tid;
  private readonly deeds: Generator<Deed, void, number>;
  private deed: Deed | undefined;
  private hasSettled = false;
  private answer = 0;

  constructor(readonly machine: VirtualMachine, readonly k: Kernel, readonly address: number, script: Script) {
    this.tid = k.words[address + TASK_TID] as Tid;
    this.deeds = script(this);
  }

  /** Does the next bit, up to the point where it may have to give way. */
  act(): void {
    const { k } = this;
    k.setCurrent(this.address);
    if (this.deed === undefined) {
      const next = this.deeds.next(this.answer);
      this.deed = next.done === true ? (kernel) => exitTask(kernel, 0, '') : next.value;
      k.place = (k.place + 1) as Place;
    }
    if (typeof this.deed === 'number') {
      const steps = Math.min(this.deed, k.scheduler.allowance(k));
      this.deed = this.deed === steps ? undefined : this.deed - steps;
      k.scheduler.settle(k, steps, false);
    } else {
      if (!this.hasSettled && (this.hasSettled = true) && k.scheduler.settle(k, 0, true)) return;
      this.hasSettled = false;
      const answer = this.deed(k);
      if (answer === PARKED) return;
      this.answer = answer;
      this.deed = undefined;
    }
  }

  /** Deeds for scripts: `const child = yield* task.process('a', script)`. */
  *process(name: string, script: Script, method: number = StartMethodCode.spawn): Generator<Deed, Actor, number> {
    return yield* this.startAs(name, method, true, script);
  }
  /** A thread with a worker of its own, as JavaScript's; where the process has a GIL, carried by the process's worker. */
  *thread(name: string, script: Script): Generator<Deed, Actor, number> {
    const hasGil = this.k.words[workerAddress(this.k.worker) + WORKER_GIL] !== 0;
    return yield* this.startAs(name, StartMethodCode.thread, !hasGil, script);
  }
  /** A thread of the library's own. */
  *machinery(name: string, script: Script): Generator<Deed, Actor, number> {
    return yield* this.startAs(name, StartMethodCode.thread, true, script, true);
  }
  *gil(): Generator<Deed, void, number> {
    yield createGil;
  }
  *join(other: Actor): Generator<Deed, void, number> {
    yield (k) => joinTask(k, other.address, other.tid, FOREVER);
  }
  *sleep(nanoseconds: number): Generator<Deed, void, number> {
    let until = -1;
    yield (k) => sleepUntil(k, until < 0 ? (until = k.scheduler.now(k) + nanoseconds) : until);
  }

  private *startAs(name: string, method: number, ownWorker: boolean, script: Script, machinery = false): Generator<Deed, Actor, number> {
    let actor: Actor | undefined;
    yield (k) => {
      actor = this.machine.start(k, name, method, ownWorker, script, { machinery });
      return 0;
    };
    return actor!;
  }
}

/** Name of each task. */
export function namesOf(events: readonly RecordedEvent[]): Map<number, string> {
  return new Map(events.filter(({ kind }) => kind === 'task-new').map(({ other, value }) => [other, String(value)]));
}

interface Turn {
  readonly tid: number;
  readonly cpu: number;
  readonly from: number;
  to: number;
  /** After which it was preempted, or -1. */
  steps: number;
}

/** When each task had a CPU. */
export function turnsOf(events: readonly RecordedEvent[]): Turn[] {
  const turns: Turn[] = [];
  const open = new Map<number, number>();
  for (const { kind, task, other, time, detail, value } of events) {
    if (kind === 'task-run') open.set(task, turns.push({ tid: task, cpu: other, from: time, to: time, steps: -1 }) - 1);
    const leaves = kind === 'task-exit' || (kind === 'task-block' && BLOCK_REASONS[detail] !== 'gil')
      || (kind === 'task-ready' && READY_CAUSES[detail] === 'preempted');
    const turn = open.get(task);
    if (!leaves || turn === undefined) continue;
    turns[turn].to = time;
    if (kind === 'task-ready') turns[turn].steps = Number(value ?? 0);
    open.delete(task);
  }
  return turns;
}

/**
 * Draws who had which CPU: a row each, a column for each `unit` of time, the first letter of the task's name, `.` for nobody.
 */
export function drawCpus(events: readonly RecordedEvent[], unit: number): string[] {
  const names = namesOf(events);
  const rows: string[][] = [];
  const end = Math.ceil(Math.max(...events.map(({ time }) => time)) / unit);
  for (const { tid, cpu, from, to } of turnsOf(events)) {
    const row = (rows[cpu] ??= []);
    for (let column = Math.ceil(from / unit); column * unit < to; column++) row[column] = names.get(tid)![0];
  }
  return rows.map((row) => Array.from({ length: end }, (_, column) => row[column] ?? '.').join(''));
}

/** The list with which the policy `replay` does the same run again. */
export function choicesOf(events: readonly RecordedEvent[]): number[] {
  return turnsOf(events).flatMap(({ tid, steps }) => [tid, steps]);
}

export function findingsOf(events: readonly RecordedEvent[]): string[] {
  return events.filter(({ kind }) => kind === 'finding').map(({ value }) => String(value));
}
