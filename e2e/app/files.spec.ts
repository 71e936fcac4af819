import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/app-test';
import type { WeftPage } from '../support/weft-page';

const PROGRAM = `import { print } from 'weft';
export function main() {
  print('one');
  print('two');
}
`;

async function savedTrace(weft: WeftPage): Promise<string> {
  await weft.page.getByRole('button', { name: 'Save' }).click();
  const download = weft.page.waitForEvent('download');
  await weft.page.getByRole('menuitem', { name: 'The trace' }).click();
  return readFile(await (await download).path(), 'utf8');
}

async function openFile(weft: WeftPage, name: string, text: string): Promise<void> {
  await weft.page
    .getByTestId('file')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

test('a saved trace opens in another visit, with its program', async ({ weft }) => {
  await weft.write(PROGRAM);
  await weft.runToEnd();
  const trace = await savedTrace(weft);
  await weft.page.evaluate(() => localStorage.clear());
  await weft.page.reload();
  await expect(weft.editor).toContainText('producer');
  await openFile(weft, 'lecture 3.json', trace);
  await expect(weft.status).toContainText('Recorded run lecture 3.json');
  await expect.poll(() => weft.lines()).toEqual(['one', 'two']);
  await expect.poll(() => weft.program()).toBe(PROGRAM);
  await weft.rows.last().getByRole('button').click();
  await expect.poll(() => weft.markedLines()).toEqual([4]);
});

test('a trace cut short opens as far as it is whole', async ({ weft }) => {
  await weft.write(PROGRAM);
  await weft.runToEnd();
  const trace = await savedTrace(weft);
  await openFile(weft, 'cut.json', trace.slice(0, trace.length - 40));
  await expect(weft.notices).toContainText('cut short');
  await expect.poll(() => weft.lines()).toEqual(['one', 'two']);
});

test('a file that is nothing of ours is refused in a sentence, and what was there stays', async ({
  weft,
}) => {
  await weft.write(PROGRAM);
  await weft.runToEnd();
  await openFile(weft, 'photo.json', '{"pixels": [1, 2, 3]}');
  await expect(weft.notices).toContainText('not a Weft trace');
  await openFile(weft, 'notes.txt', 'hello');
  await expect(weft.notices).toContainText('notes.txt is neither a trace (.json) nor a program');
  await expect.poll(() => weft.lines()).toEqual(['one', 'two']);
  await expect.poll(() => weft.program()).toBe(PROGRAM);
});

test('a program dropped on the page is opened', async ({ weft }) => {
  const dropped = await weft.page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['// dropped\nexport function main() {}\n'], 'dropped.js'));
    return transfer;
  });
  await weft.page.dispatchEvent('body', 'dragover', { dataTransfer: dropped });
  await expect(weft.page.getByText('Drop a trace or a program to open it')).toBeVisible();
  await weft.page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
  await expect(weft.editor).toContainText('// dropped');
  await expect(weft.page.getByRole('region', { name: 'Program' })).toContainText('dropped.js');
});
