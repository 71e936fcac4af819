import { errnoName, EAGAIN, ETIMEDOUT, PARKED } from '../../../protocol/errno';
import { Signal, StartMethodCode } from '../../../protocol/words';
import type { Kernel } from '../../kernel';
import { TASK_WAIT_QUEUE, TASK_WOKEN_FROM } from '../../layout';
import { joinTask } from '../../task';
import { FOREVER, NO_WAIT } from '../../wait-queue';
import type { Random } from '../random';
import { SimulatedMachine, type SimulatedTask } from '../simulated-machine';
import { checkWaitQueues } from './wait-queue-check';

/** One operation of one actor, attempted until it does not answer PARKED. */
export interface Operation {
  readonly name: string;
  /** Operations of one key wait in one wait queue. */
  readonly key: string;
  /** What the model says that the answer must be now. */
  expected(): number;
  attempt(k: Kernel): number;
  /** Applies the answer to the model, and checks what else the operation answered. */
  settle?(outcome: number, k: Kernel): void;
}

/** A task of the test, with what it is in the middle of. */
export interface Actor {
  readonly task: SimulatedTask;
  /** The process that it is a thread of, or itself. */
  readonly process: Actor | undefined;
  pending: Operation | undefined;
  /** What it must do next: after a condition's wait it acquires the lock again. */
  readonly next: Operation[];
  /** When it came to the wait queue at `queue`, where it waits or was woken. */
  arrival: { readonly queue: number; readonly step: number } | undefined;
  alive: boolean;
  /** How its exit status will read. */
  status: number;
}

/** A slow and obvious twin of a kernel object. */
export interface Model {
  /** A random operation for `actor`, or undefined where it has none to do. */
  propose(actor: Actor): Operation | undefined;
  /** By key of its waiting operations: how many of those who wait could go on now. */
  available(): ReadonlyMap<string, number>;
  /** `actor` is about to end. */
  forget?(actor: Actor): void;
  /** Time has moved on: waits have ended. */
  timePassed?(): void;
  /** Throws where kernel and model differ. */
  check?(): void;
  /** Whether it is of no use any more, such as a lock held by the dead. */
  retired?(): boolean;
}

/** Actors that do random operations on random objects, each checked against its model. */
export class World {
  readonly machine: SimulatedMachine;
  readonly main: SimulatedTask;
  /** What happened, for the message of a failure. */
  readonly log: string[] = [];
  readonly actors: Actor[] = [];
  private readonly models: Model[];
  private steps = 0;
  /** Objects that others have replaced; some may still wait on them. */
  private readonly retired: Model[] = [];

  constructor(
    readonly random: Random,
    private readonly makers: readonly ((world: World) => Model)[],
    private readonly mostActors: number,
    options: { readonly shared: boolean; readonly tracing: boolean },
  ) {
    this.machine = new SimulatedMachine({ ...options, bytes: 24 << 20 });
    this.main = this.machine.boot();
    this.models = makers.map((make) => make(this));
    while (this.actors.length < mostActors) this.startOne();
  }

  step(): void {
    this.steps++;
    const chance = this.random.below(100);
    if (chance < 4) this.moveTime();
    else if (chance < 6) this.endOne();
    else if (chance < 9) this.startOne();
    else this.act();
    this.check();
  }

  /** Ends every actor, whatever it is doing, and then the run. */
  endAll(): void {
    while (this.actors.length > 0) this.endOne();
    this.main.exit();
  }

  /** The answer of an operation that cannot go on. */
  waitOutcome(deadline: number): number {
    if (deadline === NO_WAIT) return EAGAIN;
    return deadline <= this.machine.time ? ETIMEDOUT : PARKED;
  }
  randomDeadline(): number {
    const kind = this.random.below(10);
    return kind < 6 ? FOREVER : kind < 8 ? NO_WAIT : this.machine.time + 1 + this.random.below(500);
  }

  private get allModels(): Model[] {
    return [...this.models, ...this.retired];
  }

  private moveTime(): void {
    this.machine.advance(this.random.below(300));
    for (const model of this.allModels) model.timePassed?.();
  }

  private startOne(extra = 0): void {
    if (this.actors.length >= this.mostActors + extra) return;
    const processes = this.actors.filter((actor) => actor.process === undefined && actor.pending === undefined);
    const process = processes.length > 0 && this.random.chance(15) ? this.random.pick(processes) : undefined;
    const task = process === undefined
      ? this.main.start()
      : process.task.start({ method: StartMethodCode.thread, ownWorker: this.random.chance(50) });
    this.actors.push({ task, process, pending: undefined, next: [], arrival: undefined, alive: true, status: 0 });
    this.log.push(`${task.tid} started${process === undefined ? '' : ` by ${process.task.tid}`}`);
  }

