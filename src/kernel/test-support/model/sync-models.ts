import { DONE, EOVERFLOW, EPERM } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { clearEvent, createEvent, eventIsSet, setEvent, waitEvent } from '../../sync/event';
import { acquireLock, createLock, lockOwner, releaseLock } from '../../sync/lock';
import { acquireSemaphore, createSemaphore, releaseSemaphore, SEMAPHORE_MAXIMUM, semaphoreValue } from '../../sync/semaphore';
import { sleepUntil } from '../../time';
import { NO_WAIT } from '../../wait-queue';
import type { Actor, Model, Operation, World } from './world';

/** A lock or an rlock: who has it, how often. */
export class LockModel implements Model {
  owner: Actor | undefined;
  depth = 0;
  readonly at: number;
  private readonly key: string;

  constructor(readonly world: World, readonly type: 'lock' | 'rlock') {
    this.at = world.main.do((k) => createLock(k, ObjectTypeCode[type], type));
    this.key = `acquire ${type} ${this.at}`;
  }

  propose(actor: Actor): Operation {
    const { random } = this.world;
    const releases = this.owner === actor ? random.chance(60) : random.chance(5);
    if (releases) return this.release(actor);
    // Its owner waits for ever for a plain lock: now and then.
    const waits = this.owner !== actor || random.chance(10);
    return this.acquire(actor, waits ? this.world.randomDeadline() : NO_WAIT);
  }
  mayRelease(actor: Actor): boolean {
    return this.owner !== undefined && (this.type === 'lock' || this.owner === actor);
  }
  acquire(actor: Actor, deadline: number): Operation {
    return {
      name: this.key, key: this.key,
      expected: () => {
        const free = this.owner === undefined || (this.type === 'rlock' && this.owner === actor);
        return free ? DONE : this.world.waitOutcome(deadline);
      },
      attempt: (k) => acquireLock(k, this.at, deadline),
      settle: (outcome) => {
        if (outcome !== DONE) return;
        this.owner = actor;
        this.depth++;
      },
    };
  }
  release(actor: Actor): Operation {
    return {
      name: `release ${this.type} ${this.at}`, key: '',
      expected: () => (this.mayRelease(actor) ? DONE : EPERM),
      attempt: (k) => releaseLock(k, this.at),
      settle: (outcome) => {
        if (outcome === DONE && --this.depth === 0) this.owner = undefined;
      },
    };
  }
  available(): ReadonlyMap<string, number> {
    return new Map([[this.key, this.owner === undefined ? 1 : 0]]);
  }
  check(): void {
    const tid = lockOwner(this.world.machine.page, this.at);
    if (tid !== (this.owner?.task.tid ?? 0)) throw new Error(`${this.type} ${this.at}: owner ${tid}, expected ${this.owner?.task.tid}`);
  }
  retired(): boolean {
    return this.owner?.alive === false;
  }
}

export class SemaphoreModel implements Model {
  private readonly at: number;
  private readonly key: string;

  constructor(private readonly world: World, private value: number, private readonly maximum = SEMAPHORE_MAXIMUM) {
    this.at = world.main.do((k) => createSemaphore(k, ObjectTypeCode.semaphore, value, maximum, 'semaphore'));
    this.key = `acquire semaphore ${this.at}`;
  }

  propose(): Operation {
    const { random } = this.world;
    if (random.chance(35)) return this.release(random.pick([1, 1, 1, 2, 3]));
    const deadline = this.world.randomDeadline();
    return {
      name: this.key, key: this.key,
      expected: () => (this.value > 0 ? DONE : this.world.waitOutcome(deadline)),
      attempt: (k) => acquireSemaphore(k, this.at, deadline),
      settle: (outcome) => {
        if (outcome === DONE) this.value--;
      },
    };
  }
  private release(count: number): Operation {
    return {
      name: `release semaphore ${this.at} by ${count}`, key: '',
      expected: () => (this.value + count > this.maximum ? EOVERFLOW : DONE),
      attempt: (k) => releaseSemaphore(k, this.at, count),
      settle: (outcome) => {
        if (outcome === DONE) this.value += count;
      },
    };
  }
  available(): ReadonlyMap<string, number> {
    return new Map([[this.key, this.value]]);
  }
  check(): void {
    const value = semaphoreValue(this.world.machine.page, this.at);
    if (value !== this.value) throw new Error(`semaphore ${this.at}: ${value}, expected ${this.value}`);
  }
}

export class EventModel implements Model {
  private readonly at: number;
  private readonly key: string;
  private isSet = false;
  private readonly waiting = new Map<Actor, number>();
  /** Those who waited when it was set, and have not looked since. */
  private readonly released = new Set<Actor>();

  constructor(private readonly world: World) {
    this.at = world.main.do((k) => createEvent(k, 'event'));
    this.key = `wait for event ${this.at}`;
  }

  propose(actor: Actor): Operation {
    const choice = this.world.random.below(10);
    if (choice < 2) return this.change('set', setEvent, true);
    if (choice < 5) return this.change('clear', clearEvent, false);
    const deadline = this.world.randomDeadline();
    return {
      name: this.key, key: this.key,
      expected: () => (this.isSet || this.released.has(actor) ? DONE : this.world.waitOutcome(deadline)),
      attempt: (k) => waitEvent(k, this.at, deadline),
      settle: (outcome) => {
        this.forget(actor);
        if (outcome !== DONE && actor.pending !== undefined) this.waiting.set(actor, deadline);
      },
    };
  }
  private change(name: string, attempt: typeof setEvent, isSet: boolean): Operation {
    return {
      name: `${name} event ${this.at}`, key: '',
      expected: () => DONE,
      attempt: (k) => attempt(k, this.at),
      settle: () => {
        this.isSet = isSet;
        if (!isSet) return;
        for (const actor of this.waiting.keys()) this.released.add(actor);
        this.waiting.clear();
      },
    };
  }
  available(): ReadonlyMap<string, number> {
    return new Map([[this.key, this.isSet ? Infinity : 0]]);
  }
  forget(actor: Actor): void {
    this.waiting.delete(actor);
    this.released.delete(actor);
  }
  timePassed(): void {
    for (const [actor, deadline] of this.waiting) if (deadline <= this.world.machine.time) this.waiting.delete(actor);
  }
  check(): void {
    if (eventIsSet(this.world.machine.page, this.at) !== this.isSet) throw new Error(`event ${this.at}: expected ${this.isSet}`);
    for (const { task } of this.released) if (task.state === 'blocked') throw new Error(`event ${this.at}: ${task.tid} still waits`);
  }
}

export class SleepModel implements Model {
  constructor(private readonly world: World) {}

  propose(): Operation {
    const deadline = this.world.random.chance(10) ? NO_WAIT : this.world.machine.time + this.world.random.below(100);
    return {
      name: `sleep until ${deadline}`, key: '',
      expected: () => (deadline <= this.world.machine.time ? DONE : this.world.waitOutcome(deadline)),
      attempt: (k) => sleepUntil(k, deadline),
    };
  }
  available(): ReadonlyMap<string, number> {
    return new Map();
  }
}
