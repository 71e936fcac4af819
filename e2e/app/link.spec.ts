import { expect, test } from '../support/app-test';
import { putPlayhead } from '../support/fixtures';
import { WeftPage } from '../support/weft-page';

const PROGRAM = `import { print } from 'weft';
export function main() {
  print('管道 & "quotes" <b>');
}
`;

test('a shared link opens as the program, and waits for Run', async ({ weft, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await weft.write(PROGRAM);
  const address = await weft.share();
  expect(await weft.page.evaluate(() => navigator.clipboard.readText())).toBe(address);

  const page = await context.newPage();
  await page.goto(address);
  const opened = new WeftPage(page);
  await expect(opened.editor).toContainText('管道');
  await expect.poll(() => opened.program()).toBe(PROGRAM);
  await expect(page.getByText('nothing runs before you press Run')).toBeVisible();
  await expect(opened.status).toHaveText('');
  expect(page.workers()).toEqual([]);
  await opened.runToEnd();
  await expect.poll(() => opened.lines()).toEqual(['管道 & "quotes" <b>']);
});

test('the moment that was looked at and the speed go along, and are there when the linked program has run', async ({ weft, context }) => {
  await weft.write(PROGRAM);
  await weft.runToEnd();
  const time = await putPlayhead(weft, 0.5);
  await weft.page.getByRole('combobox', { name: 'Speed of playing' }).selectOption('0.01');
  const address = await weft.share();
  const page = await context.newPage();
  const opened = new WeftPage(page);
  await page.goto(address);
  await opened.runToEnd();
  const playhead = page.getByRole('slider', { name: 'Playhead' });
  await expect.poll(async () => Math.round(Number(await playhead.getAttribute('aria-valuenow')))).toBe(Math.round(time));
  await expect(page.getByRole('combobox', { name: 'Speed of playing' })).toHaveValue('0.01');
});

test('an edit of a linked program takes the link out of the address, and is kept', async ({
  weft,
  context,
}) => {
  await weft.write(PROGRAM);
  const address = await weft.share();
  const page = await context.newPage();
  const opened = new WeftPage(page);
  await page.goto(address);
  await opened.write('// mine\n');
  await expect(page).toHaveURL((url) => url.hash === '');
  await page.reload();
  await expect(opened.editor).toContainText('// mine');
});

for (const [what, fragment, sentence] of [
  ['cut', '#w1=eNoly0EKgCAQQNGrDLMxITqAHSVbRCgZOopNFIh3r2z54', 'This link is damaged'],
  ['of a newer page', '#w9=eNoly0EK', 'made by a newer Weft (version 9; this one reads up to 2)'],
  ['with script in it', '#w1=<script>document.title="x"</script>', 'This link is damaged'],
] as const) {
  test(`a link ${what} is a sentence and a usable page`, async ({ weft }) => {
    await weft.page.goto(`./${fragment}`);
    await weft.page.reload();
    await expect(weft.notices).toContainText(sentence);
    await expect(weft.editor).toContainText('producer');
    await weft.page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(weft.notices).toBeEmpty();
    await weft.write(PROGRAM);
    await weft.runToEnd();
  });
}

test('a program too long for a link is offered as a file', async ({ weft }) => {
  const numbers = Array.from({ length: 4000 }, (_, index) => (index * 7919 * 104729) % 1e9);
  await weft.write(`export const data = [${numbers.join(', ')}];\nexport function main() {}\n`);
  await weft.page.getByRole('button', { name: 'Share' }).click();
  await expect(weft.page.getByRole('dialog')).toContainText('Send it as a file instead');
  const download = weft.page.waitForEvent('download');
  await weft.page.getByRole('button', { name: 'Save as a file' }).click();
  expect((await download).suggestedFilename()).toBe('main.js');
});
