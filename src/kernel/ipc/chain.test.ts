import { describe, expect, it } from 'vitest';
import { INPUT_CHAIN, PAGE_BYTES } from '../layout';
import { allocateBlock, freeBytes } from '../page-allocator';
import { sameBytes } from '../test-support/messages';
import { Random } from '../test-support/random';
import { SimulatedMachine } from '../test-support/simulated-machine';
import {
  chainBytes, chainFree, chainHasRoom, chainPeek, chainPush, chainRead, chainReplace, chainShift, chainWrite,
} from './chain';

/** Any chain will do; the one for input lies in the header. */
const CHAIN = INPUT_CHAIN;

function kernel(bytes?: number) {
  return new SimulatedMachine({ bytes }).page;
}
/** Sizes as programs have them: most are small, some end just before or behind a page. */
function randomSize(random: Random, most: number): number {
  const kind = random.below(10);
  if (kind < 5) return random.below(200);
  if (kind < 8) return Math.max(0, (1 + random.below(3)) * (PAGE_BYTES - 4) - 8 + random.below(16));
  return random.below(most);
}

describe('chain', () => {
  it.each([1, 2, 3])('gives bytes back in the order in which they were written (seed %i)', (seed) => {
    const k = kernel(16 << 20);
    const random = new Random(seed);
    const free = freeBytes(k.words);
    const room = new Uint8Array(1 << 24);
    let model = room.subarray(0, 0);
    for (let step = 0; step < 400; step++) {
      if (random.chance(50)) {
        const written = random.bytes(randomSize(random, 20_000));
        expect(chainHasRoom(k, written.length)).toBe(true);
        chainWrite(k, CHAIN, written, 0, written.length);
        room.set(written, model.byteOffset + model.length);
        model = room.subarray(model.byteOffset, model.byteOffset + model.length + written.length);
      } else {
        const count = Math.min(model.length, randomSize(random, 30_000));
        const read = new Uint8Array(count);
        if (count > 0) chainRead(k, CHAIN, read, 0, count);
        expect(sameBytes(read, model.subarray(0, count))).toBe(true);
        model = model.subarray(count);
      }
      expect(chainBytes(k, CHAIN)).toBe(model.length);
    }
    chainFree(k, CHAIN);
    expect(freeBytes(k.words)).toBe(free);
  });

  it.each([4, 5, 6])('gives whole messages back, of 0 bytes to 200 KiB (seed %i)', (seed) => {
    const k = kernel(32 << 20);
    const random = new Random(seed);
    const free = freeBytes(k.words);
    const model: Uint8Array[] = [];
    for (let step = 0; step < 1500; step++) {
      if (model.length < 60 && random.chance(52)) {
        const message = random.bytes(step % 100 === 0 ? 200 << 10 : randomSize(random, 9000));
        k.growScratch(message.length);
        k.scratch.set(message);
        expect(chainPush(k, CHAIN, message.length)).toBe(true);
        model.push(message);
      } else if (model.length > 0) {
        if (random.chance(30)) {
          k.scratch.fill(0);
          expect(chainPeek(k, CHAIN)).toBe(model[0].length);
          expect(sameBytes(k.scratch.subarray(0, model[0].length), model[0])).toBe(true);
        }
        k.scratch.fill(0);
        const message = model.shift()!;
        expect(chainShift(k, CHAIN)).toBe(message.length);
        expect(sameBytes(k.scratch.subarray(0, message.length), message)).toBe(true);
      }
      if (model.length === 0) expect(chainBytes(k, CHAIN)).toBe(0);
    }
    chainFree(k, CHAIN);
    expect(freeBytes(k.words)).toBe(free);
  });

  it('holds a message that ends at the last byte of a page, and the next begins on another page', () => {
    const k = kernel();
    const fills = PAGE_BYTES - 4 - 4;
    k.scratch.fill(7, 0, fills);
    chainPush(k, CHAIN, fills);
    k.scratch.fill(8, 0, 4);
    chainPush(k, CHAIN, 4);
    expect(chainShift(k, CHAIN)).toBe(fills);
    expect(k.scratch[fills - 1]).toBe(7);
    expect(chainShift(k, CHAIN)).toBe(4);
    expect(k.scratch[0]).toBe(8);
    expect(chainBytes(k, CHAIN)).toBe(0);
  });

  it('keeps one page while it is empty, and gives it back when it is freed', () => {
    const k = kernel();
    const free = freeBytes(k.words);
    chainPush(k, CHAIN, 50_000);
    chainShift(k, CHAIN);
    expect(freeBytes(k.words)).toBe(free - PAGE_BYTES);
    chainFree(k, CHAIN);
    expect(freeBytes(k.words)).toBe(free);
  });

  it('refuses a message that finds no room, and is as it was before', () => {
    const k = kernel();
    k.scratch.set([1, 2, 3, 4]);
    chainPush(k, CHAIN, 4);
    const before = freeBytes(k.words);
    expect(chainPush(k, CHAIN, before)).toBe(false);
    expect(freeBytes(k.words)).toBe(before);
    expect(chainShift(k, CHAIN)).toBe(4);
    expect(Array.from(k.scratch.slice(0, 4))).toEqual([1, 2, 3, 4]);
  });

  it.each([0, 1, 50, 4080, 4088, 4092, 5000, 40_000])(
    'never runs out of pages for %i bytes for which it found room, down to the last page', (length) => {
      const k = kernel();
      // Near the end of the memory, for each page is filled with the smallest messages too.
      while (freeBytes(k.words) > 24 * PAGE_BYTES) allocateBlock(k.words, PAGE_BYTES);
      while (freeBytes(k.words) > 0) {
        if (chainHasRoom(k, length + 8)) expect(chainPush(k, CHAIN, length)).toBe(true);
        else if (allocateBlock(k.words, PAGE_BYTES) === 0) break;
      }
      expect(freeBytes(k.words)).toBe(0);
    });

  it.each([1, 2, 3, 20])('refuses what would fill %i free pages to the last byte, for each page has a link in it', (pages) => {
    const k = kernel();
    chainPush(k, CHAIN, PAGE_BYTES - 4 - 4); // The page that it has is full.
    while (freeBytes(k.words) > pages * PAGE_BYTES) allocateBlock(k.words, PAGE_BYTES);
    k.growScratch(pages * PAGE_BYTES);
    expect(chainPush(k, CHAIN, pages * PAGE_BYTES - 4)).toBe(false);
    expect(freeBytes(k.words)).toBe(pages * PAGE_BYTES);
  });

  it('replaces what it holds, or keeps it where the new message finds no room', () => {
    const k = kernel();
    const random = new Random(9);
    let held = random.bytes(10);
    const put = (message: Uint8Array): boolean => {
      k.growScratch(message.length);
      k.scratch.set(message);
      return chainReplace(k, CHAIN, message.length);
    };
    expect(put(held)).toBe(true);
    for (let step = 0; step < 200; step++) {
      const next = random.bytes(random.below(10) === 0 ? 150_000 + random.below(200_000) : randomSize(random, 60_000));
      if (put(next)) held = next;
      else expect(next.length).toBeGreaterThan(150_000);
      expect(chainPeek(k, CHAIN)).toBe(held.length);
      expect(sameBytes(k.scratch.subarray(0, held.length), held)).toBe(true);
    }
  });
});
