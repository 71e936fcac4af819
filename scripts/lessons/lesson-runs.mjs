// @ts-check
/** Runs programs of lessons, one after the other, in one page of one browser. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { MachineSession } from '../../cli/machine-session.mjs';
import { PageRun } from '../../cli/page-run.mjs';
import { runProgram } from '../../cli/run-program.mjs';
import { projectRoot } from '../paths.mjs';

/**
 * @typedef {typeof import('../../src/lessons/index')} LessonsModule
 * @typedef {import('../../src/lessons/lesson').Lesson} Lesson
 * @typedef {import('../../src/protocol/program').RunSettings} RunSettings
 * @typedef {(text: string, lesson: string) => Promise<import('../../src/state/grading').Grade>} GradeText
 */

/** A lesson's program is short, also on a busy machine. */
const LONGEST_SECONDS = 60;

/** @returns {Promise<LessonsModule>} */
export async function lessonsModule() {
  const { module } = await runnerImport(join(projectRoot, 'src/lessons/index.ts'), {
    root: projectRoot, configFile: false, logLevel: 'warn',
  });
  return /** @type {LessonsModule} */ (module);
}

/** @param {string} id */
export function recordingPath(id) {
  return join(projectRoot, 'src', 'lessons', 'course', id, 'run.trace.json');
}

/** A program that goes wrong in few schedules, which an exercise whose answer is searched may have. @param {string} id */
export function nearlyPath(id) {
  return join(projectRoot, 'src', 'lessons', 'course', id, 'nearly.py');
}

/** The text of a file, or '' where it is not there. @param {string} path */
export function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Calls `use` with a function that runs a program and answers its trace as JSON, and one that judges a program by a lesson's exercise.
 *
 * @param {(run: (text: string, settings: RunSettings) => Promise<string>, grade: GradeText) => Promise<void>} use
 */
export async function withRuns(use) {
  const folder = join(projectRoot, '.weft-cache', 'lessons');
  mkdirSync(folder, { recursive: true });
  const trace = join(folder, `${process.pid}.trace.json`);
  const session = await MachineSession.open();
  try {
    const programOf = (/** @type {string} */ text) => (
      /** @type {const} */ ({ language: 'python', files: [{ name: 'main.py', text }], entry: 'main.py' })
    );
    const run = async (/** @type {string} */ text, /** @type {RunSettings} */ settings) => {
      await runProgram(session, {
        program: programOf(text),
        settings: { ...settings, stdin: '' },
        timeoutSeconds: LONGEST_SECONDS,
        traceFiles: [trace],
        write: () => undefined,
        signal: new AbortController().signal,
        onStarted: () => undefined,
      });
      return readFileSync(trace, 'utf8');
    };
    /** @type {GradeText} */
    const grade = async (text, lesson) => {
      const page = await session.takePage(() => undefined);
      const grade = await new PageRun(page).grade(programOf(text), lesson, 'en');
      await session.giveBack(page, grade.outcome === 'graded');
      return grade;
    };
    await use(run, grade);
  } finally {
    await session.close();
  }
}
