import { describe, expect, it } from 'vitest';
import { CHAIN_WORDS } from './ipc/chain';
import * as layout from './layout';
import source from './layout.ts?raw';

interface Word {
  readonly name: string;
  readonly at: number;
  readonly words: number;
}

/** The words that the part of layout.ts under `title` defines by a plain number, with their size as its comments have it. */
function wordsOf(title: string): Word[] {
  const part = source.split(/^\/\/ --- /m).find((text) => text.startsWith(title));
  if (part === undefined) throw new Error(`layout.ts has no part ${title}`);
  const words: Word[] = [];
  for (const [, comment, name, at, size] of part.matchAll(
    /((?:^\/\*\*(?:(?!\*\/)[^])*\*\/\n)?)^export const (\w+) = (\d+);(?: \/\/ (.+) words)?$/gm,
  )) {
    if (/^(MAX_|PANIC_BYTES)|(_WORDS|_BITS)$/.test(name)) continue;
    const sizes: Record<string, number> = { CHAIN_WORDS, 'MAX_ORDER + 1': layout.MAX_ORDER + 1 };
    words.push({ name, at: Number(at), words: size === undefined ? (comment.includes('float64') ? 2 : 1) : (sizes[size] ?? Number(size)) });
  }
  return words;
}

describe('memory map', () => {
  it.each([
    { title: 'header', words: layout.VIRTUAL, count: 25 },
    { title: 'virtual time', words: layout.WORKERS, count: 35 },
    { title: 'CPUs', words: layout.CPU_WORDS, count: 5 },
    { title: 'workers', words: layout.WORKER_WORDS, count: 6 },
    { title: 'tasks', words: layout.TASK_WORDS, count: 25 },
    { title: 'objects', words: layout.OBJECT_WORDS, count: 5 },
    { title: 'handles', words: layout.HANDLE_WORDS, count: 4 },
  ])('has no two words of the $title at one place, and none outside', ({ title, words, count }) => {
    const found = wordsOf(title);
    expect(found.length).toBeGreaterThanOrEqual(count);
    const owner = new Map<number, string>();
    for (const { name, at, words: size } of found) {
      for (let word = at; word < at + size; word++) {
        expect(`${word}: ${owner.get(word) ?? name}`).toBe(`${word}: ${name}`);
        expect(word).toBeLessThan(words);
        owner.set(word, name);
      }
    }
  });

  it('keeps numbers of 64 bits at even words', () => {
    for (const at of [layout.START_TIME, layout.LAST_TIME, layout.TASKS + layout.TASK_DEADLINE, layout.TASK_WORDS, layout.RING]) {
      expect(at % 2).toBe(0);
    }
  });

  it('has its regions one behind the other', () => {
    const starts = [
      0, layout.WORKERS, layout.TASKS, layout.OBJECTS, layout.HANDLES, layout.RING, layout.PAGE_TABLE,
      layout.pageArea(layout.DEFAULT_MEMORY_BYTES / 4).first,
    ];
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(layout.OBJECTS).toBe(layout.TASKS + layout.MAX_TASKS * layout.TASK_WORDS);
  });
});