  /** Has an actor exit, or kills its process, whatever it is doing. */
  private endOne(): void {
    if (this.actors.length === 0) return;
    // Often one that has been woken and has not looked: its wake-up must not be lost.
    const woken = this.actors.filter(({ pending, task }) => pending !== undefined && task.state === 'ready');
    const actor = this.random.pick(woken.length > 0 && this.random.chance(60) ? woken : this.actors);
    const exits = actor.pending === undefined && this.random.chance(30);
    const ending = exits ? actor : (actor.process ?? actor);
    const status = exits ? this.random.below(100) : -Signal.SIGKILL;
    this.log.push(`${ending.task.tid} ${exits ? 'exits' : 'is killed'} in ${ending.pending?.name ?? 'nothing'}`);
    // As the kernel does: threads in the order of their slots, the process last.
    const threads = this.actors.filter(({ process }) => process === ending);
    threads.sort((a, b) => a.task.address - b.task.address);
    for (const dying of [...threads, ending]) {
      for (const model of this.allModels) model.forget?.(dying);
      dying.alive = false;
      dying.status = status;
      this.actors.splice(this.actors.indexOf(dying), 1);
    }
    if (exits) ending.task.exit(status);
    else this.main.kill(ending.task);
    this.main.do((k) => joinTask(k, ending.task.address, ending.task.tid, NO_WAIT));
    this.machine.freeEndedWorkers();
  }

  private act(): void {
    const awake = this.actors.filter(({ task }) => task.state !== 'blocked');
    if (awake.length === 0) {
      // All wait: for time, or for what somebody new may do.
      if (this.random.chance(30)) this.moveTime();
      else if (this.actors.length < this.mostActors + 3) this.startOne(3);
      else this.endOne();
      return;
    }
    // Often one that has not been woken: it takes what another was woken for.
    const barging = awake.filter(({ pending }) => pending === undefined);
    const actor = this.random.pick(barging.length > 0 && this.random.chance(50) ? barging : awake);
    const operation = actor.pending ?? actor.next.shift() ?? this.random.pick(this.models).propose(actor);
    if (operation === undefined) return;
    const expected = operation.expected();
    const outcome = actor.task.do((k) => operation.attempt(k));
    this.log.push(`${actor.task.tid} ${operation.name}: ${errnoName(outcome)}`);
    if (outcome !== expected) throw new Error(`${operation.name}: ${errnoName(outcome)}, expected ${errnoName(expected)}`);
    actor.pending = outcome === PARKED ? operation : undefined;
    const queue = this.machine.words[actor.task.address + TASK_WAIT_QUEUE];
    if (queue === 0) actor.arrival = undefined;
    else if (actor.arrival?.queue !== queue) actor.arrival = { queue, step: this.steps };
    operation.settle?.(outcome, actor.task.kernel);
  }

  private check(): void {
    checkWaitQueues(this.machine.words);
    this.checkOrderOfArrival();
    for (const model of this.allModels) {
      model.check?.();
      for (const [key, available] of model.available()) this.checkNoneIsForgotten(key, available);
    }
    this.models.forEach((model, i) => {
      if (model.retired?.() !== true) return;
      this.retired.push(model);
      this.models[i] = this.makers[i](this);
    });
  }

  private checkOrderOfArrival(): void {
    const waiting = this.actors.filter(({ task }) => task.state === 'blocked');
    for (const queue of new Set(waiting.map(({ arrival }) => arrival!.queue))) {
      const expected = waiting.filter(({ arrival }) => arrival!.queue === queue)
        .sort((a, b) => a.arrival!.step - b.arrival!.step).map(({ task }) => task.tid);
      const actual = this.machine.waiting(queue);
      if (actual.join() !== expected.join()) throw new Error(`wait queue ${actual.join()}, but they came as ${expected.join()}`);
    }
  }

  /** Where some wait and could go on, as many have been woken. */
  private checkNoneIsForgotten(key: string, available: number): void {
    if (available === 0) return;
    const { words } = this.machine;
    for (const { pending, task } of this.actors) {
      if (pending?.key !== key || task.state !== 'blocked') continue;
      const queue = words[task.address + TASK_WAIT_QUEUE];
      const woken = this.actors.filter((other) => Math.abs(words[other.task.address + TASK_WOKEN_FROM]) === queue).length;
      if (available > woken) throw new Error(`lost wake-up of ${task.tid} in ${key}: ${available} could go on, ${woken} woken`);
    }
  }
}
