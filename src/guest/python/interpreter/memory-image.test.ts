import { expect, it } from 'vitest';
import { overlay, zeroPages } from './memory-image';

const PAGE = 4096;

function memory(pages: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(pages.length * PAGE);
  pages.forEach((value, page) => bytes.fill(value, page * PAGE, (page + 1) * PAGE));
  return bytes;
}

it('an image laid over a memory replaces all of it, also where the memory is longer', () => {
  const zeros = zeroPages(memory([1, 0, 0, 2]));
  expect([...zeros]).toEqual([0, 1, 1, 0]);
  for (const before of [[9, 9, 9, 9], [0, 0, 0, 0], [0, 9, 0, 9, 9, 0]]) {
    const target = memory(before);
    overlay(target, memory([3, 0, 4, 0]), zeros);
    expect(target).toEqual(memory([3, 0, 4, 0, ...before.slice(4).map(() => 0)]));
  }
});

it('a fork may be longer than the base image whose zero pages are known', () => {
  const target = memory([9, 9, 9]);
  overlay(target, memory([0, 5, 6]), zeroPages(memory([0])));
  expect(target).toEqual(memory([0, 5, 6]));
});
