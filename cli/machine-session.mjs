// @ts-check
/** One browser and one server for all programs of a command; a page for each. */
import { chromium } from '@playwright/test';
import { browserFlags, findBrowser } from '../scripts/browser.mjs';
import { distFolder } from '../scripts/build.mjs';
import { startServer } from '../scripts/serve.mjs';

/**
 * @typedef {import('../src/state/recorded-run').OutputStream} OutputStream
 * @typedef {import('../src/state/recorded-run').Writes} Writes
 * @typedef {import('@playwright/test').Page} Page
 */

export class MachineSession {
  #server;
  #browser;
  #context;

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
        executablePath, args: browserFlags(), handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
      });
      // One context: what one page has fetched and compiled the next finds in its cache.
      return new MachineSession(server, browser, await browser.newContext());
    } catch (error) {
      await server.close();
      const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
      throw new Error(`the browser ${executablePath} did not start: ${line}`, { cause: error });
    }
  }

  /**
   * A page that is ready to run a program.
   *
   * @param {(writes: Writes) => void} write gets what the program writes
   * @returns {Promise<Page>}
   */
  async newPage(write) {
    const page = await this.#context.newPage();
    await page.exposeFunction('weftWrite', write);
    await page.goto(`${this.#server.url}run.html`);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    return page;
  }

  async close() {
    await this.#browser.close();
    await this.#server.close();
  }
}
