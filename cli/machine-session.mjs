// @ts-check
/** One browser and one server for all programs of a command; a page for each of those that run at the same time. */
import { chromium } from '@playwright/test';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';
import { distFolder } from '../scripts/build.mjs';
import { startServer } from '../scripts/serve.mjs';

/**
 * @typedef {import('../src/state/recorded-run').OutputStream} OutputStream
 * @typedef {import('../src/state/recorded-run').Writes} Writes
 * @typedef {import('@playwright/test').Page} Page
 */

/** A computer that is busy may take minutes for what takes a second on one at rest; what never comes ends all the same. */
const PATIENCE_MS = 180_000;

export class MachineSession {
  #server;
  #browser;
  #context;
  /** Pages that wait for a program: their machines are warm. @type {Page[]} */
  #idle = [];
  /** Who gets what is written in a page. @type {Map<Page, (writes: Writes) => void>} */
  #writers = new Map();

  /**
   * @param {Awaited<ReturnType<typeof startServer>>} server
   * @param {import('@playwright/test').Browser} browser
   * @param {import('@playwright/test').BrowserContext} context
   */
  constructor(server, browser, context) {
    this.#server = server;
    this.#browser = browser;
    this.#context = context;
  }

  /** Needs the built page. Throws with a sentence where there is no browser or it does not start. */
  static async open() {
    const executablePath = findBrowser();
    const server = await startServer({ root: distFolder });
    try {
      const browser = await chromium.launch({
        executablePath, args: browserFlags(), handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, timeout: PATIENCE_MS,
      });
      // One context: what one page has fetched and compiled the next finds in its cache.
      const context = await browser.newContext();
      context.setDefaultTimeout(PATIENCE_MS);
      return new MachineSession(server, browser, context);
    } catch (error) {
      await server.close();
      const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
      throw new Error(`the browser ${executablePath} did not start: ${line}`, { cause: error });
    }
  }

  /**
   * A page that is ready to run a program: one that was given back, or a new one.
   *
   * @param {(writes: Writes) => void} write gets what the program writes
   * @returns {Promise<Page>}
   */
  async takePage(write) {
    const page = this.#idle.pop() ?? await this.#newPage();
    this.#writers.set(page, write);
    return page;
  }

  /**
   * The program in the page has ended.
   *
   * @param {Page} page
   * @param {boolean} isWell whether it can run another
   */
  async giveBack(page, isWell) {
    this.#writers.delete(page);
    if (isWell && !page.isClosed()) this.#idle.push(page);
    else await page.close().catch(() => undefined);
  }

  async #newPage() {
    const page = await this.#context.newPage();
    await page.exposeFunction('weftWrite', (/** @type {Writes} */ writes) => this.#writers.get(page)?.(writes));
    await page.goto(`${this.#server.url}run.html`);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    return page;
  }

  async close() {
    await this.#browser.close();
    await this.#server.close();
  }
}
