import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { WeftPage } from './weft-page';

type Use = (weft: WeftPage) => Promise<void>;

/** A page that `open` has opened; no error may have gone unseen at the end. */
async function usePage(page: Page, open: (weft: WeftPage) => Promise<void>, use: Use): Promise<void> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const weft = new WeftPage(page);
  await open(weft);
  await use(weft);
  expect(errors, 'errors in the page').toEqual([]);
}

/** Tests of the page, opened with a program of the test's own or, `visited`, as who has never been there finds it. */
export const test = base.extend<{ weft: WeftPage; visited: WeftPage }>({
  weft: ({ page }, use) => usePage(page, (weft) => weft.open(), use),
  visited: ({ page }, use) => usePage(page, (weft) => weft.visit(), use),
});

export { expect };

/** Nothing on the page breaks a rule of accessibility that a machine can check. */
export async function expectAccessible({ page }: WeftPage): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const said = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join('; ')}`,
  );
  expect(said).toEqual([]);
}
