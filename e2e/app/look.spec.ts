import { expect, expectAccessible, test } from '../support/app-test';

test('theme, language and layout are kept for the next visit', async ({ weft }) => {
  const { page } = weft;
  await page.getByRole('button', { name: 'Appearance' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Appearance' }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  const separator = page.getByRole('separator', { name: '编辑器宽度' });
  await separator.press('ArrowRight');
  await separator.press('Shift+ArrowRight');
  await expect(separator).toHaveAttribute('aria-valuenow', '52');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('button', { name: '运行', exact: true })).toBeVisible();
  await expect(separator).toHaveAttribute('aria-valuenow', '52');
});

test('the system\'s theme is followed until another one is chosen', async ({ weft }) => {
  const html = weft.page.locator('html');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await weft.page.emulateMedia({ colorScheme: 'dark' });
  await expect(html).toHaveAttribute('data-theme', 'dark');
});

test('panes are dragged, and a double-click gives the usual size back', async ({ weft }) => {
  const separator = weft.page.getByRole('separator', { name: 'Height of the timeline' });
  const box = (await separator.boundingBox())!;
  await weft.page.mouse.move(box.x + 100, box.y);
  await weft.page.mouse.down();
  await weft.page.mouse.move(box.x + 100, box.y - 170, { steps: 4 });
  await weft.page.mouse.up();
  await expect(separator).toHaveAttribute('aria-valuenow', '42');
  await separator.dblclick();
  await expect(separator).toHaveAttribute('aria-valuenow', '62');
});

test('menus are worked by keys and give the focus back', async ({ weft }) => {
  const { page } = weft;
  const button = page.getByRole('button', { name: 'Examples' });
  await button.press('Enter');
  await expect(page.locator('[role=menuitemradio]:focus')).toBeVisible();
  await page.keyboard.press('b');
  await expect(page.getByRole('menuitemradio', { name: 'Barrier' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  await button.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(weft.editor).toContainText('Nothing in this loop ever lets go');
});

test('the help opens with a key and closes with another', async ({ weft }) => {
  await weft.page.getByRole('heading', { name: 'Weft' }).click();
  await weft.page.keyboard.press('?');
  const dialog = weft.page.getByRole('dialog', { name: 'About Weft' });
  await expect(dialog).toBeVisible();
  await expectAccessible(weft);
  await weft.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('names of the library are completed with their documentation', async ({ weft }) => {
  await weft.write('');
  await weft.page.keyboard.type('Semap');
  const list = weft.page.getByRole('listbox');
  await expect(list.getByRole('option').first()).toContainText('Semaphore');
  await expect(weft.page.locator('.cm-completionInfo')).toContainText('Semaphore');
});

for (const theme of ['light', 'dark'] as const) {
  test(`no rule of accessibility is broken before a run, in the ${theme} theme`, async ({ weft }) => {
    await weft.page.emulateMedia({ colorScheme: theme });
    await expectAccessible(weft);
  });

  test(`no rule of accessibility is broken after a run, in the ${theme} theme`, async ({ weft }) => {
    await weft.page.emulateMedia({ colorScheme: theme });
    await weft.runToEnd();
    await weft.rows.nth(2).getByRole('button').click();
    await expectAccessible(weft);
  });
}

test('no rule of accessibility is broken by the menus', async ({ weft }) => {
  await weft.page.getByRole('button', { name: 'Examples' }).click();
  await expectAccessible(weft);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 400, height: 800 } });

  test('the parts are behind tabs, and a run goes to the timeline', async ({ weft }) => {
    const { page } = weft;
    const tab = (name: string) => page.getByRole('tab', { name });
    await expect(tab('Code')).toHaveAttribute('aria-selected', 'true');
    await weft.run.click();
    await expect(tab('Timeline')).toHaveAttribute('aria-selected', 'true');
    await tab('Timeline').press('ArrowRight');
    await expect(tab('Output')).toBeFocused();
    await expect(weft.status).toHaveText(/^Finished after/);
    await expectAccessible(weft);
    await weft.rows.first().getByRole('button').click();
    await tab('Code').click();
    await expect.poll(() => weft.markedLines()).not.toEqual([]);
    await page.getByRole('button', { name: 'More' }).click();
    await expectAccessible(weft);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
  });
});
