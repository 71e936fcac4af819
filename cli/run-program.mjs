// @ts-check
/** Runs one program in a page and answers how it ended. */
import { open } from 'node:fs/promises';
import { EXIT_MACHINE, EXIT_TIMEOUT, shellStatus } from './exit-status.mjs';
import { PageRun } from './page-run.mjs';

/**
 * @typedef {import('../src/protocol/program').Program} Program
 * @typedef {import('../src/protocol/program').RunSettings} RunSettings
 * @typedef {import('../src/state/recorded-run').OutputStream} OutputStream
 * @typedef {import('./machine-session.mjs').MachineSession} MachineSession
 * @typedef {import('@playwright/test').Page} Page
 *
 * @typedef {object} ProgramRun
 * @property {Program} program
 * @property {readonly Program[]} [beside] programs that run beside it on the same machine
 * @property {RunSettings} settings
 * @property {string} [replay] text of the trace whose schedule is to be followed
 * @property {number | undefined} timeoutSeconds from the moment the program starts
 * @property {readonly string[]} traceFiles where its trace goes
 * @property {(pageRun: PageRun) => Promise<void>} [look] at the run when it has ended
 * @property {(stream: OutputStream, text: string, program: number) => void} write `program` counts from 0
 * @property {AbortSignal} signal aborted: stop the program
 * @property {(feed: (line: string | null) => void) => void} onStarted gets what feeds the program's input
 */

/** How long a program that was told to stop may take before its page is closed under it. */
const STOP_PATIENCE_MS = 10_000;
/** How long those that ran beside the last program may go on in real time when that has ended. */
const LINGER_MS = 1000;
/** Characters of a trace that cross from the page at a time. */
const TRACE_PIECE = 1 << 22;

/**
 * @param {MachineSession} session
 * @param {ProgramRun} run
 * @returns {Promise<number>} the exit status
 */
export async function runProgram(session, run) {
  const [status] = await runTogether(session, run);
  return /** @type {number} */ (status);
}

/**
 * The same for programs side by side. When the last has ended, the others may linger a little, and are then stopped.
 *
 * @param {MachineSession} session
 * @param {ProgramRun} run
 * @returns {Promise<(number | undefined)[]>} the exit status of each; undefined: it was stopped when the last had ended
 */
export async function runTogether(session, run) {
  /** @type {ProgramRun['write']} */
  const write = (stream, text, program = 0) => run.write(stream, text, program);
  /** @type {PageWatch | undefined} */
  let watch;
  let isWell = false;
  try {
    const page = await session.takePage((writes) => writes.forEach(([stream, text, program]) => write(stream, text, program)));
    watch = new PageWatch(page);
    const statuses = await Promise.race([watch.end, conduct(new PageRun(page), run, watch)]);
    isWell = !statuses.includes(EXIT_MACHINE);
    return statuses;
  } catch (error) {
    write('stderr', `weft: ${error instanceof Error ? error.message : String(error)}\n`, 0);
    return [EXIT_MACHINE];
  } finally {
    watch?.stop();
    if (watch) await session.giveBack(watch.page, isWell);
  }
}

/** Looks after a page while a program runs in it. */
class PageWatch {
  /** Rejects when the page is gone, or its code failed and nobody was told how to stop the run. @type {Promise<never>} */
  end;
  /** What went wrong in the page's own code. @type {string | undefined} */
  failure;
  /** Stops the run, so that what was recorded is kept, once there is one. @type {(() => void) | undefined} */
  stopRun;

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** @type {(reason: Error) => void} */
    let reject = () => undefined;
    this.end = new Promise((_resolve, rejectEnd) => (reject = rejectEnd));
    /** @type {(error: Error) => void} */
    this.onError = ({ message }) => {
      this.failure ??= `the machine failed: ${message}`;
      if (this.stopRun) this.stopRun();
      else reject(new Error(this.failure));
    };
    this.onCrash = () => reject(new Error('the browser page of the program crashed; it may have run out of memory'));
    this.onClose = () => reject(new Error(this.failure ?? 'the browser page of the program was closed'));
    // Nobody may be waiting for it any more.
    this.end.catch(() => undefined);
    page.on('pageerror', this.onError).on('crash', this.onCrash).on('close', this.onClose);
  }

  stop() {
    this.page.off('pageerror', this.onError).off('crash', this.onCrash).off('close', this.onClose);
  }
}

