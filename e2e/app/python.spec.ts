import { expect, test } from '../support/app-test';
import { WeftPage } from '../support/weft-page';

/** Python on the page: one visit, for the interpreter takes seconds to come. */
test('a program in Python: input, tracebacks, how processes start, and Stop', async ({ weft, context }) => {
  const { page } = weft;
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('menu').getByRole('menuitemradio', { name: 'Python', exact: true }).click();
  await page.getByRole('menu').getByRole('menuitemradio', { name: /^Reading input/ }).click();

  await test.step('the parent\'s input() waits for a line, a child has none to read', async () => {
    await weft.write(`from multiprocessing import Process

def child():
    try:
        input()
    except EOFError as error:
        print('child:', error)

if __name__ == '__main__':
    p = Process(target=child)
    p.start()
    p.join()
    print('Hello, ' + input('Name? '))
`);
    await weft.run.click();
    const field = page.getByLabel('The program waits for a line of input');
    await expect(field).toBeFocused();
    await expect(weft.output).toContainText('child: EOF when reading a line');
    await field.fill('Ada');
    await field.press('Enter');
    await expect(weft.status).toHaveText(/^Finished after/);
    await expect(weft.rows.last().locator('[data-part="text"]')).toHaveText('Name? Hello, Ada');
  });

  await test.step('a traceback has the program\'s frames, and all of them a click away', async () => {
    await weft.write(`from multiprocessing import Process

def fail():
    return 1 / 0

if __name__ == '__main__':
    p = Process(target=fail)
    p.start()
    p.join()
`);
    await weft.runToEnd();
    const row = weft.rows.filter({ hasText: 'ZeroDivisionError' });
    await expect(row).toContainText('line 4, in fail');
    await expect(row).not.toContainText('multiprocessing/process.py');
    await row.getByRole('button', { name: /frames of the library/ }).click();
    await expect(row).toContainText('multiprocessing/process.py');
  });

  const METHOD = `import multiprocessing, threading

def child(lock):
    print(lock is None)

if __name__ == '__main__':
    print(multiprocessing.get_start_method())
    try:
        p = multiprocessing.Process(target=child, args=(threading.Lock(),))
        p.start()
        p.join()
    except TypeError as error:
        print(error)
`;
  await test.step('another start method is chosen, and goes with the link', async () => {
    await weft.write(METHOD);
    await weft.runToEnd();
    await expect.poll(() => weft.lines()).toEqual(['fork', 'False']);
    await page.getByRole('button', { name: /^(Real time|Virtual, )/ }).click();
    await page.getByRole('combobox', { name: 'Start of processes' }).selectOption('spawn');
    await page.keyboard.press('Escape');
    await weft.runToEnd();
    await expect.poll(() => weft.lines()).toEqual(['spawn', "cannot pickle '_thread.lock' object"]);
    const opened = new WeftPage(await context.newPage());
    await opened.page.goto(await weft.share());
    await opened.page.getByRole('button', { name: /^(Real time|Virtual, )/ }).click();
    await expect(opened.page.getByRole('combobox', { name: 'Start of processes' })).toHaveValue('spawn');
    await opened.page.close();
  });

  await test.step('Stop ends a loop that never looks up', async () => {
    await weft.write('print("busy")\nwhile True:\n    pass\n');
    await weft.run.click();
    await expect(weft.output).toContainText('busy');
    await weft.stop.click();
    await expect(weft.status).toHaveText(/^Stopped after/);
  });
});
