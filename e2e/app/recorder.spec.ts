import { recorderText } from '../../scripts/recorder.mjs';
import { expect, test } from '../support/app-test';
import { openFixture, showView } from '../support/fixtures';

test('the help has the recorder for real Python, and what that has recorded opens as any run', async ({ weft }) => {
  const { page } = weft;
  await page.getByRole('button', { name: 'Help' }).click();
  const link = page.getByRole('link', { name: 'weft_recorder.py' });
  const answer = await page.request.get(new URL((await link.getAttribute('href'))!, page.url()).href);
  expect(await answer.text()).toBe(recorderText());
  await page.keyboard.press('Escape');

  // Of CPython 3.11 on Linux: examples/python/producer-consumer.py.
  const model = await openFixture(weft, 'real-python');
  expect(model.tasks.map(({ name }) => name)).toEqual(['main', 'producer', 'consumer']);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  for (const { name } of model.tasks) await expect(timeline.locator('.wt-task', { hasText: name })).toBeVisible();
  const list = await showView(weft, 'List');
  await list.getByRole('searchbox').fill('producer q >50ms');
  await expect(list.getByRole('row').filter({ hasText: /producer waited .* for q to have room; consumer took/ }).first()).toBeVisible();
  expect(model.end).toEqual({ reason: 'finished', status: 0 });
});
