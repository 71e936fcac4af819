// @ts-check
/** Runs programs of lessons, one after the other, in one page of one browser. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { MachineSession } from '../../cli/machine-session.mjs';
import { runProgram } from '../../cli/run-program.mjs';
import { projectRoot } from '../paths.mjs';

/**
 * @typedef {typeof import('../../src/lessons/index')} LessonsModule
 * @typedef {import('../../src/lessons/lesson').Lesson} Lesson
 * @typedef {import('../../src/protocol/program').RunSettings} RunSettings
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

/** The text of a file, or '' where it is not there. @param {string} path */
export function textOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Calls `use` with a function that runs a program and answers its trace as JSON.
 *
 * @param {(run: (text: string, settings: RunSettings) => Promise<string>) => Promise<void>} use
 */
export async function withRuns(use) {
  const folder = join(projectRoot, '.weft-cache', 'lessons');
  mkdirSync(folder, { recursive: true });
  const trace = join(folder, `${process.pid}.trace.json`);
  const session = await MachineSession.open();
  try {
    await use(async (text, settings) => {
      await runProgram(session, {
        program: { language: 'python', files: [{ name: 'main.py', text }], entry: 'main.py' },
        settings: { ...settings, stdin: '' },
        timeoutSeconds: LONGEST_SECONDS,
        traceFiles: [trace],
        write: () => undefined,
        signal: new AbortController().signal,
        onStarted: () => undefined,
      });
      return readFileSync(trace, 'utf8');
    });
  } finally {
    await session.close();
  }
}
