import { cpSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type FrameLocator, type Page } from '@playwright/test';
import { startServer } from '../../scripts/serve.mjs';

/** The worked examples of docs/embeds, as a reader of a course meets them: in the page that the course's own tool makes of them. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = join(root, 'docs', 'embeds');
const made = join(root, 'e2e', 'fixtures', 'embeds');
const recorded = join(root, 'e2e', 'fixtures', 'producer-consumer.trace.json');

/** Serves `files` (by their path in the course) on an origin of its own, with the app's address in the place of the examples' one. */
async function openCourse(app: string, files: Readonly<Record<string, string>>) {
  const folder = test.info().outputPath('course');
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (source.endsWith('.html')) writeFileSync(join(folder, path), readFileSync(source, 'utf8').replaceAll('https://weft.example/', app));
    else cpSync(source, join(folder, path), { recursive: true });
  }
  copyFileSync(recorded, join(folder, 'producer-consumer.trace.json'));
  return startServer({ root: folder, headers: {} });
}

/** The `nth` embed of the page. */
function embedOf(page: Page, nth = 0): FrameLocator {
  return page.locator('weft-run').nth(nth).locator('iframe').contentFrame();
}

/** From now on what an embed says when its program has ended is kept; the answer waits for it. */
async function awaitEnd(page: Page): Promise<() => Promise<unknown>> {
  const ended = await page.evaluateHandle(() => ({
    detail: new Promise((resolve) => {
      document.addEventListener('weft-finished', (event) => resolve((event as CustomEvent).detail));
    }),
  }));
  return () => ended.evaluate(({ detail }) => detail);
}

async function expectRecordedRun(embed: FrameLocator): Promise<void> {
  await expect(embed.getByRole('slider', { name: 'Timeline of the recorded run' })).toBeVisible();
  await expect(embed.getByText('recorded run')).toBeVisible();
}

/** The lines of an example's program: between the tags, without what MDX has around it. */
function programIn(example: string): string[] {
  const [, text = ''] = /<pre>(?:\{`)?\n([\s\S]*?)\n(?:`\})?<\/pre>/.exec(readFileSync(join(examples, example), 'utf8')) ?? [];
  return text.split('\n');
}

/** The page's only frame shows the program of its address, and runs it. */
async function expectProgramRuns(page: Page): Promise<void> {
  const embed = page.frameLocator('iframe');
  await expect(embed.getByRole('region', { name: 'Program' })).toContainText('def produce(q)');
  await embed.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(embed.getByTestId('output')).toContainText('used 5');
}

/** A part of a page as MyST has read it. */
interface Node {
  readonly type: string;
  readonly src?: string;
  readonly children?: readonly Node[];
}

/** The first frame in it. */
function frameIn(node: Node): Node | undefined {
  return node.type === 'iframe' ? node : node.children?.map(frameIn).find((found) => found !== undefined);
}

for (const { tool, example, path, prints } of [
  { tool: 'Jupyter Book', example: 'jupyter-book.md', path: 'queues.html', prints: 'hello from a process\n' },
  { tool: 'MkDocs', example: 'mkdocs.md', path: 'queues/index.html', prints: 'hello from a process\n' },
  { tool: 'Docusaurus', example: 'docusaurus.mdx', path: 'queues/index.html', prints: '[0, 1, 4, 9, 16, 25]\n' },
]) {
  test(`${tool}: the page that it makes shows the recorded run, and runs the program as it was written`, async ({ page, baseURL }) => {
    test.slow();
    const course = await openCourse(baseURL!, { [path]: join(made, example.replace(/\.\w+$/, '.html')) });
    await page.goto(`${course.url}${path.replace('index.html', '')}`);
    await expectRecordedRun(embedOf(page));
    const program = page.locator('weft-run').nth(1);
    await program.scrollIntoViewIfNeeded();
    const lines = programIn(example);
    expect(lines.length, 'the example has a program').toBeGreaterThan(4);
    const shown = await embedOf(page, 1).getByRole('region', { name: 'Program' }).innerText();
    for (const line of lines) expect(shown).toContain(line.trim());
    const ended = await awaitEnd(page);
    await embedOf(page, 1).getByRole('button', { name: 'Run', exact: true }).click();
    expect(await ended()).toMatchObject({ status: 0, output: prints });
    await course.close();
  });
}

test('Reveal.js: a run plays when its slide comes, and rests when it goes', async ({ page, baseURL }) => {
  const course = await openCourse(baseURL!, {
    'slides.html': join(examples, 'reveal.html'), 'reveal.js': join(root, 'node_modules', 'reveal.js', 'dist'),
  });
  await page.goto(`${course.url}slides.html`);
  await expect(page.getByRole('heading', { name: 'Who waits for whom?' })).toBeVisible();
  expect(page.frames(), 'nothing is loaded for a slide that is not shown').toHaveLength(1);
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: 'A queue with room for three' })).toBeVisible();
  const embed = embedOf(page);
  await expectRecordedRun(embed);
  await expect(embed.getByRole('log')).toContainText('made 2');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('heading', { name: 'Who waits for whom?' })).toBeVisible();
  await expect(embed.getByRole('button', { name: 'Play the recorded run', includeHidden: true })).toBeAttached();
  await course.close();
});

test('Jupyter Book 2: the frame of its `iframe` directive, as its theme puts it into the page, runs the program', async ({ page, baseURL }) => {
  test.slow();
  const { src } = frameIn(JSON.parse(readFileSync(join(made, 'jupyter-book-2.json'), 'utf8')) as Node)!;
  expect(readFileSync(join(examples, 'jupyter-book-2.md'), 'utf8'), 'the example is what the page was made of').toContain(`{iframe} ${src}\n`);
  const html = test.info().outputPath('page.html');
  writeFileSync(html, `<!doctype html><title>Queues</title>
    <div style="position: relative; width: 45rem; padding-bottom: 27rem">
      <iframe width="100%" height="100%" src="${src}" allowfullscreen allow="autoplay" style="position: absolute; border: none"></iframe>
    </div>`);
  const course = await openCourse(baseURL!, { 'page.html': html });
  await page.goto(`${course.url}page.html`);
  await expectProgramRuns(page);
  await course.close();
});

test('Moodle: what it leaves of the lines is enough, a frame alone', async ({ page, baseURL }) => {
  test.slow();
  // For texts that students see Moodle takes out scripts and elements that it does not know, with their attributes; frames stay.
  const filtered = readFileSync(join(examples, 'moodle.html'), 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  expect(filtered).not.toMatch(/<script|<weft-run|\son\w+=/);
  const course = await openCourse(baseURL!, { 'page.html': join(examples, 'moodle.html') });
  await page.goto(`${course.url}page.html`);
  await expectProgramRuns(page);
  await course.close();
});
