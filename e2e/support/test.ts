import { expect, test as base } from '@playwright/test';
import { RunnerPage } from './runner-page';

/** Workers that stay when nothing runs: the recorder, and those kept ready for the next process. */
const IDLE_WORKERS = 3;

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
  await expect.poll(() => page.workers().length, { message: 'workers left over' }).toBeLessThanOrEqual(IDLE_WORKERS);
}
