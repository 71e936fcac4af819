import { describe, expect, it } from 'vitest';
import { canAnswer, faultOfRun, faultOfText, isSought, schedulesOf } from './judge';
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

describe('an exercise', () => {
  const shape = { kind: 'repair', ask: both, hint: both, solution: '', searched: 1 } as const;
  const stuck = { stuck: true } as RunReader;

  it('that must hold always goes wrong where its check says so, or where somebody waits for ever', () => {
    const good: Exercise = { ...shape, holds: 'always', check: () => true };
    const bad: Exercise = { ...shape, holds: 'always', check: () => both };
    expect([faultOfRun(good, run, {}), isSought(good, run, {})]).toEqual([undefined, undefined]);
    expect([faultOfRun(bad, run, {}), isSought(bad, run, {})]).toEqual([both, both]);
    expect(faultOfRun(good, stuck, {})?.en).toContain('for ever');
    expect(faultOfRun({ ...good, kind: 'change' }, stuck, {}), 'a change may be to a program that waits for ever').toBeUndefined();
    const onMoreCpus: Exercise = { ...bad, inAnyOrder: () => true };
    expect([faultOfRun(onMoreCpus, run, {}), isSought(onMoreCpus, run, {}), isSought(onMoreCpus, stuck, {})]).toMatchObject([both, undefined, {}]);
  });

  it('that asks for one schedule looks for it by search, and wants the run by itself to be as it says', () => {
    const exercise: Exercise = { ...shape, kind: 'break', holds: 'once', check: ({ stuck }) => stuck || both, byItself: ({ stuck }) => !stuck || both };
    expect([faultOfRun(exercise, stuck, {}), isSought(exercise, stuck, {})]).toEqual([both, true]);
    expect([faultOfRun(exercise, run, {}), isSought(exercise, run, {})]).toEqual([undefined, undefined]);
    const lesson = { program: '', numbers: {}, exercise } as unknown as Lesson;
    expect(schedulesOf(lesson)).toHaveLength(1);
    expect(schedulesOf({ ...lesson, exercise: { ...exercise, holds: 'always' } })).toHaveLength(12);
  });
});
