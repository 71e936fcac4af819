import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, expectAccessible, test } from '../support/app-test';
import { WeftPage } from '../support/weft-page';

const folder = fileURLToPath(new URL('../fixtures/programs/', import.meta.url));
const source = (name: string): string => readFileSync(folder + name, 'utf8');

async function openProgram({ page }: WeftPage, name: string): Promise<void> {
  await page.getByTestId('file').setInputFiles({ name, mimeType: 'text/x-python', buffer: Buffer.from(source(name)) });
  const clock = page.getByRole('button', { name: 'Real time' });
  if (await clock.isVisible()) {
    await clock.click();
    await page.getByRole('radio', { name: /^Virtual time/ }).check();
    await page.keyboard.press('Escape');
  }
}

test('Break it finds a deadlock, shows its run beside the first one, and a link does it again', async ({ weft, context }) => {
  const { page } = weft;
  await openProgram(weft, 'lock-order.py');
  await page.getByRole('button', { name: 'Break it' }).click();
  const panel = page.getByTestId('search');
  await expect(panel.getByText(/^Schedule \d+ goes wrong: deadlock: /)).toBeVisible();
  await expect(panel.getByText(/^It takes one preemption: (withdraw|deposit) at lock-order\.py:1\d, /)).toBeVisible();
  await expect(panel.getByText(/^The run on the timeline is this schedule/)).toBeVisible();
  await expect(weft.status).toHaveText(/no task could go on/);
  await expectAccessible(weft);
  await panel.getByRole('button', { name: 'Compare with the first run' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Compare' })).toBeVisible();
  await page.keyboard.press('Escape');

  const opened = new WeftPage(await context.newPage());
  await opened.page.goto(await weft.share());
  await opened.run.click();
  await expect(opened.status).toHaveText(/no task could go on/);
  await opened.page.close();

  // Another text is another program: the schedule was not its own.
  await expect(page.getByRole('button', { name: 'Virtual, 1 CPU' })).toBeVisible();
  await weft.write(source('lock-order-repaired.py'));
  await expect(page.getByRole('button', { name: 'Virtual, 2 CPUs' })).toBeVisible();
  await weft.runToEnd();
});

test('a search can be ended, and says what it has tried; in real time there is none', async ({ weft }) => {
  const { page } = weft;
  await openProgram(weft, 'lock-order-repaired.py');
  const button = page.getByRole('button', { name: 'Break it' });
  await button.click();
  const panel = page.getByTestId('search');
  await expect(panel.getByText(/^\d+ schedules tried/)).toBeVisible();
  await panel.getByRole('button', { name: 'End the search' }).click();
  await expect(panel.getByText(/^Nothing goes wrong in (\d+ schedules|one schedule)\.$/)).toBeVisible();
  await expect(panel.getByText('The search was stopped.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Virtual, / }).click();
  await page.getByRole('radio', { name: /^Real time/ }).check();
  await page.keyboard.press('Escape');
  await expect(button).toBeDisabled();
});
