import { expect, test as base } from '@playwright/test';
import { RunnerPage } from './runner-page';

/** The recorder, two of JavaScript and six of Python: a served worker of Python is kept, for it takes long to make. */
const MOST_IDLE = 9;

/** Tests of the machine: a page without a face, which must be left as it was found. */
export const test = base.extend<{ runner: RunnerPage }>({
  runner: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const runner = await RunnerPage.open(page);
    await use(runner);
    expect(errors, 'errors that nobody caught in the page').toEqual([]);
    await expectOnlyIdleWorkers(runner);
  },
});

export { expect };

/** No worker is left over from a run. */
export async function expectOnlyIdleWorkers({ page }: RunnerPage): Promise<void> {
  const leftOver = async (): Promise<number> => {
    const idle = await page.evaluate(() => window.weft.machine.idleWorkers);
    expect(idle, 'workers kept ready').toBeLessThanOrEqual(MOST_IDLE);
    return page.workers().length - idle;
  };
  await expect.poll(leftOver, { message: 'workers left over' }).toBe(0);
}
