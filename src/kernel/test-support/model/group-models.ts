import { DONE, EBROKEN, EPERM, PARKED } from '../../../protocol/errno';
import {
  abortBarrier, barrierState, createBarrier, LAST_TO_ARRIVE, openBarrier, resetBarrier, waitBarrier,
} from '../../sync/barrier';
import { createCondition, notifyCondition, waitCondition } from '../../sync/condition';
import { restoreDepth } from '../../sync/lock';
import { FOREVER, NO_WAIT } from '../../wait-queue';
import { LockModel } from './sync-models';
import type { Actor, Model, Operation, World } from './world';

/** A condition with a lock of its own. */
export class ConditionModel implements Model {
  private readonly lock: LockModel;
  private readonly at: number;
  /** First come first; with the deadline of each. */
  private waiting: { readonly actor: Actor; readonly deadline: number }[] = [];
  private readonly notified = new Map<Actor, 'one' | 'all'>();

  constructor(private readonly world: World, type: 'lock' | 'rlock') {
    this.lock = new LockModel(world, type);
    this.at = world.main.do((k) => createCondition(k, this.lock.at, 'condition'));
  }

  propose(actor: Actor): Operation {
    const { random } = this.world;
    if (this.lock.owner !== actor && random.chance(90)) return this.lock.acquire(actor, this.world.randomDeadline());
    const choice = random.below(10);
    if (choice < 4) return this.wait(actor, this.world.randomDeadline());
    if (choice < 7) return this.notify(actor, random.pick([1, 1, 2, Infinity]));
    return choice < 8 ? this.lock.acquire(actor, NO_WAIT) : this.lock.release(actor);
  }

  private wait(actor: Actor, deadline: number): Operation {
    let isInside = false;
    let depth = 0;
    return {
      name: `wait on condition ${this.at}`, key: `wait on condition ${this.at}`,
      expected: () => {
        if (this.notified.has(actor)) return DONE;
        return isInside || this.lock.mayRelease(actor) ? this.world.waitOutcome(deadline) : EPERM;
      },
      attempt: (k) => waitCondition(k, this.at, deadline),
      settle: (outcome, k) => {
        if (outcome === EPERM) return;
        if (!isInside) {
          isInside = true;
          depth = this.lock.depth - 1;
          this.lock.owner = undefined;
          this.lock.depth = 0;
          if (outcome === PARKED) this.waiting.push({ actor, deadline });
        }
        if (k.result !== depth) throw new Error(`condition ${this.at}: depth ${k.result}, expected ${depth}`);
        if (outcome === PARKED) return;
        this.notified.delete(actor);
        actor.next.push(this.acquireAgain(actor, depth));
      },
    };
  }
  private acquireAgain(actor: Actor, depth: number): Operation {
    const acquire = this.lock.acquire(actor, FOREVER);
    return {
      ...acquire,
      settle: (outcome, k) => {
        acquire.settle?.(outcome, k);
        if (outcome !== DONE) return;
        restoreDepth(k, this.lock.at, depth);
        this.lock.depth = depth + 1;
      },
    };
  }
  private notify(actor: Actor, count: number): Operation {
    return {
      name: `notify condition ${this.at} by ${count}`, key: '',
      expected: () => (this.lock.mayRelease(actor) ? DONE : EPERM),
      attempt: (k) => notifyCondition(k, this.at, count),
      settle: (outcome, k) => {
        if (outcome !== DONE) return;
        const woken = this.waiting.splice(0, count);
        if (k.result !== woken.length) throw new Error(`condition ${this.at}: ${k.result} notified, expected ${woken.length}`);
        for (const waiter of woken) this.notified.set(waiter.actor, count === Infinity ? 'all' : 'one');
      },
    };
  }

  available(): ReadonlyMap<string, number> {
    return this.lock.available();
  }
  forget(actor: Actor): void {
    const kind = this.notified.get(actor);
    this.notified.delete(actor);
    this.waiting = this.waiting.filter((waiter) => waiter.actor !== actor);
    if (kind !== 'one') return;
    const next = this.waiting.shift();
    if (next !== undefined) this.notified.set(next.actor, 'one');
  }
  timePassed(): void {
    this.waiting = this.waiting.filter(({ deadline }) => deadline > this.world.machine.time);
  }
  check(): void {
    this.lock.check();
    for (const { task } of this.notified.keys()) {
      if (task.state === 'blocked') throw new Error(`condition ${this.at}: ${task.tid} is notified and still waits`);
    }
    for (const { actor: { task } } of this.waiting) {
      if (task.state !== 'blocked') throw new Error(`condition ${this.at}: ${task.tid} was not notified and waits no longer`);
    }
  }
  retired(): boolean {
    return this.lock.retired();
  }
}

