import { describe, expect, it } from 'vitest';
import { canAnswer, faultOfText, judgeRun } from './judge';
import type { Exercise, Lesson, Question } from './lesson';
import type { RunReader } from './run-reader';

const both = { en: 'x', zh: 'x' };
const question = (kind: Question['kind']): Question => ({ ask: both, kind, answer: () => 1, because: both });
const run = {} as RunReader;

describe('canAnswer', () => {
  it('takes numbers with a comma or a unit, and no words for numbers', () => {
    expect(['3', ' 3,5 ', '3.5 s', '3 秒', '-1'].map((given) => canAnswer(question('seconds'), given))).toEqual([true, true, true, true, true]);
    expect(['', 'three', '3 4', '1e3'].map((given) => canAnswer(question('number'), given))).toEqual([false, false, false, false]);
    expect(canAnswer(question('text'), 'three')).toBe(true);
  });
});

describe('faultOfText', () => {
  const lesson = { program: 'ITEMS = 5\n', exercise: {}, numbers: { ITEMS: { from: 1, to: 9 } } } as unknown as Lesson;

  it('lets a program be edited, but not the numbers that the exercise is about', () => {
    expect(faultOfText(lesson, '# mine\nITEMS = 5\nprint(ITEMS)\n')).toBeUndefined();
    expect(faultOfText(lesson, 'ITEMS = 0\n')?.en).toContain('ITEMS = 5');
    expect(faultOfText(lesson, 'print(5)\n')).toBeDefined();
  });
});

describe('judgeRun', () => {
  const exercise = (holds: Exercise['holds'], good: boolean): Exercise => ({
    kind: 'repair', ask: both, hint: both, solution: '', holds, check: () => (good ? true : both),
  });

  it('asks that a repair hold under every schedule', () => {
    expect(judgeRun(exercise('always', true), run, {}, 0, 2)).toEqual({ kind: 'open' });
    expect(judgeRun(exercise('always', true), run, {}, 1, 2)).toEqual({ kind: 'solved', at: 1 });
    expect(judgeRun(exercise('always', false), run, {}, 0, 2)).toEqual({ kind: 'wrong', at: 0, why: both });
  });

  it('asks that something be broken under one schedule', () => {
    expect(judgeRun(exercise('once', true), run, {}, 0, 2)).toEqual({ kind: 'solved', at: 0 });
    expect(judgeRun(exercise('once', false), run, {}, 0, 2)).toEqual({ kind: 'open' });
    expect(judgeRun(exercise('once', false), run, {}, 1, 2)).toEqual({ kind: 'wrong', at: 1, why: both });
  });
});
