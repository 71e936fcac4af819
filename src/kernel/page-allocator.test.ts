import { describe, expect, it } from 'vitest';
import { FREE_LISTS, MAX_ORDER, MINIMUM_MEMORY_BYTES, PAGE_BYTES, PAGE_COUNT, PAGE_WORDS, pageArea } from './layout';
import { allocateBlock, formatPages, freeBlock, freeBytes } from './page-allocator';
import { Random } from './test-support/random';

/** A fresh page area of about `pages` pages. */
function pageMemory(pages: number): Int32Array {
  const words = new Int32Array(MINIMUM_MEMORY_BYTES / 4 + (pages - 64) * (PAGE_WORDS + 1));
  formatPages(words);
  return words;
}

/** Free blocks as `order: first pages`, in order of address. */
function freeBlocks(words: Int32Array): number[][] {
  const { first } = pageArea(words.length);
  return Array.from({ length: MAX_ORDER + 1 }, (_, order) => {
    const pages: number[] = [];
    for (let page = words[FREE_LISTS + order]; page !== 0; page = words[first + (page - 1) * PAGE_WORDS]) pages.push(page - 1);
    return pages.sort((a, b) => a - b);
  });
}

/** The obvious allocator: a page is free or not, and a block of n pages must begin at a multiple of n. */
class PageModel {
  readonly used: boolean[];

  constructor(pages: number) {
    this.used = new Array<boolean>(pages).fill(false);
  }
  hasRoomFor(pages: number): boolean {
    for (let at = 0; at + pages <= this.used.length; at += pages) {
      if (!this.used.slice(at, at + pages).includes(true)) return true;
    }
    return false;
  }
  set(at: number, pages: number, used: boolean): void {
    expect(this.used.slice(at, at + pages)).toEqual(new Array(pages).fill(!used));
    this.used.fill(used, at, at + pages);
  }
  get free(): number {
    return this.used.filter((used) => !used).length;
  }
}

describe('page allocator', () => {
  it.each([
    { seed: 1, pages: 64 },
    { seed: 2, pages: 100 },
    { seed: 3, pages: 333 },
  ])('gives and takes blocks as the obvious allocator does, and joins all of them again (seed $seed)', ({ seed, pages }) => {
    const words = pageMemory(pages);
    const initial = freeBlocks(words);
    const { first, count } = pageArea(words.length);
    const model = new PageModel(count);
    const random = new Random(seed);
    const blocks: { address: number; pages: number }[] = [];
    const free = ({ address, pages }: { address: number; pages: number }): void => {
      freeBlock(words, address);
      model.set((address - first) / PAGE_WORDS, pages, false);
    };

    for (let step = 0; step < 3000; step++) {
      if (random.chance(55)) {
        const size = 1 << random.below(6);
        // Any number of bytes that needs a block of this size.
        const bytes = size * PAGE_BYTES - (size === 1 ? random.below(PAGE_BYTES) : random.below((size / 2) * PAGE_BYTES));
        const address = allocateBlock(words, bytes);
        expect(address !== 0).toBe(model.hasRoomFor(size));
        if (address === 0) continue;
        const page = (address - first) / PAGE_WORDS;
        expect(page % size).toBe(0);
        model.set(page, size, true);
        words.fill(-1, address, address + size * PAGE_WORDS);
        blocks.push({ address, pages: size });
      } else if (blocks.length > 0) {
        free(blocks.splice(random.below(blocks.length), 1)[0]);
      }
      expect(freeBytes(words)).toBe(model.free * PAGE_BYTES);
    }
    for (const block of blocks) free(block);
    expect(freeBlocks(words)).toEqual(initial);
    expect(freeBytes(words)).toBe(count * PAGE_BYTES);
  });

  it('keeps all pages inside the memory and behind the page table', () => {
    for (const pages of [64, 65, 100, 1023, 1024, 1025, 3000]) {
      const length = MINIMUM_MEMORY_BYTES / 4 + (pages - 64) * (PAGE_WORDS + 1);
      const { first, count } = pageArea(length);
      expect(count).toBeGreaterThanOrEqual(64);
      expect(first + count * PAGE_WORDS).toBeLessThanOrEqual(length);
    }
  });

  it('has no block for a size beyond the memory, however large', () => {
    const words = pageMemory(64);
    for (const bytes of [words[PAGE_COUNT] * PAGE_BYTES * 2, 2 ** 31, 2 ** 32 + 1, 2 ** 44, 2 ** 44 + PAGE_BYTES + 1, 1e20]) {
      expect(allocateBlock(words, bytes)).toBe(0);
    }
    expect(freeBytes(words)).toBe(words[PAGE_COUNT] * PAGE_BYTES);
  });
});
