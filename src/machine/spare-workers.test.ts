import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Guest } from '../guest/guest';
import { SpareWorkers } from './spare-workers';

/** What the machine uses of a worker. */
class FakeWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { preventDefault(): void }) => void) | null = null;
  isTerminated = false;
  terminate(): void {
    this.isTerminated = true;
  }
  sayReady(): void {
    this.onmessage?.({ data: { type: 'worker ready' } });
  }
}

const made: FakeWorker[] = [];

function guestThatKeeps(keptWorkers: number | undefined): Guest {
  return {
    language: 'python',
    prepare: () => Promise.reject(new Error('not asked for here')),
    createWorker: () => {
      const worker = new FakeWorker();
      made.push(worker);
      return worker as unknown as Worker;
    },
    ...(keptWorkers !== undefined && { keptWorkers }),
  };
}

/** Whether it has resolved by now. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  return Promise.race([promise.then(() => true), Promise.resolve().then(() => Promise.resolve()).then(() => false)]);
}

describe('spare workers of a language that takes long to load', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    made.length = 0;
  });

  it('are waited for until each has loaded, and made once', async () => {
    const spares = new SpareWorkers(guestThatKeeps(6), 2);
    const all = spares.ensure(3);
    expect(made).toHaveLength(3);
    made[0].sayReady();
    made[1].sayReady();
    expect(await isDone(all)).toBe(false);
    made[2].sayReady();
    await all;
    await spares.ensure(3);
    expect(made).toHaveLength(3);
  });

  it('are never more than are kept, whatever a program asks for', async () => {
    const spares = new SpareWorkers(guestThatKeeps(3), 2);
    void spares.ensure(40);
    expect(made).toHaveLength(3);
  });

  it('give the one that has loaded first', () => {
    const spares = new SpareWorkers(guestThatKeeps(6), 2);
    void spares.ensure(3);
    made[1].sayReady();
    expect(spares.take('').worker).toBe(made[1]);
    expect(spares.take('').worker).toBe(made[0]);
  });

  it('keep nobody waiting for one that was taken or has failed', async () => {
    const spares = new SpareWorkers(guestThatKeeps(6), 2);
    const all = spares.ensure(2);
    spares.take('');
    made[1].onerror?.({ preventDefault: () => undefined });
    await all;
    expect(made[1].isTerminated).toBe(true);
    expect(spares.size).toBe(0);
  });

  it('are those of the run before, once they have come back, and no others are made', async () => {
    const spares = new SpareWorkers(guestThatKeeps(6), 2);
    const asked = spares.ensure(2);
    made.forEach((worker) => worker.sayReady());
    await asked;
    const taken = [spares.take('').worker, spares.take('').worker];
    let comeBack = (): void => undefined;
    spares.expect(new Promise<void>((resolve) => (comeBack = resolve)));
    const again = spares.ensure(2);
    expect(await isDone(again)).toBe(false);
    taken.forEach((worker) => spares.giveBack(worker));
    comeBack();
    await again;
    expect(made).toHaveLength(2);
  });

  it('go, but for the usual ones, when they have not been used for a while', () => {
    const spares = new SpareWorkers(guestThatKeeps(6), 2);
    void spares.ensure(5);
    vi.advanceTimersByTime(59_000);
    spares.giveBack(new FakeWorker() as unknown as Worker);
    vi.advanceTimersByTime(59_000);
    expect(spares.size).toBe(6);
    vi.advanceTimersByTime(1000);
    expect(spares.size).toBe(2);
    expect(made.filter(({ isTerminated }) => isTerminated)).toHaveLength(3);
  });

  it('are not made ahead for a language that loads at once', async () => {
    const spares = new SpareWorkers(guestThatKeeps(undefined), 2);
    await spares.ensure(5);
    expect(made).toHaveLength(0);
  });
});
