// @ts-check
/**
 * @typedef {import('../src/protocol/program').Program} Program
 * @typedef {import('../src/protocol/program').RunSettings} RunSettings
 * @typedef {import('../src/state/recorded-run').RecordedRun} RecordedRun
 * @typedef {import('../src/runner').WeftRunner} WeftRunner
 */

/** The run in a page without a face (run.html), driven from outside. What crosses is plain data. */
export class PageRun {
  /** @param {import('@playwright/test').Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {Program} program @param {RunSettings} settings @param {readonly Program[]} [beside] */
  start(program, settings, beside = []) {
    return this.page.evaluate(
      ([program, settings, beside]) => {
        const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
        return weft.start(program, settings, beside);
      },
      /** @type {const} */ ([program, settings, beside]),
    );
  }

  /**
   * Settings that do the run of a trace file again.
   *
   * @param {string} text
   */
  async replayOf(text) {
    return this.page.evaluate((text) => {
      try {
        const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
        return weft.replayOf(text) ?? 'it was recorded in real time';
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    }, text);
  }

  /**
   * Searches the schedules of a program; answers what came of it. `address`: of the page, which the link begins with.
   *
   * @param {Program} program
   * @param {RunSettings} settings
   * @param {import('../src/search/search').SearchOptions} options
   * @param {string} address
   */
  explore(program, settings, options, address) {
    return this.page.evaluate(
      ([program, settings, options, address]) => {
        const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
        return weft.explore(program, settings, options, address);
      },
      /** @type {const} */ ([program, settings, options, address]),
    );
  }

  /**
   * Draws the run in the text of a trace file or, without one, the last that was started.
   *
   * @param {import('../src/views/timeline/whole-picture').WholePicture} picture
   * @param {import('../src/text/languages').Language} language
   * @param {string} [text]
   */
  picture(picture, language, text) {
    return this.page.evaluate(
      ([picture, language, text]) => {
        const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
        return weft.picture(picture, language, text);
      },
      /** @type {const} */ ([picture, language, text]),
    );
  }

  /**
   * Judges a program by the exercise of a lesson.
   *
   * @param {Program} program
   * @param {string} lesson
   * @param {import('../src/text/languages').Language} language
   */
  grade(program, lesson, language) {
    return this.page.evaluate(
      ([program, lesson, language]) => {
        const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
        return weft.grade(program, lesson, language);
      },
      /** @type {const} */ ([program, lesson, language]),
    );
  }

  /** How far the search or the grading is, in a sentence. */
  exploring() {
    return this.page.evaluate(() => {
      const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
      return weft.exploring;
    });
  }

  stopExploring() {
    return this.page.evaluate(() => {
      const { weft } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis));
      weft.stopExploring();
    });
  }

  /** Waits for the end of the run, with all its output passed on. */
  finished() {
    return this.#call((run) => run.finished());
  }

  /** Waits for the end of the last program's first process, or of the run. */
  lastEnded() {
    return this.#call((run) => run.lastEnded);
  }

  /** Exit statuses of the programs' first processes, by program; those that have not ended have none. */
  async statuses() {
    const statuses = await this.#call((run) => run.statuses.map((status) => status ?? null));
    return statuses.map((status) => status ?? undefined);
  }

  /** The same of those that ended before the run's last moment: what ends then was ended with the run. */
  async statusesBeforeEnd() {
    const statuses = await this.#call((run) => run.statusesBeforeEnd.map((status) => status ?? null));
    return statuses.map((status) => status ?? undefined);
  }

  /** Why a program was not started beside the others, or ''. */
  notStarted() {
    return this.#call((run) => run.notStarted);
  }

  /** Answers how many milliseconds the machine took. */
  stop() {
    return this.#call((run) => run.stop());
  }

  /** @param {string | null} line without its line end; null ends the input */
  writeInput(line) {
    return this.#call((run, line) => run.writeInput(line), line);
  }

  /** The broken invariant that stopped the machine. */
  panic() {
    return this.#call((run) => run.model.panic ?? 'it does not say why');
  }

  /** What was found while it ran, with the line of the program. */
  findings() {
    return this.#call((run) => run.findings);
  }

  eventCounts() {
    return this.#call((run) => run.eventCounts);
  }

  /**
   * The trace as JSON, in pieces.
   *
   * @param {number} length characters of a piece, about
   */
  async *tracePieces(length) {
    for (;;) {
      const piece = await this.#call((run, length) => run.tracePiece(length), length);
      if (piece === '') return;
      yield piece;
    }
  }

  /**
   * The page forgets a run only once nobody here has a handle of it: 250 runs' memories are as many as a page can hold.
   *
   * @template T
   * @template [A=undefined]
   * @param {(run: RecordedRun, argument: A) => T} use
   * @param {A} [argument]
   * @returns {Promise<Awaited<T>>}
   */
  async #call(use, argument) {
    const run = await this.page.evaluateHandle(() => {
      const { run } = /** @type {{ weft: WeftRunner }} */ (/** @type {unknown} */ (globalThis)).weft;
      if (!run) throw new Error('missing run: no program has been started');
      return run;
    });
    try {
      return await run.evaluate(/** @type {any} */ (use), argument);
    } finally {
      await run.dispose();
    }
  }
}
