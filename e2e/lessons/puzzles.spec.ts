import { expect, expectAccessible, test } from '../support/app-test';
import { PUZZLES, puzzleEntryOf } from '../../src/lessons/puzzles/catalogue';
import { SOLUTIONS } from '../../src/lessons/puzzles/solutions';
import type { WeftPage } from '../support/weft-page';

/** The first run of a visit waits for Python to come. */

function partsOf({ page }: WeftPage, label = 'Puzzle') {
  const panel = page.getByRole('region', { name: label, exact: true });
  const asked = panel.locator('ol[aria-busy=false]');
  return { panel, asked, goesOn: asked.locator('button[data-kind=goesOn]'), task: (name: string) => asked.locator('button', { has: page.locator('b', { hasText: new RegExp(`^${name}$`) }) }) };
}

async function openPuzzle({ page }: WeftPage, id: string): Promise<void> {
  await page.evaluate((fragment) => {
    location.hash = fragment;
  }, `#puzzle=${id}`);
}

/** Answers the questions by clicks, up to the last move; each question has another step than the one before. */
async function makeMoves(weft: WeftPage, id: string): Promise<void> {
  const { panel, asked, goesOn, task } = partsOf(weft);
  const where = weft.page.getByRole('toolbar', { name: 'Steps of the run' }).getByRole('status');
  let before = '';
  for (const { at: [name, line], time = 1, goes } of SOLUTIONS[id]) {
    let seen = 0;
    for (let questions = 0; questions < 80; questions++) {
      await expect(asked).toBeVisible();
      await expect(where).not.toHaveText(before);
      before = (await where.textContent()) ?? '';
      const [who, code] = [await goesOn.locator('b').textContent(), await goesOn.locator('[data-here]').textContent()];
      if (who === name && code?.includes(line) && ++seen === time) break;
      await goesOn.click();
    }
    expect(seen, `${id}: ${name} comes to "${line}"`).toBe(time);
    await task(goes).click();
  }
  await expect(asked.or(panel.getByText(/^Solved/)).first()).toBeVisible();
  await expect(where.or(panel.getByText(/^Solved/)).first()).not.toHaveText(before);
}

test('every puzzle is solved by its known solution in as few choices as it says, and not by itself', async ({ weft }) => {
  for (const { id, par, title } of PUZZLES) {
    await openPuzzle(weft, id);
    const { panel, asked } = partsOf(weft);
    await expect(panel.getByRole('heading', { level: 2, name: title.en })).toBeVisible();
    await panel.getByRole('button', { name: 'Begin', exact: true }).click();
    await expect(asked, id).toBeVisible();
    await panel.getByRole('button', { name: 'Let it run on' }).click();
    await expect(panel.getByText('Not this time.'), id).toBeVisible();
    await panel.getByRole('button', { name: 'Begin again' }).click();
    await expect(panel.getByText('0 choices so far')).toBeVisible();
    await makeMoves(weft, id);
    const letGo = panel.getByRole('button', { name: 'Let it run on' });
    const solved = panel.getByText(par === 1 ? 'Solved, in one choice. It cannot be done in fewer.' : `Solved, in ${par} choices. It cannot be done in fewer.`);
    if (await letGo.isVisible() && await letGo.isEnabled()) await letGo.click();
    await expect(solved, id).toBeVisible();
  }
  await weft.page.getByRole('button', { name: 'All puzzles' }).click();
  await expect(weft.page.getByText(`${PUZZLES.length} of ${PUZZLES.length} solved`)).toBeVisible();
});

