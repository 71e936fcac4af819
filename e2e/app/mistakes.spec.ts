import { expect, test } from '../support/app-test';
import { WeftPage } from '../support/weft-page';

const GOOD = `import { print } from 'weft';
export function main() {
  print('it runs');
}
`;

test('a syntax error is shown at its line, keeps the last run, and goes away with the next edit', async ({
  weft,
}) => {
  await weft.write(GOOD);
  await weft.runToEnd();
  await weft.write('export function main() {\n  const = 3;\n}\n');
  await weft.run.click();
  await expect(weft.problems).toContainText('One mistake keeps the program from running');
  await expect(weft.problems).toContainText('Line 2');
  await expect(weft.page.locator('.cm-lintRange-error')).toHaveCount(1);
  await expect.poll(() => weft.lines()).toEqual(['it runs']);
  await weft.problems.getByRole('button').click();
  await expect(weft.page.locator('.cm-activeLine')).toHaveText('  const = 3;');
  await weft.write(GOOD);
  await expect(weft.problems).toBeHidden();
  await weft.runToEnd();
});

test('an import of what is not there is said before anything runs', async ({ weft }) => {
  await weft.write(`import { Kueue } from 'weft';
export function main() {}
`);
  await weft.run.click();
  await expect(weft.problems).toContainText('Line 1');
  await expect(weft.problems).toContainText('Kueue');
  await expect(weft.status).toHaveText('');
});

test('an uncaught error is error output with its own line, and status 1', async ({ weft }) => {
  await weft.write(`import { print } from 'weft';
export function main() {
  print('so far');
  throw new Error('no further');
}
`);
  await weft.runToEnd(/^Ended with status 1 after/);
  const last = weft.rows.last();
  await expect(last).toContainText('no further');
  await expect(last).toContainText('main.js:4');
  await expect(last.getByText('error output')).toBeAttached();
  await expect(weft.rows.first()).toContainText('so far');
});

test('a deadlock ends the run, with the reason and where each task waits', async ({ weft }) => {
  await weft.chooseExample('Deadlock');
  await weft.runToEnd(/^Stopped after .*: no task could go on$/);
  const findings = weft.page.getByRole('region', { name: 'findings' });
  await expect(findings.getByRole('button', { name: /deadlock: Plato .* waits for right since .*; Zeno has it/ })).toBeVisible();
  await expect(findings.getByRole('button', { name: /deadlock: Zeno .* waits for left since .*; Plato has it/ })).toBeVisible();
});

test('a deadlock in real time can be looked at while it lasts, and stopped', async ({ weft }) => {
  await weft.chooseExample('Deadlock');
  await weft.chooseRealTime();
  await weft.run.click();
  await expect(weft.rows).toHaveCount(2);
  const timeline = weft.page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByText('Zeno', { exact: true }).first()).toBeVisible();
  await weft.stop.click();
  await expect(weft.status).toHaveText(/^Stopped after/);
});

test('where a part of the page breaks, the rest works on and the trace can be saved', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => {
      throw new Error('no canvas today');
    };
  });
  const weft = new WeftPage(page);
  await weft.open();
  await weft.write(GOOD);
  await weft.runToEnd();
  const report = page.getByRole('alert').filter({ hasText: 'Something in this page broke' });
  await expect(report).toBeVisible();
  const download = page.waitForEvent('download');
  await report.getByRole('button', { name: 'The trace' }).click();
  expect((await download).suggestedFilename()).toBe('run.trace.json');
  await expect.poll(() => weft.lines()).toEqual(['it runs']);
});

test('where the recorder dies the run ends in a sentence, what it had written stays, and the next one runs', async ({ page }) => {
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options);
        if (options?.name !== 'weft recorder') return;
        addEventListener('recorder dies', () => {
          this.terminate();
          this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }));
        }, { once: true });
      }
    };
  });
  const weft = new WeftPage(page);
  await weft.open();
  await weft.write(`import { Queue, print } from 'weft';
export function main() {
  print('so far');
  new Queue(1).get();
}
`);
  await weft.chooseRealTime();
  await weft.run.click();
  await expect(weft.rows).toHaveCount(1);
  await page.evaluate(() => dispatchEvent(new Event('recorder dies')));
  await expect(weft.status).toHaveText(/^The machine stopped after .*: the recorder died: Error: out of memory$/);
  await expect.poll(() => weft.lines()).toEqual(['so far']);
  await weft.write(GOOD);
  await weft.runToEnd();
  await expect.poll(() => weft.lines()).toEqual(['it runs']);
});
