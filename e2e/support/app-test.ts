import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import { WeftPage } from './weft-page';

/** Tests of the page: it is opened, and no error may have gone unseen at the end. */
export const test = base.extend<{ weft: WeftPage }>({
  weft: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    const weft = new WeftPage(page);
    await weft.open();
    await use(weft);
    expect(errors, 'errors in the page').toEqual([]);
  },
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
