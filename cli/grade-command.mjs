// @ts-check
/** `weft grade`: a program judged by the exercise of a lesson, as on the page. */
import { resolve } from 'node:path';
import { ensureBuilt } from '../scripts/build.mjs';
import { EXIT_MACHINE } from './exit-status.mjs';
import { Interruption } from './interruption.mjs';
import { PageRun } from './page-run.mjs';
import { readProgram } from './programs.mjs';
import { ProgressLine } from './progress-line.mjs';
import { saveTrace } from './run-program.mjs';
import { writeResult } from './result-files.mjs';
import { UsageError } from './usage-error.mjs';

const EXIT_NOT_SOLVED = 1;

/**
 * @param {import('./grade-options.mjs').GradeOptions} options
 * @param {string} folder that relative file names start from
 * @returns {Promise<number>} the exit status
 * @throws {UsageError}
 */
export async function gradeCommand({ file, lesson, language, trace }, folder) {
  const program = readProgram(folder, file);
  if (program.language !== 'python') throw new UsageError(`unsupported file "${file}": the exercises of lessons are in Python`);
  if (trace !== undefined) writeResult(resolve(folder, trace), '', '--trace');
  const interruption = new Interruption();
  await ensureBuilt();
  // Not at the top: it comes from a package, which may have been missing until now.
  const { MachineSession } = await import('./machine-session.mjs');
  const session = await MachineSession.open();
  const progress = new ProgressLine();
  try {
    const pageRun = new PageRun(await session.takePage(() => undefined));
    progress.follow(() => pageRun.exploring());
    const interrupted = new Promise((resolve) => interruption.signal.addEventListener('abort', resolve));
    const grade = await Promise.race([pageRun.grade(program, lesson, language), interrupted.then(() => undefined)]);
    progress.end();
    if (grade === undefined) return interruption.status ?? EXIT_MACHINE;
    switch (grade.outcome) {
      case 'unknown lesson':
        throw new UsageError(`unknown --lesson "${lesson}": there are ${grade.lessons.join(', ')}`);
      case 'failed':
        console.error(`weft: the machine failed: ${grade.message}`);
        return EXIT_MACHINE;
      case 'rejected':
        for (const { file, line, column, message } of grade.errors) console.error(`${file}:${line}:${column}: ${message}`);
        return EXIT_NOT_SOLVED;
      default:
        process.stderr.write(grade.errors);
        console.log(grade.sentences.join('\n'));
        if (trace !== undefined && grade.ran) await saveTrace(pageRun, resolve(folder, trace));
        return grade.solved ? 0 : EXIT_NOT_SOLVED;
    }
  } finally {
    progress.end();
    await session.close();
  }
}
