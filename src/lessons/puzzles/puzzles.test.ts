import { afterEach, describe, expect, it } from 'vitest';
import type { Place, Tid } from '../../protocol/ids';
import { makePlace } from '../../protocol/ids';
import type { Answer, PauseState } from '../../protocol/pause';
import { LANGUAGES } from '../../text/languages';
import { setLanguage } from '../../text/translate';
import { fill } from '../fill';
import type { Both } from '../lesson';
import { PUZZLES } from './catalogue';
import { answerByRule, choicesAmong, readersAnswers } from './choice';
import { allPuzzles } from './index';
import { SOLUTIONS } from './solutions';
import { solve, type Deviation } from './solve';

const MAIN = 2 as Tid;
const LIBRARY = 0 as Place;

/** A question: who executes first, then those that wait for the CPU; a task in the library's code is at line 0. */
function question(step: number, ...tasks: readonly (readonly [tid: number, line: number])[]): PauseState {
  const choices = tasks.map(([tid, line]) => ({
    tid: tid as Tid, name: `task-${tid}`, place: line === 0 ? LIBRARY : makePlace(0, line), turnSteps: 0,
  }));
  return { cause: 'question', time: step, step, records: 0, task: choices[0].tid, choices };
}

describe('what counts as a choice', () => {
  it('the task that starts the others always goes on, and nobody is interrupted in the library', () => {
    expect(answerByRule(question(1, [3, 7], [MAIN, 20]))).toBe(MAIN);
    expect(answerByRule(question(2, [3, 7], [4, 0]))).toBe(4);
    expect(answerByRule(question(3, [3, 7], [4, 7]))).toBeUndefined();
  });

  it('only letting another go on counts; at first the one that was started first goes by itself', () => {
    const answers: Answer[] = [
      { pause: question(1, [3, 0], [MAIN, 20]), task: MAIN },
      { pause: question(2, [4, 7], [3, 7]), task: 3 as Tid },
      { pause: question(3, [3, 8], [4, 7]), task: 3 as Tid },
      { pause: question(4, [3, 9], [4, 7]), task: 4 as Tid },
      { pause: question(5, [4, 9], [3, 9]), task: 4 as Tid },
    ];
    expect(readersAnswers(answers).map(({ pause }) => pause.step)).toEqual([2, 3, 4, 5]);
    expect(choicesAmong(answers).map(({ pause }) => pause.step)).toEqual([4]);
    expect(choicesAmong([{ pause: question(2, [4, 7], [3, 7]), task: 4 as Tid }])).toHaveLength(1);
  });
});

describe('the fewest choices', () => {
  /** Four questions with two or three ways each; each choice so far makes the last question wider by one. */
  const play = (reachedBy: (deviations: readonly Deviation[]) => boolean) => {
    const seen: string[] = [];
    const run = async (deviations: readonly Deviation[]) => {
      seen.push(deviations.map(({ question: at, choice }) => `${at}.${choice}`).join(' '));
      return { options: [2, 3, 2, 2 + deviations.length], reached: reachedBy(deviations) };
    };
    return { seen, run };
  };

  it('are found before any schedule with more is tried', async () => {
    const { seen, run } = play((deviations) => deviations.length >= 2 && deviations[0].question === 1 && deviations[1].choice === 1);
    expect((await solve(run, 3)).found).toEqual([{ question: 1, choice: 1 }, { question: 2, choice: 1 }]);
    expect(seen.slice(0, 6)).toEqual(['', '0.1', '1.1', '1.2', '2.1', '3.1']);
  });

  it('each schedule is tried once, and all of them where none reaches the goal', async () => {
    const { seen, run } = play(() => false);
    expect(await solve(run, 2)).toEqual({ tried: seen.length });
    expect(new Set(seen).size).toBe(seen.length);
    // By itself; five with one choice; of those from question 0: 1.1 1.2 2.1 3.1 3.2, from either of 1: 2.1 3.1 3.2, from 2: 3.1 3.2.
    expect(seen).toHaveLength(1 + 5 + (5 + 3 + 3 + 2));
  });
});

describe('the puzzles', () => {
  afterEach(() => setLanguage('en'));

  const expectWhole = (text: Both, what: string): void => {
    for (const language of LANGUAGES) {
      setLanguage(language);
      expect(fill(text).trim(), what).not.toBe('');
      expect(fill(text), what).not.toMatch(/\{\w+\}/);
      expect((fill(text).match(/`/g) ?? []).length % 2, `${what}: backticks come in pairs`).toBe(0);
      if (language === 'zh') expect(fill(text), `${what}: Chinese marks`).not.toMatch(/\p{Script=Han}[,;:?!(]\s?[\p{Script=Han}`*]/u);
    }
  };

  it('are six and more, say everything in both languages, and have a solution of as many moves as par says', () => {
    const puzzles = allPuzzles();
    expect(puzzles.length).toBeGreaterThanOrEqual(6);
    for (const { id, title, goal, par } of PUZZLES) {
      const puzzle = puzzles.find((one) => one.id === id);
      expect(SOLUTIONS[id], id).toHaveLength(par);
      expect(puzzle?.hints.length, id).toBeGreaterThanOrEqual(2);
      for (const text of [title, goal, puzzle!.text, puzzle!.moral, ...puzzle!.hints]) expectWhole(text, id);
      for (const { at: [, line] } of SOLUTIONS[id]) expect(puzzle?.program, id).toContain(line);
    }
  });
});
