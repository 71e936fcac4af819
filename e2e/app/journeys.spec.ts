import type { Locator } from '@playwright/test';
import { expect, expectAccessible, test } from '../support/app-test';
import { openFixture } from '../support/fixtures';
import type { WeftPage } from '../support/weft-page';

/** Presses Tab (or Shift+Tab) until `target` has the focus. */
async function tabTo({ page }: WeftPage, target: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    // In an editor Tab indents; Escape before it lets go, as the page's help says.
    if (await page.evaluate(() => Boolean(document.activeElement?.closest('.cm-content')))) await page.keyboard.press('Escape');
    await page.keyboard.press(key);
  }
  throw new Error(`${String(target)} cannot be reached by ${key}`);
}

test('by keys alone one finds why the consumer waited', async ({ weft }) => {
  const { page } = weft;
  await openFixture(weft, 'slow-producer');
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const said = timeline.locator('[aria-live="polite"]');

  // Looks for the waits of the consumer on the queue, and goes to the first.
  await tabTo(weft, timeline.getByRole('searchbox', { name: 'Filter the lanes' }));
  await page.keyboard.type('consumer q waiting');
  await expect(timeline.locator('.wt-found')).toHaveText(/^\d+$/);
  await page.keyboard.press('Enter');
  await expect(said).toHaveText(/^consumer waited .* for q to have an item; producer put it at line 8/);
  await expect(timeline.locator('.wt-found')).toHaveText(/^1 of \d+$/);

  // Who ended it, by a key of the drawing; and where in the program that was.
  await tabTo(weft, timeline.getByRole('application'));
  await page.keyboard.press('[');
  await expect(said).toHaveText(/^producer put 1 into q at line 8/);
  await tabTo(weft, page.getByRole('button', { name: 'Show line 8' }));
  await page.keyboard.press('Enter');
  await expect(weft.editor).toBeFocused();

  // What the producer did meanwhile stands in the view of causes.
  const views = page.getByRole('tablist', { name: 'Views of the run' });
  await tabTo(weft, views.getByRole('tab', { selected: true }));
  await page.keyboard.press('ArrowLeft');
  for (let presses = 0; presses < 12 && !(await views.getByRole('tab', { name: 'Why' }).getAttribute('aria-selected') === 'true'); presses++) {
    await page.keyboard.press('ArrowLeft');
  }
  const why = page.getByRole('tabpanel', { name: 'Why' });
  await tabTo(weft, why.getByRole('button', { name: /^consumer waited .* for q to have an item/ }).first());
  await page.keyboard.press('Enter');
  await expect(why.locator('.wv-chain li').first()).toContainText('producer put it at line 8');
  await expectAccessible(weft);
});

test('the accessibility tree alone tells why the consumer waited', async ({ weft }) => {
  const { page } = weft;
  await openFixture(weft, 'slow-producer');
  // What a screen reader finds: landmarks by name, a slider with the moment in words, the drawing with a way to use it.
  await expect(page.getByRole('region', { name: 'Timeline' })).toMatchAriaSnapshot(`
    - region "Timeline":
      - toolbar "View of the timeline"
      - searchbox "Filter the lanes"
      - list "Tasks and objects"
      - application /Timeline of 3 tasks, .* long/
  `);
  await page.getByRole('tab', { name: 'List' }).click();
  const list = page.getByRole('tabpanel', { name: 'List' });
  await list.getByRole('searchbox', { name: 'Search' }).fill('consumer q');
  const rows = list.getByRole('region', { name: 'What happened, in order' });
  await expect(rows).toMatchAriaSnapshot(`
    - region "What happened, in order":
      - table:
        - rowgroup:
          - row "At Task For What"
        - rowgroup:
          - row /consumer .* consumer waited .* for q to have an item; producer put it at line 8/
  `);
  await rows.focus();
  await rows.press('ArrowDown');
  await expect(rows.getByRole('row').nth(1)).toHaveAttribute('aria-current', 'true');
  // The same sentence is said aloud, and the way on is a button with the name of who ended the wait.
  const selection = page.getByRole('region', { name: 'Selection' });
  await expect(selection).toMatchAriaSnapshot(`
    - region "Selection":
      - paragraph: /consumer waited .* for q to have an item; producer put it at line 8/
      - 'button "Who ended this wait: producer"'
  `);
  await selection.getByRole('button', { name: 'Who ended this wait: producer' }).click();
  await expect(selection).toMatchAriaSnapshot(`
    - region "Selection":
      - paragraph: /producer put 1 into q at line 8; it holds 1 now/
      - list "The way of this item through q":
        - listitem:
          - button "put by producer"
        - listitem: /sent on by its feeder thread/
        - listitem:
          - button "reached consumer"
        - listitem:
          - button "taken by consumer"
  `);
});
