import { afterEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../text/languages';
import { setLanguage } from '../text/translate';
import { CHAPTERS } from './catalogue';
import { allLessons, answerText, buildModel, drawNumbers, fill, judgeAnswer, momentValues, numbersOf, readTrace, RunReader, withNumbers } from './index';
import type { Both, Lesson } from './lesson';
import type { Numbers } from './numbers';
import { PUZZLE_IDS } from './puzzles/catalogue';

const RECORDING_BYTES_AT_MOST = 100_000;

const lessons = allLessons();

const recordings = import.meta.glob<string>('./course/*/run.trace.json', { query: '?raw', import: 'default', eager: true });

function recordingOf({ id }: Lesson): string {
  return recordings[`./course/${id}/run.trace.json`] ?? '';
}

function recordedRun(lesson: Lesson): RunReader {
  return new RunReader(buildModel(readTrace(recordingOf(lesson)).trace));
}

/** Nothing of a text is left to be filled in, and it is a text. */
function expectWhole(text: Both, values: Parameters<typeof fill>[1], what: string): void {
  for (const language of LANGUAGES) {
    setLanguage(language);
    const filled = fill(text, values);
    expect(filled.trim(), what).not.toBe('');
    expect(filled, what).not.toMatch(/\{\w+\}/);
    expect((filled.match(/`/g) ?? []).length % 2, `${what}: backticks come in pairs`).toBe(0);
    if (language === 'zh') {
      expect(filled, `${what}: Chinese is set between Chinese marks`).not.toMatch(/\p{Script=Han}[,;:?!(]\s?[\p{Script=Han}`*]/u);
    }
  }
}

afterEach(() => setLanguage('en'));

describe('the course', () => {
  it('has thirty lessons and more, each once, with a title and a line in both languages', () => {
    const entries = CHAPTERS.flatMap((chapter) => chapter.lessons);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries.length).toBeGreaterThanOrEqual(30);
    for (const { id, title, about } of [...CHAPTERS.map((chapter) => ({ ...chapter, about: chapter.title })), ...entries]) {
      expectWhole(title, {}, id);
      expectWhole(about, {}, id);
    }
  });
});

describe.each(lessons.map((lesson) => [lesson.id, lesson] as const))('lesson %s', (id, lesson) => {
  const numbers: Numbers = numbersOf(lesson.program, lesson.numbers);

  it('has its name, a program with its numbers, and a recorded run of that program that is small', () => {
    expect(lesson.id).toBe(id);
    expect(Object.keys(numbers)).toEqual(Object.keys(lesson.numbers));
    expect(new TextEncoder().encode(recordingOf(lesson)).length).toBeLessThanOrEqual(RECORDING_BYTES_AT_MOST);
    expect(recordedRun(lesson).whole.trace.header.program?.files[0].text).toBe(lesson.program);
    if (lesson.puzzle !== undefined) expect(PUZZLE_IDS).toContain(lesson.puzzle);
    expect(lesson.exercise.searched, 'every answer is searched').toBeGreaterThan(0);
    expect(lesson.exercise.solution).not.toBe(lesson.exercise.program ?? lesson.program);
  });

  it('says everything in both languages, with nothing left to fill in', () => {
    const run = recordedRun(lesson);
    expectWhole(lesson.text, numbers, 'text');
    for (const moment of lesson.moments) {
      expectWhole(moment.title, {}, moment.id);
      const found = moment.find(run);
      if (found !== undefined) expectWhole(moment.text, momentValues(moment, found, run, numbers), moment.id);
    }
    const { question, exercise } = lesson;
    expectWhole(question.ask, numbers, 'question');
    expectWhole(question.because, { ...numbers, answer: 1 }, 'because');
    for (const { say } of question.slips ?? []) expectWhole(say, numbers, 'slip');
    for (const { text } of question.choices?.(numbers) ?? []) expectWhole(text, numbers, 'choice');
    const given = numbersOf(exercise.program ?? lesson.program, lesson.numbers);
    expectWhole(exercise.ask, given, 'exercise');
    expectWhole(exercise.hint, given, 'hint');
  });

  it('finds its moments in the recorded run, and opens at one of them', () => {
    const run = recordedRun(lesson);
    expect(lesson.moments.length).toBeGreaterThanOrEqual(2);
    expect(lesson.moments.map(({ id: moment }) => moment)).toContain(lesson.opens);
    for (const { id: moment, find } of lesson.moments) expect(find(run), moment).toBeDefined();
    expect(new Set(lesson.moments.map(({ id: moment }) => moment)).size).toBe(lesson.moments.length);
  });

  it('asks what the trace answers: that is accepted, anything else is not', () => {
    const run = recordedRun(lesson);
    const { question } = lesson;
    const answer = question.answer(run, numbers);
    expect(answer).toBeDefined();
    const right = answerText(question, answer ?? '');
    expect(judgeAnswer(question, right, run, numbers).kind).toBe('right');
    const choices = question.choices?.(numbers).map(({ value }) => value);
    if (choices !== undefined) expect(choices).toContain(right);
    const beside = question.kind === 'text' ? [`${right} x`] : [String(Number(right) + 1), String(Number(right) - 0.5)];
    const wrong = choices?.filter((value) => value !== right) ?? ['', 'something else', ...beside];
    for (const given of wrong) expect(judgeAnswer(question, given, run, numbers).kind, given).toBe('wrong');
  });

  it('draws other numbers for each question, and puts them into the program', () => {
    let before = numbers;
    for (let draw = 1; draw <= 6; draw++) {
      const drawn = drawNumbers(id, lesson.numbers, draw, numbers);
      expect(drawn).not.toEqual(before);
      expect(numbersOf(withNumbers(lesson.program, drawn), lesson.numbers)).toEqual(drawn);
      before = drawn;
    }
  });
});