export class BarrierModel implements Model {
  private readonly at: number;
  private isBroken = false;
  /** Who has arrived in this round, some of them dead. */
  private arrived: Actor[] = [];
  private last: Actor | undefined;
  private readonly outcomes = new Map<Actor, number>();
  private late = new Set<Actor>();

  constructor(private readonly world: World, private readonly parties: number) {
    this.at = world.main.do((k) => createBarrier(k, parties, 'barrier'));
  }

  propose(actor: Actor): Operation {
    const choice = this.world.random.below(100);
    if (choice < 3 || (this.isBroken && choice < 30)) return this.end('reset', resetBarrier, actor);
    if (choice < 5) return this.end('abort', abortBarrier, actor);
    return this.wait(actor, this.world.randomDeadline());
  }

  private wait(actor: Actor, deadline: number): Operation {
    const isInside = (): boolean => this.arrived.includes(actor) || this.outcomes.has(actor);
    const refused = (): number => (this.world.waitOutcome(deadline) === PARKED ? PARKED : EBROKEN);
    return {
      name: `wait at barrier ${this.at}`, key: `wait at barrier ${this.at}`,
      expected: () => {
        const known = this.outcomes.get(actor);
        if (known !== undefined) return known;
        if (isInside()) return refused();
        if (this.isBroken) return EBROKEN;
        if (this.last !== undefined) return refused();
        return this.arrived.length + 1 === this.parties ? LAST_TO_ARRIVE : refused();
      },
      attempt: (k) => waitBarrier(k, this.at, deadline),
      settle: (outcome, k) => {
        this.late.delete(actor);
        if (this.outcomes.delete(actor)) return;
        if (!isInside() && !this.isBroken) {
          if (this.last !== undefined) this.late.add(actor);
          else if (k.result !== this.arrived.push(actor) - 1) throw new Error(`barrier ${this.at}: index ${k.result}`);
        }
        if (outcome === EBROKEN) {
          this.finish(EBROKEN, true);
          this.late.delete(actor);
          this.outcomes.delete(actor);
        } else if (outcome === LAST_TO_ARRIVE) {
          this.last = actor;
          this.arrived.pop();
          actor.next.push(this.end(this.world.random.chance(90) ? 'open' : 'abort', openBarrier, actor));
        }
      },
    };
  }
  private end(name: 'open' | 'abort' | 'reset', attempt: typeof openBarrier, actor: Actor): Operation {
    return {
      name: `${name} barrier ${this.at}`, key: '',
      expected: () => (name !== 'open' || this.last === actor ? DONE : EBROKEN),
      attempt: (k) => (name === 'abort' ? abortBarrier : attempt)(k, this.at),
      settle: (outcome) => {
        if (outcome === DONE) this.finish(name === 'open' ? DONE : EBROKEN, name === 'abort' || (name === 'open' && this.isBroken));
      },
    };
  }
  private finish(outcome: number, broken: boolean): void {
    for (const actor of this.arrived) if (actor.alive) this.outcomes.set(actor, outcome);
    this.isBroken = broken;
    this.arrived = [];
    this.last = undefined;
    this.late.clear();
  }

  available(): ReadonlyMap<string, number> {
    return new Map();
  }
  forget(actor: Actor): void {
    this.outcomes.delete(actor);
    this.late.delete(actor);
  }
  check(): void {
    const state = barrierState(this.world.machine.page, this.at);
    const arrived = this.arrived.length + (this.last === undefined ? 0 : 1);
    if (state.waiting !== arrived || state.broken !== this.isBroken) {
      throw new Error(`barrier ${this.at}: ${JSON.stringify(state)}, expected ${arrived}, ${this.isBroken ? 'broken' : 'whole'}`);
    }
    for (const { task } of this.outcomes.keys()) {
      if (task.state === 'blocked') throw new Error(`barrier ${this.at}: the round of ${task.tid} is over and it still waits`);
    }
    for (const { pending, task } of this.world.actors) {
      const waits = pending?.name === `wait at barrier ${this.at}` && task.state === 'blocked';
      const known = this.late.has(this.actorOf(task.tid)!) || this.arrived.includes(this.actorOf(task.tid)!);
      if (waits && !known) throw new Error(`barrier ${this.at}: ${task.tid} waits for nothing`);
    }
  }
  private actorOf(tid: number): Actor | undefined {
    return this.world.actors.find(({ task }) => task.tid === tid);
  }
}
