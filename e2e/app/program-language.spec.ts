import { expect, test } from '../support/app-test';

const PYTHON = `import time

def greet(name):
    time.sleep(1)
    print('hello', name)

greet('Ada')
`;

test('a program of the other language is pasted: it runs, and undoing brings the first back', async ({ weft }) => {
  const { page } = weft;
  const files = page.getByRole('group', { name: 'Files of the program' });
  await expect(files).toHaveText('main.js');
  await weft.write(PYTHON);
  await expect(files).toHaveText('main.py');
  await expect(page.getByRole('button', { name: 'Python', exact: true })).toBeVisible();
  await weft.runToEnd();
  await expect.poll(() => weft.lines()).toEqual(['hello Ada']);

  await weft.editor.press('ControlOrMeta+z');
  await expect(weft.editor).toContainText('producer');
  await expect(files).toHaveText('main.js');
  await weft.runToEnd();
});

test('a visitor begins in Python; a language is chosen: the example is shown in it, and what is typed is one of it', async ({ visited: weft }) => {
  const { page } = weft;
  await expect(weft.editor).toContainText('from multiprocessing import');
  for (const [from, to, shown] of [['Python', 'JavaScript', "from 'weft'"], ['JavaScript', 'Python', 'from multiprocessing import']]) {
    await page.getByRole('button', { name: from, exact: true }).click();
    await page.getByRole('menuitemradio', { name: to }).click();
    await expect(weft.editor).toContainText(shown);
  }
  await page.getByRole('button', { name: 'Options of main.py' }).click();
  await page.getByLabel('Name of the file').fill('shop.js');
  await page.getByRole('button', { name: 'Rename' }).click();
  await expect(page.getByRole('button', { name: 'JavaScript', exact: true })).toBeVisible();

  // What is in the editor reads as Python, whatever its name says.
  await weft.run.click();
  await expect(page.getByRole('button', { name: 'Python', exact: true })).toBeVisible();
  await expect(weft.status).toHaveText(/^Finished after/);
});
