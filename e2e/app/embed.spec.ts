import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Frame, type Page } from '@playwright/test';
import { appHeaders } from '../../scripts/headers.mjs';
import { startServer } from '../../scripts/serve.mjs';

/** The worked examples that people copy. */
const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const examples = fileURLToPath(new URL('../../docs/embeds', import.meta.url));
const recorded = fileURLToPath(new URL('../fixtures/producer-consumer.trace.json', import.meta.url));

interface Course {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves a course on an origin of its own: the worked examples, with the app's address in the place of theirs, and `page.html`
 * with nothing in it but `html`. All from a server: a browser keeps pages that a test makes up from asking a local one.
 */
async function openCourse(app: string, html = '', headers: Record<string, string> = {}): Promise<Course> {
  const root = test.info().outputPath(`course-${Object.keys(headers).length}`);
  mkdirSync(root, { recursive: true });
  for (const name of readdirSync(examples).filter((each) => each.endsWith('.html'))) {
    writeFileSync(join(root, name), readFileSync(join(examples, name), 'utf8').replaceAll('https://weft.example/', app));
  }
  writeFileSync(join(root, 'page.html'), `<!doctype html>${html}`);
  copyFileSync(recorded, join(root, 'producer-consumer.trace.json'));
  return startServer({ root, headers });
}

/** The nth embed of a page, once it is there. */
async function embedOf(page: Page, nth = 0): Promise<Frame> {
  const handle = await page.locator('weft-run').nth(nth).locator('iframe').elementHandle();
  const frame = await handle?.contentFrame();
  if (frame === null || frame === undefined) throw new Error(`missing frame of embed ${nth}`);
  return frame;
}

/** From now on what an embed of the page says when its program has ended is kept; the answer waits for it. */
async function awaitEnd(page: Page): Promise<() => Promise<unknown>> {
  const ended = await page.evaluateHandle(() => ({
    detail: new Promise((resolve) => {
      document.addEventListener('weft-finished', (event) => resolve((event as CustomEvent).detail));
    }),
  }));
  return () => ended.evaluate(({ detail }) => detail);
}

const one = '<weft-run language="javascript" name="hello.js"><pre>\nimport { print } from \'weft\';\nexport function main() {\n  print(\'hello\', 6 * 7);\n}\n</pre></weft-run>';

test('a plain page of a course shows a recorded run, and runs a program when its reader presses Run', async ({ page, baseURL }) => {
  const course = await openCourse(baseURL!);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${course.url}plain.html`);
  const first = await embedOf(page);
  await expect(first.getByText('recorded run')).toBeVisible();
  await expect(first.getByRole('slider', { name: 'Timeline of the recorded run' })).toBeVisible();
  await expect(first.getByRole('log')).toContainText('both are done');
  const second = await embedOf(page, 1);
  await expect(second.getByText('Press Run to see')).toBeVisible();
  await expect(second.getByRole('region', { name: 'Program' })).toContainText('from multiprocessing import Process, Queue');
  // Nothing of the page, of the machine or of Python has been asked for.
  expect(asked.filter((url) => /live-embed|page-|worker|python/.test(url))).toEqual([]);

  const finished = await awaitEnd(page);
  await second.getByRole('button', { name: 'Run', exact: true }).click();
  const detail = (await finished()) as { status: number; output: string };
  expect(detail.status).toBe(0);
  expect(detail.output.split('\n').filter((line) => line !== '').sort()).toEqual([
    ...[0, 1, 2, 3, 4].map((item) => `made ${item}`), ...[0, 1, 2, 3, 4].map((item) => `used ${item}`),
  ]);
  await course.close();
});

test('where nothing isolates the embed, Python runs in one worker, and the embed says so; JavaScript is not offered', async ({ page }) => {
  const app = await startServer({ root: dist, headers: {} });
  const text = 'from multiprocessing import Process\ndef work(n): print("child", n)\nif __name__ == "__main__":\n    ps = [Process(target=work, args=(n,)) for n in range(2)]\n    for p in ps: p.start()\n    for p in ps: p.join()\n';
  const course = await openCourse(app.url, `<script src="${app.url}weft-run.js"></script><weft-run><pre>\n${text}</pre></weft-run>${one}`);
  await page.goto(`${course.url}page.html`);
  const frame = await embedOf(page);
  const finished = await awaitEnd(page);
  await frame.getByRole('button', { name: 'Run', exact: true }).click();
  expect(await finished()).toMatchObject({ status: 0, output: 'child 0\nchild 1\n' });
  await expect(frame.getByText('One worker', { exact: true })).toBeVisible();
  const other = await embedOf(page, 1);
  await expect(other.getByText('cannot run programs')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Run', exact: true })).toBeHidden();
  await course.close();
  await app.close();
});

test('the page around plays and moves the recorded run, and hears of it', async ({ page, baseURL }) => {
  const course = await openCourse(baseURL!, `<script src="${baseURL}weft-run.js"></script><weft-run run="producer-consumer.trace.json"></weft-run>`);
  await page.goto(`${course.url}page.html`);
  const frame = await embedOf(page);
  const slider = frame.getByRole('slider');
  await expect(slider).toBeVisible();
  const seeked = page.evaluate(() => new Promise((resolve) => {
    document.addEventListener('weft-seeked', (event) => {
      const { time } = (event as CustomEvent).detail as { time: number };
      if (time === 3e8) resolve(time);
    });
    const run = document.querySelector('weft-run') as HTMLElement & { seek: (time: number) => void };
    run.seek(3e8);
  }));
  expect(await seeked).toBe(3e8);
  await expect(slider).toHaveAttribute('aria-valuenow', '300000000');
  await slider.press('End');
  await expect(frame.getByRole('log')).toContainText('both are done');
  await slider.press('Home');
  await expect(frame.getByRole('log')).toBeEmpty();
  await frame.getByRole('button', { name: 'Play the recorded run' }).click();
  await expect(frame.getByRole('log')).toContainText('made 1');
  // Looked at where it stands still, with a task on a line that has a comment: what is seen while it plays depends on the moment.
  await page.evaluate(() => (document.querySelector('weft-run') as HTMLElement & { seek: (time: number) => void }).seek(1_325_982_307));
  await expect(frame.locator('.wp-line[style] .wp-comment')).toHaveText('# nothing more comes');
  await expect(frame.getByRole('button', { name: 'Play the recorded run' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('weft-run').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`)).toEqual([]);
  await course.close();
});

