import { expect, test } from 'vitest';
import { catalogue } from '../../text/catalogue';
import { EXAMPLE_GROUPS, EXAMPLES, FIRST_EXAMPLE } from './examples';

test('every example of the menu has its program, and a title and a sentence in both languages', () => {
  for (const { id, program } of EXAMPLES) {
    expect(program.files[0]?.text.length, id).toBeGreaterThan(100);
    for (const texts of [catalogue.en.examples, catalogue.zh.examples]) {
      expect(texts[id].title, id).not.toBe('');
      expect(texts[id].about, id).not.toBe('');
    }
  }
});

test('every example with words has a program', () => {
  const words = Object.keys(catalogue.en.examples).filter((key) => key !== 'group');
  expect([...new Set(EXAMPLES.map(({ id }) => id as string))].sort()).toEqual(words.sort());
});

test('the first thing a reader sees is the producer and the consumer, in Python', () => {
  expect(FIRST_EXAMPLE.program.language).toBe('python');
  expect(FIRST_EXAMPLE.id).toBe('producer-consumer');
});

test('there is a Python program for every topic, and it is short', () => {
  const python = EXAMPLES.filter(({ program }) => program.language === 'python');
  expect([...new Set(python.map(({ group }) => group))].sort()).toEqual([...EXAMPLE_GROUPS].sort());
  for (const { id, program } of python) {
    const lines = program.files[0]?.text.trimEnd().split('\n').length ?? 0;
    expect(lines, id).toBeGreaterThanOrEqual(10);
    expect(lines, id).toBeLessThanOrEqual(35);
  }
});

test('lines of examples fit beside the timeline without scrolling', () => {
  for (const { id, program } of EXAMPLES) {
    const longest = Math.max(
      ...program.files.flatMap(({ text }) => text.split('\n').map((line) => line.length)),
    );
    expect(longest, id).toBeLessThanOrEqual(64);
  }
});
