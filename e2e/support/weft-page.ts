import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import { DEFAULT_SETTINGS } from '../../src/protocol/program';
import { toLinkBody } from '../../src/state/link/shared-program';

const text = readFileSync(fileURLToPath(new URL('../../src/ui/examples/javascript/producer-consumer.js', import.meta.url)), 'utf8');
const DRAFT = ['weft.draft', JSON.stringify(toLinkBody({
  program: { language: 'javascript', files: [{ name: 'main.js', text }], entry: 'main.js' }, settings: DEFAULT_SETTINGS,
}))] as const;

/** The page as a reader sees it. */
export class WeftPage {
  readonly run: Locator;
  readonly restart: Locator;
  readonly stop: Locator;
  readonly editor: Locator;
  readonly output: Locator;
  readonly rows: Locator;
  readonly status: Locator;
  readonly problems: Locator;
  readonly notices: Locator;

  constructor(readonly page: Page) {
    this.run = page.getByRole('button', { name: 'Run', exact: true });
    this.restart = page.getByRole('button', { name: 'Restart' });
    this.stop = page.getByRole('button', { name: 'Stop' });
    this.editor = page.getByTestId('editor').getByRole('textbox');
    this.output = page.getByTestId('output');
    this.rows = this.output.getByRole('listitem');
    this.status = page.getByTestId('status');
    this.problems = page.getByRole('alert');
    this.notices = page.getByRole('region', { name: 'Messages' });
  }

  /**
   * Opens the page; `fragment` is that of a link. A visitor begins with a program in Python; tests of the page begin with the same in
   * JavaScript, as a draft of theirs, which runs at once.
   */
  async open(fragment = ''): Promise<void> {
    await this.page.addInitScript(([key, draft]) => {
      try {
        if (localStorage.getItem(key) === null) localStorage.setItem(key, draft);
      } catch {
        // A page that may keep nothing begins as a visitor does.
      }
    }, DRAFT);
    await this.visit(fragment);
  }

  /** Opens the page as who has never been there. */
  async visit(fragment = ''): Promise<void> {
    await this.page.goto(`./${fragment}`);
    await expect(this.editor).toBeVisible();
  }

  /** Replaces the program. */
  async write(program: string): Promise<void> {
    await this.editor.press('ControlOrMeta+a');
    // As a paste comes: typed letter by letter, brackets would be closed and lines indented.
    await this.page.keyboard.insertText(program);
  }

  /** What the editor holds; it draws only what is in view, so programs of tests are short. */
  async program(): Promise<string> {
    return (await this.editor.locator('.cm-line').allTextContents()).join('\n');
  }

  async chooseExample(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Examples' }).click();
    await this.page.getByRole('menu').getByRole('menuitemradio', { name: new RegExp(`^${name}`) }).click();
  }

  /** The next runs go by real time: for tests of what a program does while it runs. */
  async chooseRealTime(): Promise<void> {
    await this.page.getByRole('button', { name: /^Virtual, \d CPU/ }).click();
    await this.page.getByRole('dialog', { name: 'Clock of the run' }).getByRole('radio', { name: /^Real time/ }).check();
    await this.page.keyboard.press('Escape');
  }

  /** Runs what is in the editor and waits for its end. */
  async runToEnd(ending: string | RegExp = /^Finished after/): Promise<void> {
    await this.run.click();
    await expect(this.status).toHaveText(ending);
  }

  /** The text that each row of output shows, without who wrote it. */
  async lines(): Promise<string[]> {
    return this.rows.locator('[data-part="text"]').allTextContents();
  }

  /** The link that Share gives. */
  async share(): Promise<string> {
    await this.page.getByRole('button', { name: 'Share' }).click();
    const link = await this.page.getByTestId('link').inputValue();
    await this.page.keyboard.press('Escape');
    return link;
  }

  /** The numbers of the lines that are marked as where a task is. */
  async markedLines(): Promise<number[]> {
    return this.page.locator('.cm-content').evaluate((content) => {
      const lines = [...content.querySelectorAll('.cm-line')];
      return lines.flatMap((line, index) => (line.classList.contains('cm-task-line') ? [index + 1] : []));
    });
  }
}