test('a puzzle by keyboard: from the list, a wrong schedule, undo, hints, and the goal in more choices than need be', async ({ weft }) => {
  test.slow();
  const { page } = weft;
  await page.getByRole('button', { name: 'Puzzles' }).click();
  await expect(page.getByRole('heading', { name: 'Be the scheduler' })).toBeVisible();
  await expectAccessible(weft);
  const tile = page.getByRole('button', { name: /^One visitor too few/ });
  await tile.focus();
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).hash).toBe('#puzzle=lost-update');
  const { panel, asked, goesOn, task } = partsOf(weft);
  /** Lets whoever goes on by itself (the digit `key`) come to the second line of its function. */
  const goOnTo = async (key: string): Promise<void> => {
    for (let questions = 0; questions < 6; questions++) {
      const standing = (await goesOn.locator('[data-here]').textContent()) ?? '';
      if (standing.includes('visitors = seen + 1')) break;
      await page.keyboard.press(key);
      await expect(goesOn.locator('[data-here]')).not.toHaveText(standing);
    }
    await expect(goesOn.locator('[data-here]')).toContainText('visitors = seen + 1');
  };
  await expect(weft.stop).toBeDisabled();
  await panel.getByRole('button', { name: 'Begin', exact: true }).press('Enter');
  await expect(asked).toBeVisible();
  await expectAccessible(weft);
  await expect(goesOn.locator('b')).toHaveText('Ann');
  // Ben begins: he counts, and then Ann, who has not looked yet.
  await page.keyboard.press('2');
  await expect(panel.getByText('One choice so far')).toBeVisible();
  await expect(panel.getByText(/Line \d+: Ben instead of Ann/)).toBeVisible();
  await panel.getByRole('button', { name: 'Let it run on' }).press('Enter');
  await expect(panel.getByText('Both visitors were counted.')).toBeVisible();
  await expectAccessible(weft);
  await panel.getByRole('button', { name: 'A hint (1 of 2)' }).press('Enter');
  await panel.getByRole('button', { name: 'A hint (2 of 2)' }).press('Enter');
  await expect(panel.getByText('Let Ann read the counter.')).toBeVisible();
  // Undo goes back into the run that has ended: the last choice is asked for once more.
  await panel.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(asked).toBeVisible();
  await expect(panel.getByText('One choice so far')).toBeVisible();
  await page.keyboard.press('Shift+F10');
  await expect(panel.getByText('0 choices so far')).toBeVisible();
  await expect(asked).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Undo' })).toBeDisabled();
  await goOnTo('1');
  await page.keyboard.press('2');
  await expect(goesOn.locator('b')).toHaveText('Ben');
  await goOnTo('2');
  await expect(task('Ann').locator('[data-here]')).toContainText('visitors = seen + 1');
  await page.keyboard.press('1');
  await expect(panel.getByText('Solved, in 2 choices. It can be done in one. Can you?')).toBeVisible();
  await panel.getByRole('button', { name: 'All puzzles' }).press('Enter');
  await page.reload();
  await expect(page.getByRole('button', { name: /^One visitor too few.*solved in 2 choices/ })).toBeVisible();
});

test('on the smallest phone a puzzle is played in Chinese, from its link', async ({ weft }) => {
  test.slow();
  const { page } = weft;
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('menuitem', { name: '谜题' }).click();
  await expect(page.getByRole('heading', { name: '由你来调度' })).toBeVisible();
  await expectAccessible(weft);
  await openPuzzle(weft, 'two-locks');
  const { panel, asked, goesOn, task } = partsOf(weft, '谜题');
  await expect(panel.getByRole('heading', { name: puzzleEntryOf('two-locks')!.title.zh })).toBeVisible();
  await panel.getByRole('button', { name: '开始', exact: true }).click();
  await expect(asked).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing sticks out').toBeLessThanOrEqual(360);
  await expectAccessible(weft);
  while (!(await goesOn.locator('[data-here]').textContent())?.includes('with paper')) {
    const standing = await goesOn.locator('[data-here]').textContent();
    await goesOn.click();
    await expect(goesOn.locator('[data-here]')).not.toHaveText(standing ?? '');
  }
  await task('Ben').click();
  await expect(goesOn.locator('b')).toHaveText('Ben');
  await panel.getByRole('button', { name: '让它自己走完' }).click();
  await expect(panel.getByText('解出了，用了 1 次选择。')).toBeVisible();
  await panel.getByRole('button', { name: '关闭谜题' }).click();
  await expect(page.getByRole('tab', { name: '谜题' })).toHaveCount(0);
});

test('an unknown puzzle says so, and the page stays usable', async ({ weft }) => {
  await openPuzzle(weft, 'no-such-puzzle');
  await expect(weft.page.getByRole('alert')).toHaveText('There is no puzzle of this name.');
  await weft.page.getByRole('button', { name: 'Close the puzzle' }).click();
  await expect(weft.editor).toBeVisible();
});
