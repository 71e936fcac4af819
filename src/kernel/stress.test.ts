import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOnThreads } from './test-support/threads/thread-machine';
import { bundleThread, type ThreadBundle } from './test-support/threads/threads.mjs';
import type { RecordedEvent } from './test-support/ring-reader';

let bundle: ThreadBundle;
beforeAll(async () => {
  bundle = await bundleThread(new URL('./test-support/threads/stress-thread.ts', import.meta.url));
}, 60_000);
afterAll(() => bundle.remove());

const named = (events: readonly RecordedEvent[], name: string): number =>
  events.find(({ kind, value }) => kind === 'object-new' && value === name)!.object;

describe('threads that run at the same time', () => {
  it.each([{ tracing: true }, { tracing: false }])(
    'hand turns on in a ring without losing one, nor an update made under a lock (tracing: $tracing)', async ({ tracing }) => {
      const { status, errors, threads, mistakes } = await runOnThreads(bundle, { role: 'ring', members: 3, rounds: 1500 }, tracing);
      expect(errors).toEqual([]);
      expect(status).toBe(0);
      expect(threads).toBe(4);
      if (tracing) expect(mistakes).toEqual([]);
    },
  );

  it.each([1, 2])('lose nothing but what the killed had in hand (seed %i)', async (seed) => {
    const [items, kills] = [2000, 20];
    const { status, errors, events, threads, mistakes } = await runOnThreads(bundle, { role: 'supervisor', items, kills, seed }, true);
    expect(errors).toEqual([]);
    expect(status).toBe(0);
    expect(threads).toBe(5 + kills);
    expect(mistakes).toEqual([]);

    const [work, results, tokens] = ['work', 'results', 'tokens'].map((name) => named(events, name));
    const of = (kind: string, object: number) => events.filter((event) => event.kind === kind && event.object === object);
    // Each was put once and got once, in the order of the puts.
    const inOrder = Array.from({ length: items }, (_, item) => item);
    expect(of('put', work).map(({ value }) => value).filter((item) => item !== -1)).toEqual(inOrder);
    expect(of('get', work).map(({ value }) => value).filter((item) => item !== -1)).toEqual(inOrder);

    // What was got and never reported was in the hands of the killed, one each at the most; so with the tokens.
    const killed = new Set(events.filter(({ kind, other }) => kind === 'task-exit' && other === -9).map(({ task }) => task));
    expect(killed.size).toBe(kills);
    const reported = new Set(of('put', results).map(({ value }) => value));
    const lost = of('get', work).filter(({ value }) => !reported.has(value));
    expect(lost.filter(({ task }) => !killed.has(task))).toEqual([]);
    expect(new Set(lost.map(({ task }) => task)).size).toBe(lost.length);
    for (const task of new Set(of('acquire', tokens).map((event) => event.task))) {
      const kept = of('acquire', tokens).filter((event) => event.task === task).length
        - of('release', tokens).filter((event) => event.task === task).length;
      expect(kept).toBeGreaterThanOrEqual(0);
      expect(kept).toBeLessThanOrEqual(killed.has(task) ? 1 : 0);
    }
  });
});
