import { readFileSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '../../src/protocol/program';
import { encodeLink } from '../../src/state/link/link-codec';
import { expect, test } from '../support/app-test';
import { WeftPage } from '../support/weft-page';

const THREADS = `import { Lock, Thread, heap, print, withLock } from 'weft';
const lock = new Lock();
function add(name) {
  for (let i = 0; i < 4; i++) {
    withLock(lock, () => {
      heap.n += 1;
    });
  }
  print(name, heap.n);
}
export function main() {
  heap.n = 0;
  const threads = ['a', 'b', 'c'].map((name) => new Thread(add, [name], { name }));
  threads.forEach((thread) => thread.start());
  threads.forEach((thread) => thread.join());
}
`;

const PYTHON = `from multiprocessing import Process, Queue
import threading

def take(q):
    while (item := q.get()) is not None:
        print('took', item)

if __name__ == '__main__':
    q = Queue(2)
    taker = Process(target=take, args=(q,), name='taker')
    taker.start()
    for i in range(5):
        q.put(i)
    helper = threading.Thread(target=q.put, args=(None,), name='helper')
    helper.start()
    helper.join()
    taker.join()
    print('done')
`;

function partsOf({ page }: WeftPage) {
  const bar = page.getByRole('toolbar', { name: 'Steps of the run' });
  const button = (name: string) => bar.getByRole('button', { name, exact: true });
  return {
    where: bar.getByRole('status'), standing: bar.locator('[aria-busy=false]'), choices: bar.getByRole('group', { name: 'Who goes next' }).getByRole('button'),
    goOn: button('Go on'), back: button('Step back'), step: button('Step'), toSwitch: button('Next switch'),
  };
}

/** The step at which the run stands, once it stands at another than `before`. */
async function stepAt(weft: WeftPage, before = -1): Promise<number> {
  const { where } = partsOf(weft);
  let step = before;
  await expect.poll(async () => {
    const [said] = await where.allTextContents();
    return (step = Number(/step (\d+)/.exec(said ?? '')?.[1] ?? before));
  }).not.toBe(before);
  return step;
}

async function savedTrace({ page }: WeftPage): Promise<string> {
  await page.getByRole('button', { name: 'Save' }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'), page.getByRole('menuitem', { name: /^The trace/ }).click(),
  ]);
  return readFileSync(await saved.path(), 'utf8');
}

/** A click in the gutter, at a line. */
async function toggleBreakpoint({ page }: WeftPage, line: number): Promise<void> {
  const [gutter, number] = [
    await page.locator('.cm-breakpoint-gutter').boundingBox(),
    await page.locator('.cm-lineNumbers .cm-gutterElement').filter({ hasText: new RegExp(`^${line}$`) }).boundingBox(),
  ];
  if (gutter === null || number === null) throw new Error('the editor is not shown');
  await page.mouse.click(gutter.x + gutter.width / 2, number.y + number.height / 2);
}

async function chooseManual({ page }: WeftPage): Promise<void> {
  await page.getByRole('button', { name: /^Virtual, \d CPU/ }).click();
  const panel = page.getByRole('dialog', { name: 'Clock of the run' });
  await panel.getByRole('combobox', { name: 'Virtual CPUs' }).selectOption('1');
  await panel.getByRole('combobox', { name: 'Who goes next' }).selectOption('You');
  await page.keyboard.press('Escape');
}

const STEPPED = [
  { language: 'javascript', file: 'main.js', program: THREADS, ahead: 45 },
  { language: 'python', file: 'main.py', program: PYTHON, ahead: 35 },
] as const;
for (const { language, file, program, ahead } of STEPPED) {
  test(`${language}: a run stepped on, back 30 times and on again ends with the trace of the unbroken run`, async ({ weft }) => {
    await weft.open(encodeLink({
      program: { language, entry: file, files: [{ name: file, text: program }] },
      settings: DEFAULT_SETTINGS,
    }));
    await weft.runToEnd();
    const whole = await savedTrace(weft);
    const { goOn, back, step } = partsOf(weft);
    await step.click();
    const steps = [await stepAt(weft)];
    for (let i = 1; i < ahead; i++) {
      await weft.page.keyboard.press('F10');
      steps.push(await stepAt(weft, steps.at(-1)));
    }
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    const returned: number[] = [];
    for (let i = 0; i < 30; i++) {
      await back.click();
      returned.push(await stepAt(weft, returned.at(-1) ?? steps.at(-1)));
    }
    expect(returned).toEqual(steps.toReversed().slice(1, 31));
    await step.click();
    expect(await stepAt(weft, returned.at(-1))).toBe(steps[steps.length - 30]);
    await goOn.click();
    await expect(weft.status).toHaveText(/^Finished after/);
    expect((await savedTrace(weft)) === whole).toBe(true);
  });
}

