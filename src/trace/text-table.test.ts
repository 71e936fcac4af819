import { expect, test } from 'vitest';
import { TextTable } from './text-table';

test('each of many texts keeps the number of its first use, as in a map of them', () => {
  const table = new TextTable();
  const numbers = new Map([['', 0]]);
  // Some come again, near and far; all lengths, and letters that are no ASCII.
  const texts = Array.from({ length: 20_000 }, (_, index) => `${'ab管'[index % 3]}${(index * 7919) % 9001}${'-'.repeat(index % 40)}`);
  for (const text of [...texts, ...texts]) {
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    expect(table.intern(text)).toBe(numbers.get(text));
  }
  expect(table.texts).toEqual([...numbers.keys()]);
});

test('a number that a writer defines anew means the new text from then on, and the empty text has a number of its own', () => {
  const table = new TextTable();
  const value = (id: number): number => table.translate(id << 1);
  table.define(5, 'first');
  expect(table.texts[value(5) >>> 1]).toBe('first');
  table.define(5, 'second');
  table.define(6, 'first');
  table.define(7, '');
  expect([5, 6, 7, 8].map((id) => table.texts[value(id) >>> 1])).toEqual(['second', 'first', '', '?']);
  expect(value(7) >>> 1).toBeGreaterThan(0);
});
