import { describe, expect, test } from 'vitest';
import type { Listing } from './manifest.mjs';
import { Turns, stopSeconds } from './turns.mjs';

function listing(file: string, more: Partial<Listing> = {}): Listing {
  return { file, topic: '', apis: [], ends: true, timing: 'none', seconds: 1, states: [], ...more };
}

describe('turns', () => {
  test('the longest comes first', async () => {
    const turns = new Turns([listing('short'), listing('long', { seconds: 9 }), listing('endless', { ends: false, stop_after: 5 })]);
    const files = [await turns.take(), await turns.take(), await turns.take(), await turns.take()].map((taken) => taken?.file);
    expect(files).toEqual(['long', 'endless', 'short', undefined]);
  });

  test('two that share a port do not run at the same time', async () => {
    const server = listing('server', { ports: [8080], seconds: 3 });
    const turns = new Turns([server, listing('client', { ports: [8080], seconds: 2 }), listing('other', { ports: [8888] })]);
    expect((await turns.take())?.file).toBe('server');
    expect((await turns.take())?.file).toBe('other');
    let taken: string | undefined;
    const client = turns.take().then((next) => (taken = next?.file));
    await Promise.resolve();
    expect(taken).toBeUndefined();
    turns.giveBack(server);
    await client;
    expect(taken).toBe('client');
    expect(await turns.take()).toBeUndefined();
  });

  test('one that never ends is stopped when its manifest says, one that should end when it hangs', () => {
    expect(stopSeconds(listing('endless', { ends: false, stop_after: 5, seconds: null }))).toBe(5);
    expect(stopSeconds(listing('slow', { seconds: 20 }))).toBeGreaterThan(60);
    expect(stopSeconds(listing('often hangs', { may_block: true, seconds: 0.5 }))).toBeLessThan(15);
  });
});