/** The events of a saved trace, each without its time, and without the number of steps at the end. */
function withoutTimes(trace: string): string[] {
  return trace.split('\n').filter((line) => /^\[\d+,/.test(line)).map((line) => line.replace(/^\[\d+,/, '').replace(/("run-end".*),\d+\]/, '$1]'));
}

const LINES = `import threading
total = 0

def work(n):
    global total
    squares = []
    for i in range(n):
        squares.append(i * i)
        total += i
    print(squares)

if __name__ == '__main__':
    helper = threading.Thread(target=work, args=(5,), name='helper')
    helper.start()
    helper.join()
    work(3)
`;
test('a breakpoint in a loop stops each turn, Memory shows what variables are there, and the run is the same', async ({ weft }) => {
  await weft.open(encodeLink({
    program: { language: 'python', entry: 'main.py', files: [{ name: 'main.py', text: LINES }] }, settings: DEFAULT_SETTINGS,
  }));
  await weft.runToEnd();
  const whole = await savedTrace(weft);
  await toggleBreakpoint(weft, 9);
  await weft.run.click();
  const { where, goOn, back, step } = partsOf(weft);
  await expect(where).toContainText('At a breakpoint');
  await weft.page.getByRole('tab', { name: 'Memory' }).click();
  const memory = weft.page.getByRole('tabpanel', { name: 'Memory' });
  const seen = (): Promise<string[]> => memory.locator('[data-variable="total"], [data-local]').evaluateAll((rows) => (
    rows.map((row) => row.textContent ?? '')
  ));
  const turns = [[0, '[0]', 0], [1, '[0, 1]', 0], [2, '[0, 1, 4]', 1], [3, '[0, 1, 4, 9]', 3], [4, '[0, 1, 4, 9, ...]', 6]] as const;
  const expectTurn = ([i, squares, total]: readonly [number, string, number], n: number): Promise<void> => (
    expect.poll(seen).toEqual([`total${total}`, `n${n}`, `squares${squares}`, `i${i}`])
  );
  for (const turn of turns) {
    await expectTurn(turn, 5);
    await goOn.click();
  }
  // The main thread does the same.
  for (const turn of [[0, '[0]', 10], [1, '[0, 1]', 10], [2, '[0, 1, 4]', 11]] as const) {
    await expectTurn(turn, 3);
    await goOn.click();
  }
  await expect(weft.status).toHaveText(/^Finished after/);
  expect(withoutTimes(await savedTrace(weft))).toEqual(withoutTimes(whole));
  // Steps are turns of the loop: back to the end of the one before the last, and on again.
  await weft.run.click();
  await expectTurn(turns[0], 5);
  // Taken away, passed by and set again it stops as before.
  await toggleBreakpoint(weft, 9);
  for (let i = 0, at = await stepAt(weft); i < 2; i++, at = await stepAt(weft, at)) await step.click();
  await toggleBreakpoint(weft, 9);
  for (const turn of turns.slice(2)) {
    await goOn.click();
    await expectTurn(turn, 5);
  }
  await back.click();
  await expectTurn([2, '[0, 1, 4]', 3], 5);
  for (const turn of turns.slice(3)) {
    await goOn.click();
    await expectTurn(turn, 5);
  }
});

test('the reader is the scheduler, and the choices go with the link', async ({ weft, context }) => {
  await weft.write(THREADS);
  await chooseManual(weft);
  await weft.run.click();
  const { where, choices, standing, back } = partsOf(weft);
  await expect(where).toContainText('Who goes next?');
  await expect(choices).toHaveText([/main.*threads\.forEach/, /a/]);
  const begin = await stepAt(weft);
  await choices.first().click();
  const second = await stepAt(weft, begin);
  const asked = await choices.allTextContents();
  await choices.last().click();
  expect(await stepAt(weft, second)).toBeGreaterThan(second);
  await back.click();
  await expect.poll(() => stepAt(weft)).toBe(second);
  await expect(choices).toHaveText(asked);
  // Whenever there is a choice the last one goes.
  for (let asked = 0; asked < 200; asked++) {
    await expect(standing.or(weft.status.filter({ hasText: /^Finished/ })).first()).toBeVisible();
    if ((await weft.status.textContent())?.startsWith('Finished') === true) break;
    const before = await where.textContent();
    await choices.last().click();
    await expect.poll(async () => (await where.allTextContents())[0]).not.toBe(before);
  }
  await expect(weft.status).toHaveText(/^Finished after/);
  const lines = await weft.lines();
  const trace = (await savedTrace(weft)).replace('"policy":"manual"', '"policy":"replay"');

  const address = await weft.share();
  expect(address.length).toBeLessThan(2000);
  const opened = new WeftPage(await context.newPage());
  await opened.page.goto(address);
  await opened.runToEnd();
  await expect.poll(() => opened.lines()).toEqual(lines);
  expect((await savedTrace(opened)) === trace).toBe(true);
});

test('a choice made otherwise makes another run, and the first is kept beside it', async ({ weft }) => {
  await weft.write(THREADS);
  await weft.page.getByRole('button', { name: /^Virtual, \d CPU/ }).click();
  await weft.page.getByRole('dialog', { name: 'Clock of the run' }).getByRole('combobox', { name: 'Virtual CPUs' }).selectOption('1');
  await weft.page.keyboard.press('Escape');
  const { back, choices, step, toSwitch, where } = partsOf(weft);
  await step.click();
  for (let before = await stepAt(weft); (await choices.count()) < 2; before = await stepAt(weft, before)) await toSwitch.click();
  // Where the reader looks back to, the choice is made there.
  const there = await stepAt(weft);
  await step.click();
  const further = await stepAt(weft, there);
  await back.click();
  const first = await stepAt(weft, further);
  expect(first).toBe(there);
  const [, other] = await choices.allTextContents();
  await weft.page.keyboard.press('2');
  await stepAt(weft, first);
  await expect(choices.and(weft.page.locator('[aria-current]'))).toHaveText(new RegExp(/[a-z]+/.exec(other)![0]));
  await expect(where).toBeVisible();
  await weft.stop.click();
  await expect(weft.status).toHaveText(/^Stopped after/);
  await expect(where).toHaveCount(0);
});

async function addStop({ page }: WeftPage, what: string, object: string): Promise<void> {
  await page.getByRole('toolbar', { name: 'Steps of the run' }).getByRole('button', { name: /breakpoint/i }).click();
  const panel = page.getByRole('dialog', { name: 'Breakpoints' });
  await panel.getByRole('combobox', { name: 'Stop when' }).selectOption(what);
  await panel.getByRole('combobox', { name: 'Object' }).fill(object);
  await panel.getByRole('button', { name: 'Add' }).click();
  await expect(panel.getByRole('listitem').filter({ hasText: object })).toBeVisible();
  await page.keyboard.press('Escape');
}

const AT_EVENTS = [
  { file: 'main.js', language: 'javascript', program: THREADS, what: 'A lock or semaphore is acquired', object: 'lock', says: / acquired lock/ },
  { file: 'main.py', language: 'python', program: PYTHON, what: 'A queue is full, and a task waits', object: 'q', says: /main waits for q, which is full/ },
] as const;
for (const { file, language, program, what, object, says } of AT_EVENTS) {
  test(`${language}: breakpoints on events stop the run, go with the link, and leave the trace as it is`, async ({ weft, context }) => {
    await weft.open(encodeLink({
      program: { language, entry: file, files: [{ name: file, text: program }] },
      settings: { ...DEFAULT_SETTINGS, quantum: 0.01 },
    }));
    await weft.runToEnd();
    const whole = await savedTrace(weft);
    await addStop(weft, what, object);
    const address = await weft.share();
    const opened = new WeftPage(await context.newPage());
    await opened.page.goto(address);
    const { where, goOn } = partsOf(opened);
    await opened.run.click();
    await expect(where).toContainText(says);
    const first = await stepAt(opened);
    // On by the list that is empty again.
    await opened.page.getByRole('button', { name: '1 breakpoint' }).click();
    await opened.page.getByRole('dialog', { name: 'Breakpoints' }).getByRole('button', { name: /^Remove/ }).click();
    await opened.page.keyboard.press('Escape');
    await goOn.click();
    await expect(opened.status).toHaveText(/^Finished after/);
    expect((await savedTrace(opened)) === whole).toBe(true);
    // Again with all its stops: there are more than one, and the run is still the same.
    await addStop(opened, what, object);
    await opened.run.click();
    expect(await stepAt(opened)).toBe(first);
    for (let at = first; !(await opened.status.textContent())?.startsWith('Finished');) {
      await goOn.click();
      await expect(async () => {
        const [said] = await where.allTextContents();
        const ended = (await opened.status.textContent())?.startsWith('Finished') ?? false;
        const step = Number(/step (\d+)/.exec(said ?? '')?.[1] ?? at);
        expect(ended || step !== at).toBe(true);
        at = step;
      }).toPass();
    }
    expect((await savedTrace(opened)) === whole).toBe(true);
  });
}

test('a breakpoint stops a task at its line, and Stop ends a run that asks', async ({ weft }) => {
  await weft.write(THREADS);
  const { where, goOn } = partsOf(weft);
  await toggleBreakpoint(weft, 4);
  await weft.run.click();
  await expect(where).toContainText('At a breakpoint');
  await expect.poll(() => weft.markedLines()).toContain(4);
  await goOn.click();
  await expect(where).toContainText('At a breakpoint');
  await weft.page.keyboard.press('Escape');
  await expect(weft.status).toHaveText(/^Stopped after/);
  await chooseManual(weft);
  await toggleBreakpoint(weft, 4);
  await weft.run.click();
  await expect(where).toContainText('Who goes next?');
  await weft.stop.click();
  await expect(weft.status).toHaveText(/^Stopped after/);
});
