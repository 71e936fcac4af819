// @ts-check
/** Whether each lesson holds what it says: its recorded run, its question with new numbers, its exercise. */
import { lessonsModule, nearlyPath, recordingPath, textOf, withRuns } from './lesson-runs.mjs';

/**
 * @typedef {import('./lesson-runs.mjs').Lesson} Lesson
 * @typedef {import('./lesson-runs.mjs').LessonsModule} LessonsModule
 * @typedef {(text: string, settings: import('./lesson-runs.mjs').RunSettings) => Promise<string>} Run
 */

/** Questions asked of each lesson, each with other numbers. */
const DRAWS = 3;

/**
 * @param {string[]} names all where none is given
 * @returns {Promise<{ passed: number, failures: import('../failures.mjs').Failure[] }>}
 */
export async function checkLessons(names) {
  const module = await lessonsModule();
  const lessons = module.allLessons().filter(({ id }) => names.length === 0 || names.includes(id));
  /** @type {import('../failures.mjs').Failure[]} */
  const failures = [];
  for (const { id } of await notAsRecorded(lessons, module)) {
    const name = `${id}: its recorded run is not the run of its program: \`npm run lessons\` records it again`;
    failures.push({ name });
    console.log(name);
  }
  let passed = lessons.length - failures.length;
  await withRuns(async (run, grade) => {
    for (const lesson of lessons) {
      const check = new LessonCheck(lesson, module, run, grade);
      const nearly = textOf(nearlyPath(lesson.id));
      /** @type {[string, () => Promise<string[]>][]} */
      const checks = [
        ['its question, with new numbers, takes the right answer and no other', () => check.question()],
        ['its exercise takes the solution', () => check.exercise(lesson.exercise.solution, true)],
        ['its exercise refuses the program as it was', () => check.exercise(lesson.exercise.program ?? lesson.program, false)],
      ];
      if (nearly !== '') checks.push(['its exercise refuses what is nearly right', () => check.exercise(nearly, false)]);
      for (const [name, holds] of checks) {
        const faults = await holds();
        if (faults.length === 0) passed++;
        else failures.push({ name: `${lesson.id}: ${name}`, error: faults.join('\n') });
        for (const fault of faults) console.log(`${lesson.id}: ${name}: ${fault}`);
      }
    }
  });
  console.log(`lessons: ${lessons.length} checked`);
  return { passed, failures };
}

/**
 * The lessons whose recorded run is not the run of their program. One that differs is run once more in a page of its own: the
 * moments of a process that ends may depend by some steps on what ran in the page before (docs/scheduling.md).
 *
 * @param {readonly Lesson[]} lessons
 * @param {LessonsModule} module
 * @returns {Promise<Lesson[]>}
 */
async function notAsRecorded(lessons, module) {
  const differs = async (/** @type {Run} */ run, /** @type {Lesson} */ lesson) => (
    (await run(lesson.program, module.lessonSettings(lesson))) !== textOf(recordingPath(lesson.id))
  );
  /** @type {Lesson[]} */
  const suspects = [];
  await withRuns(async (run) => {
    for (const lesson of lessons) if (await differs(run, lesson)) suspects.push(lesson);
  });
  /** @type {Lesson[]} */
  const faulty = [];
  for (const lesson of suspects) {
    console.log(`${lesson.id}: differs from its recorded run; once more, in a page of its own`);
    await withRuns(async (run) => {
      if (await differs(run, lesson)) faulty.push(lesson);
    });
  }
  return faulty;
}

class LessonCheck {
  /** @param {Lesson} lesson @param {LessonsModule} module @param {Run} run @param {import('./lesson-runs.mjs').GradeText} grade */
  constructor(lesson, module, run, grade) {
    this.lesson = lesson;
    this.module = module;
    this.run = run;
    this.grade = grade;
  }

  /** @returns {Promise<string[]>} */
  async question() {
    const { lesson, module } = this;
    const { question } = lesson;
    const faults = [];
    const known = module.numbersOf(lesson.program, lesson.numbers);
    for (let draw = 1; draw <= DRAWS; draw++) {
      const numbers = module.drawNumbers(lesson.id, lesson.numbers, draw, known);
      const said = JSON.stringify(numbers);
      const reader = await this.reader(module.withNumbers(lesson.program, numbers), module.lessonSettings(lesson));
      for (const moment of lesson.moments) {
        if (moment.find(reader) === undefined) faults.push(`${said}: no moment "${moment.id}"`);
      }
      const answer = question.answer(reader, numbers);
      if (answer === undefined) {
        faults.push(`${said}: no answer`);
        continue;
      }
      const right = module.answerText(question, answer);
      const judge = (/** @type {string} */ given) => module.judgeAnswer(question, given, reader, numbers).kind;
      if (judge(right) !== 'right') faults.push(`${said}: ${right} is refused`);
      for (const wrong of wrongAnswers(question, right, numbers)) {
        if (judge(wrong) !== 'wrong') faults.push(`${said}: ${wrong} is not refused, though it is ${right}`);
      }
      const choices = question.choices?.(numbers).map(({ value }) => value);
      if (choices !== undefined && !choices.includes(right)) faults.push(`${said}: ${right} is no choice`);
      if (question.see !== undefined && question.see(reader) === undefined) faults.push(`${said}: nothing to see`);
    }
    return faults;
  }

  /** As the page does, and `weft grade`. @param {string} text @param {boolean} solved @returns {Promise<string[]>} */
  async exercise(text, solved) {
    const grade = await this.grade(text, this.lesson.id);
    if (grade.outcome !== 'graded') return [JSON.stringify(grade)];
    return grade.solved === solved ? [] : [`${solved ? 'refused' : 'accepted'}: ${grade.sentences.join(' ')}`];
  }

  /** @param {string} text @param {import('./lesson-runs.mjs').RunSettings} settings */
  async reader(text, settings) {
    const { RunReader, buildModel, readTrace } = this.module;
    return new RunReader(buildModel(readTrace(await this.run(text, settings)).trace));
  }
}

/**
 * Answers that are wrong: the other choices, or what is beside the right number.
 *
 * @param {import('../../src/lessons/lesson').Question} question
 * @param {string} right
 * @param {import('../../src/lessons/numbers').Numbers} numbers
 */
function wrongAnswers(question, right, numbers) {
  if (question.choices) return question.choices(numbers).map(({ value }) => value).filter((value) => value !== right);
  if (question.kind === 'text') return [`${right} x`, 'nothing'];
  return [String(Number(right) + 1), String(Number(right) - (question.kind === 'seconds' ? 0.3 : 1))];
}
