import { readFileSync } from 'node:fs';
import { expect, expectAccessible, test } from '../support/app-test';
import { LESSON_IDS, entryOf } from '../../src/lessons/catalogue';
import type { WeftPage } from '../support/weft-page';

/** The first run of a visit waits for Python to come. */

/** Opens a lesson by its address, in a page that is already there. */
async function openLesson({ page }: WeftPage, id: string): Promise<void> {
  await page.evaluate((fragment) => {
    location.hash = fragment;
  }, `#lesson=${id}`);
}

test('every lesson opens in both languages, at its moment, from its recorded run; nothing runs', async ({ weft }) => {
  test.slow();
  const { page } = weft;
  for (const language of ['en', 'zh'] as const) {
    if (language === 'zh') {
      await page.getByRole('button', { name: 'Appearance' }).click();
      await page.getByRole('menuitemradio', { name: '简体中文' }).click();
    }
    const panel = page.getByRole('region', { name: language === 'en' ? 'Lesson' : '课程', exact: true });
    for (const id of LESSON_IDS) {
      await openLesson(weft, id);
      const title = entryOf(id)?.title[language] ?? '';
      await expect(panel.getByRole('heading', { level: 2, name: title, exact: true })).toBeVisible();
      await expect(weft.status, id).toContainText(title);
      // The playhead stands where something was found, and the panel marks which moment that is.
      await expect(panel.locator('li[data-current]'), id).toHaveCount(1);
      await expect(page.getByRole('slider', { name: language === 'en' ? 'Playhead' : '播放头' }), id).toBeVisible();
      await expect(panel.getByText(/\{\w+\}/), `${id}: nothing is left to fill in`).toHaveCount(0);
      await expect(panel.locator('li > button:disabled'), `${id}: all moments are in the recorded run`).toHaveCount(0);
    }
  }
  await expect(page.getByRole('button', { name: '停止' })).toBeDisabled();
});

test('the course: from its list through a lesson, a wrong and a right answer, to a solved exercise, kept for the next visit', async ({ weft }) => {
  test.slow();
  const { page } = weft;
  await page.getByRole('button', { name: 'Learn' }).click();
  await expect(page.getByRole('heading', { name: 'Processes, threads and what goes on between them' })).toBeVisible();
  await expectAccessible(weft);
  await page.getByRole('button', { name: /^Zombies/ }).click();
  const panel = page.getByRole('region', { name: 'Lesson', exact: true });
  await expect(panel.getByRole('heading', { name: 'Zombies' })).toBeVisible();
  await expect(weft.status).toContainText('Recorded run Zombies');
  await expectAccessible(weft);

  // A moment is shown on the timeline, and told in the details below it.
  await panel.getByRole('button', { name: /^Ended, not collected/ }).click();
  await expect(page.getByText(/was a zombie for 2 s/).first()).toBeVisible();

  const asked = /parent sleeps for (\d+) seconds/;
  const nap = async (): Promise<number> => Number(asked.exec((await panel.getByRole('region', { name: 'What will happen?' }).textContent()) ?? '')?.[1]);
  await panel.getByLabel(/Your answer/).fill(String(await nap()));
  await panel.getByRole('button', { name: 'Answer and run' }).click();
  await expect(panel.getByText(/^Not quite: it is/)).toBeVisible();
  await expect(panel.getByText('That is how long the parent sleeps.')).toBeVisible();
  await panel.getByRole('button', { name: /Ask me again/ }).click();
  await panel.getByLabel(/Your answer/).fill(String((await nap()) - 1));
  await panel.getByRole('button', { name: 'Answer and run' }).click();
  await expect(panel.getByText('Right.')).toBeVisible();

  await panel.getByRole('button', { name: 'Open the program' }).click();
  await panel.getByRole('button', { name: 'Check my program' }).click();
  await expect(panel.getByText('The child was still a zombie for a while.')).toBeVisible();
  await weft.write([
    'import os, time', 'NAP = 3', 'CODE = 7', 'pid = os.fork()', 'if pid == 0:', '    time.sleep(1)', '    os._exit(CODE)',
    '_, status = os.waitpid(pid, 0)', 'print("parent: child ended with", os.waitstatus_to_exitcode(status))', 'time.sleep(NAP)', '',
  ].join('\n'));
  await panel.getByRole('button', { name: 'Check my program' }).click();
  await expect(panel.getByText(/^Solved\. It holds under all/)).toBeVisible();
  await expectAccessible(weft);

  await page.goBack();
  await page.reload();
  await expect(page.getByText(/^1 of \d+ done$/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Zombies.*exercise solved/ })).toBeVisible();
});

test('an exercise is checked by a search: what is nearly right is refused with the run that shows it, and Stop ends it', async ({ weft }) => {
  test.slow();
  const { page } = weft;
  const panel = page.getByRole('region', { name: 'Lesson', exact: true });
  const check = panel.getByRole('button', { name: 'Check my program' });
  const file = (id: string, name: string): string => readFileSync(`src/lessons/course/${id}/${name}.py`, 'utf8');
  await openLesson(weft, 'deadlock');
  await panel.getByRole('button', { name: 'Open the program' }).click();
  await expect(panel.getByText(/a search tries others, up to 200/)).toBeVisible();

  await weft.write(file('deadlock', 'nearly'));
  await check.click();
  await expect(panel.getByText(/a search has found that it fails under schedule \d+\. This is the run.* It takes one preemption: writer at main\.py/)).toBeVisible();
  await expect(panel.getByText('There is a schedule that still ends in a deadlock: here it is.')).toBeVisible();
  await expect(page.getByText(/writer .* waits for paper/).first()).toBeVisible();

  // Under every schedule so long that Stop comes in its midst.
  await weft.write(file('deadlock', 'solution').replace('def write():', 'for _ in range(300_000):\n    pass\n\n\ndef write():'));
  await check.click();
  await panel.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(check).toBeEnabled();
  await expect(panel.getByText(/^(Solved|Not yet)/)).toHaveCount(0);

  await openLesson(weft, 'philosophers');
  await panel.getByRole('button', { name: 'Open the program' }).click();
  await weft.write(file('philosophers', 'solution'));
  await check.click();
  await expect(panel.getByText(/^Solved: schedule \d+ does it\. This is the run/)).toBeVisible();
  await expect(page.getByText(/guest-\d .* waits for/).first()).toBeVisible();
});

test('on the smallest phone a lesson is gone through in Chinese', async ({ weft }) => {
  test.slow();
  const { page } = weft;
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  await openLesson(weft, 'deadlock');
  const panel = page.getByRole('region', { name: '课程', exact: true });
  await expect(panel.getByRole('heading', { name: '死锁' })).toBeVisible();
  await expectAccessible(weft);
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing sticks out').toBeLessThanOrEqual(360);
  await panel.getByText('writer 对纸的等待').click();
  await panel.getByRole('button', { name: '作答并运行' }).click();
  await expect(panel.getByText('答对了。')).toBeVisible();
  await panel.getByRole('button', { name: '看一看' }).click();
  await expect(page.getByRole('tab', { name: '时间线' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: '课程' }).click();
  await panel.getByRole('button', { name: '关闭课程' }).click();
  await expect(page.getByRole('tab', { name: '课程' })).toHaveCount(0);
});

test('an unknown lesson says so, and the page stays usable', async ({ weft }) => {
  await openLesson(weft, 'no-such-lesson');
  await expect(weft.page.getByRole('alert')).toHaveText('There is no lesson of this name.');
  await weft.page.getByRole('button', { name: 'Close the lesson' }).click();
  await expect(weft.editor).toBeVisible();
});