/**
 * @param {PageRun} pageRun
 * @param {ProgramRun} run
 * @param {PageWatch} watch
 * @returns {Promise<(number | undefined)[]>}
 */
async function conduct(pageRun, run, watch) {
  const { program, beside = [], settings, replay, timeoutSeconds, traceFiles, look, write, signal, onStarted } = run;
  const replaySettings = replay === undefined ? {} : await pageRun.replayOf(replay);
  if (typeof replaySettings === 'string') throw new Error(`invalid --replay: ${replaySettings}`);
  const start = await pageRun.start(program, { ...settings, ...replaySettings }, beside);
  if (start.outcome === 'rejected') {
    for (const { file, line, column, message } of start.errors) write('stderr', `${file}:${line}:${column}: ${message}\n`, 0);
    return [1];
  }
  if (start.outcome === 'failed') throw new Error(start.message);
  // The program may have ended when a line comes.
  onStarted((line) => void pageRun.writeInput(line).catch(() => undefined));

  let timedOut = false;
  /** @type {NodeJS.Timeout | undefined} */
  let patience;
  /** Exit statuses before the programs were stopped. @type {Promise<(number | undefined)[]> | undefined} */
  let endedBefore;
  const stop = () => {
    endedBefore ??= pageRun.statuses().catch(() => []);
    patience ??= setTimeout(() => void pageRun.page.close().catch(() => undefined), STOP_PATIENCE_MS);
    // What becomes of it is for `finished` to say.
    pageRun.stop().catch(() => undefined);
  };
  const timer = timeoutSeconds === undefined ? undefined : setTimeout(() => {
    timedOut = true;
    stop();
  }, timeoutSeconds * 1000);
  signal.addEventListener('abort', stop);
  watch.stopRun = stop;
  if (signal.aborted) stop();
  /** @type {NodeJS.Timeout | undefined} */
  let linger;
  // In virtual time the machine itself ends the run, at a moment that is the same each time.
  if (beside.length > 0 && settings.clock === 'real') {
    void pageRun.lastEnded().then(() => (linger = setTimeout(stop, LINGER_MS))).catch(() => undefined);
  }
  const { reason, status } = await pageRun.finished().finally(() => {
    clearTimeout(timer);
    clearTimeout(patience);
    clearTimeout(linger);
    signal.removeEventListener('abort', stop);
  });

  for (const file of traceFiles) await saveTrace(pageRun, file);
  await look?.(pageRun);
  for (const finding of await pageRun.findings()) write('stderr', `weft: ${finding}\n`, 0);
  if (watch.failure !== undefined) {
    write('stderr', `weft: ${watch.failure}\n`, 0);
    return [EXIT_MACHINE];
  }
  if (reason === 'panic') {
    write('stderr', `weft: the machine failed: ${await pageRun.panic()}\n`, 0);
    return [EXIT_MACHINE];
  }
  // Under the virtual clock nobody waits for what never comes: it is stopped as it would be at the timeout.
  const neverEnds = reason === 'stuck' || reason === 'step limit' || (timedOut && reason === 'stopped');
  if (beside.length === 0) return [neverEnds ? EXIT_TIMEOUT : shellStatus(status)];
  endedBefore ??= reason === 'finished' ? pageRun.statuses() : pageRun.statusesBeforeEnd();
  const refusal = await pageRun.notStarted();
  if (refusal !== '') write('stderr', `weft: ${refusal}\n`, beside.length);
  // Those that a stop has ended have minus the signal as their status, like those that were killed by another.
  const ended = await endedBefore;
  return [program, ...beside].map((_program, index) => {
    const status = ended[index];
    if (status !== undefined) return shellStatus(status);
    if (neverEnds) return EXIT_TIMEOUT;
    if (refusal !== '') return 1;
    return undefined;
  });
}

/** Writes the trace of the page's last run. @param {PageRun} pageRun @param {string} path */
export async function saveTrace(pageRun, path) {
  const file = await open(path, 'w');
  try {
    for await (const piece of pageRun.tracePieces(TRACE_PIECE)) await file.write(piece);
  } finally {
    await file.close();
  }
}
