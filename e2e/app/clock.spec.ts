import { expect, test } from '../support/app-test';
import { WeftPage } from '../support/weft-page';

const PROGRAM = `import { print, sleep } from 'weft';
export function main() {
  sleep(3600);
  print(performance.now(), Math.random());
}
`;

test('a program runs by the virtual clock, with the settings in its link', async ({ weft, context }) => {
  await weft.write(PROGRAM);
  await weft.page.getByRole('button', { name: 'Virtual, 2 CPUs' }).click();
  const panel = weft.page.getByRole('dialog', { name: 'Clock of the run' });
  await expect(panel.getByRole('radio', { name: /^Virtual time/ })).toBeChecked();
  await panel.getByRole('combobox', { name: 'Virtual CPUs' }).selectOption('1');
  await panel.getByRole('combobox', { name: 'Who goes next' }).selectOption('By dice');
  await panel.getByRole('spinbutton', { name: 'Seed' }).fill('7');
  await weft.page.keyboard.press('Escape');
  await expect(weft.page.getByRole('button', { name: 'Virtual, 1 CPU' })).toBeVisible();
  await weft.runToEnd();
  const lines = await weft.lines();
  expect(lines[0]).toMatch(/^36\d{5}\.?\d* 0\./);

  const address = await weft.share();
  const opened = new WeftPage(await context.newPage());
  await opened.page.goto(address);
  await expect(opened.page.getByRole('button', { name: 'Virtual, 1 CPU' })).toBeVisible();
  await opened.runToEnd();
  await expect.poll(() => opened.lines()).toEqual(lines);
});