test('only the embeds of a page that are about to be seen are loaded', async ({ page, baseURL }) => {
  const embeds = Array.from({ length: 10 }, () => '<weft-run run="producer-consumer.trace.json" height="500"></weft-run>').join('');
  const course = await openCourse(baseURL!, `<script src="${baseURL}weft-run.js"></script>${embeds}`);
  await page.goto(`${course.url}page.html`);
  await expect((await embedOf(page)).getByRole('slider')).toBeVisible();
  const heights = await page.locator('weft-run').evaluateAll((all) => all.map((each) => each.clientHeight));
  expect(heights).toEqual(Array.from({ length: 10 }, () => 500));
  const loaded = (): number => page.frames().length - 1;
  expect(loaded()).toBeLessThan(5);
  await page.locator('weft-run').last().scrollIntoViewIfNeeded();
  await expect((await embedOf(page, 9)).getByRole('slider')).toBeVisible();
  await course.close();
});

test('an embed runs in an isolated page, and where the storage of others is blocked', async ({ page, context, baseURL }) => {
  const client = await context.newCDPSession(page);
  await client.send('Network.setCookieControls', {
    enableThirdPartyCookieRestriction: true,
  });
  const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  for (const headers of [isolated, {}]) {
    const course = await openCourse(baseURL!, `<script src="${baseURL}weft-run.js"></script>${one}`, headers);
    await page.goto(`${course.url}page.html`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe('Cross-Origin-Opener-Policy' in headers);
    const frame = await embedOf(page);
    await frame.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(frame.getByTestId('output')).toContainText('hello 42');
    await course.close();
  }
});

test('a frame alone is enough, with options in its address', async ({ page, baseURL }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  const address = `${baseURL}embed.html?show=code&theme=dark&lang=zh&colour=red`;
  const course = await openCourse(baseURL!, `<iframe src="${address}" width="700" height="400"></iframe>`);
  await page.goto(`${course.url}page.html`);
  const frame = page.frames()[1];
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(frame.getByRole('main', { name: '一个程序和它的运行' })).toBeVisible();
  await expect.poll(() => said.filter((line) => line.startsWith('warning: weft-run: unknown option "colour" is ignored'))).toHaveLength(1);
  await course.close();
});

test('messages of anybody but the page around are not listened to', async ({ page, baseURL }) => {
  const course = await openCourse(baseURL!, `<script src="${baseURL}weft-run.js"></script>${one}`);
  await page.goto(`${course.url}page.html`);
  const frame = await embedOf(page);
  await expect(frame.getByText('Press Run to see')).toBeVisible();
  // A frame beside it, and the embed's own window: neither is the page around.
  await page.evaluate(() => {
    const frame = document.querySelector('weft-run')!.shadowRoot!.querySelector('iframe')!;
    const other = document.body.appendChild(document.createElement('iframe'));
    const made = (other.contentWindow as Window & typeof globalThis).Function('target', 'message', 'target.postMessage(message, "*")');
    const post = made as (target: Window | null, message: object) => void;
    post(frame.contentWindow, { weft: 1, type: 'load', text: 'print(\'other\')', language: 'javascript' });
  });
  await frame.evaluate(() => window.postMessage({ weft: 1, type: 'load', text: 'print(\'own\')' }, '*'));
  // One from the page around comes after both: when it is done, so would they be.
  await page.evaluate(() => {
    const run = document.querySelector('weft-run') as HTMLElement & { run: () => void };
    run.run();
  });
  await expect(frame.getByTestId('output')).toContainText('hello 42');
  await course.close();
});

test('where workers are refused the reader is told in a sentence', async ({ page }) => {
  const policy = appHeaders['Content-Security-Policy'].replace(/worker-src [^;]*/, "worker-src 'none'");
  const app = await startServer({ root: dist, headers: { ...appHeaders, 'Content-Security-Policy': policy } });
  const course = await openCourse(app.url, `<script src="${app.url}weft-run.js"></script>${one}`);
  await page.goto(`${course.url}page.html`);
  const frame = await embedOf(page);
  await frame.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(frame.getByRole('region', { name: 'Messages' })).toContainText('could not');
  await course.close();
  await app.close();
});

test('the Share panel writes the lines for a page, and they work in one', async ({ page, baseURL }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Embed in a page…' }).click();
  await page.getByLabel('Shows').selectOption('code');
  const lines = await page.getByTestId('snippet').inputValue();
  const program = (await page.getByTestId('editor').locator('.cm-line').first().textContent())!;
  const course = await openCourse(baseURL!, lines);
  await page.goto(`${course.url}page.html`);
  await expect((await embedOf(page)).getByRole('region', { name: 'Program' })).toContainText(program);
  await course.close();
});

test('a lesson in a page: its recorded run at once, its question and exercise when begun, and the page hears how the reader does', async ({ page, baseURL }) => {
  test.slow();
  const course = await openCourse(baseURL!, `<script src="${baseURL}weft-run.js"></script>`
    + '<weft-run lesson="zombie" show="lesson" height="800"></weft-run><weft-run lesson="nothing"></weft-run>');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${course.url}page.html`);
  await page.evaluate(() => {
    const scores: unknown[] = [];
    Object.assign(window, { scores });
    document.addEventListener('weft-score', (event) => scores.push((event as CustomEvent).detail));
  });
  const scores = (): Promise<unknown[]> => page.evaluate(() => (window as unknown as { scores: unknown[] }).scores);
  const frame = await embedOf(page);
  await expect(frame.getByRole('heading', { name: 'Zombies' })).toBeVisible();
  const slider = frame.getByRole('slider', { name: 'Timeline of the recorded run' });
  await expect(slider).not.toHaveAttribute('aria-valuenow', '0');
  await expect((await embedOf(page, 1)).getByRole('alert')).toContainText('there is no lesson “nothing”');
  await expect(frame.getByRole('link', { name: 'Open in Weft' })).toBeVisible();
  expect(asked.filter((url) => /live-embed|page-|worker|python/.test(url))).toEqual([]);

  await frame.getByRole('button', { name: 'Begin the lesson' }).click();
  const panel = frame.getByRole('region', { name: 'Lesson', exact: true });
  await expect(panel.locator('li[data-current]')).toHaveCount(1);
  await expect(panel.getByRole('button', { name: 'All lessons' })).toHaveCount(0);
  const nap = Number(/parent sleeps for (\d+) seconds/.exec((await panel.getByRole('region', { name: 'What will happen?' }).textContent()) ?? '')?.[1]);
  expect(await scores()).toEqual([]);
  await panel.getByLabel(/Your answer/).fill(String(nap - 1));
  await panel.getByRole('button', { name: 'Answer and run' }).click();
  await expect(panel.getByText('Right.')).toBeVisible();
  await panel.getByRole('button', { name: 'Open the program' }).click();
  await panel.getByRole('button', { name: 'Check my program' }).click();
  await expect(panel.getByText('The child was still a zombie for a while.')).toBeVisible();
  await expect.poll(scores).toEqual([
    { lesson: 'zombie', part: 'question', passed: true }, { lesson: 'zombie', part: 'exercise', passed: false },
  ]);
  await course.close();
});
