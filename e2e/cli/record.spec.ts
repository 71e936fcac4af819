import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { buildModel } from '../../src/trace/model';
import { readTrace } from '../../src/trace/trace-json';
import { fixturePath } from '../support/fixtures';
import { steadyPicture } from '../support/steady-picture';
import { WeftCommand } from '../support/weft-command';

const course = fileURLToPath(new URL('../../src/lessons/course/', import.meta.url));
const pictures = fileURLToPath(new URL('../fixtures/pictures/', import.meta.url));

async function weft(folder: string, ...args: string[]) {
  mkdirSync(folder, { recursive: true });
  const command = new WeftCommand(folder, args);
  return { status: await command.ended, stdout: command.stdout, stderr: command.stderr };
}

test('record keeps the run of a program, and picture draws it: the part that is asked for, in the language that is asked for', async ({ page: _ }, { outputDir }) => {
  const recorded = await weft(outputDir, 'record', join(course, 'queue/program.py'), '-o', 'run.json', '--seed', '3');
  expect(recorded).toEqual({ status: 0, stdout: 'read letter 1\nread letter 2\nread letter 3\nread letter 4\n', stderr: '' });
  const { trace } = readTrace(readFileSync(join(outputDir, 'run.json'), 'utf8'));
  expect(trace.header.settings?.seed).toBe(3);
  const model = buildModel(trace);
  expect(model.end).toEqual({ reason: 'finished', status: 0 });

  expect(await weft(outputDir, 'picture', 'run.json', '--from', '0.2', '--to', '900ms', '--lang', 'zh')).toEqual({ status: 0, stdout: '', stderr: '' });
  const svg = readFileSync(join(outputDir, 'run.svg'), 'utf8');
  expect(svg).toContain('width="1200"');
  for (const { name } of model.tasks.filter(({ tid, pid }) => tid === pid)) expect(svg).toContain(`>${name}</text>`);
  expect(svg).toContain('<title>时间线</title>');
  expect(svg).not.toContain('>1.4 s</text>');
  const late = await weft(outputDir, 'picture', 'run.json', '--from', '60');
  expect([late.status, late.stderr]).toEqual([2, expect.stringContaining('the run ends at')]);
});

test('picture draws what the page saves, and runs a program first', async ({ page }, { outputDir }) => {
  for (const [name, theme] of [['producer-consumer', 'light'], ['deadlock', 'dark']] as const) {
    const before = readFileSync(join(pictures, `${name}-${theme}.svg`), 'utf8');
    const width = /<svg [^>]*width="(\d+)"/.exec(before)?.[1] ?? '';
    const drawn = await weft(outputDir, 'picture', fixturePath(name), '-o', `${name}.svg`, '--theme', theme, '--width', width);
    expect(drawn).toEqual({ status: 0, stdout: '', stderr: '' });
    const svg = readFileSync(join(outputDir, `${name}.svg`), 'utf8');
    expect(svg).toContain("@font-face{font-family:'Inter Variable'");
    expect(steadyPicture(svg).split('\n')).toEqual(before.split('\n'));
  }
  // A program that never ends is the one to be drawn.
  const drawn = await weft(outputDir, 'picture', join(course, 'deadlock/program.py'), '-o', 'deadlock.png', '--width', '900');
  expect([drawn.status, drawn.stderr]).toEqual([0, expect.stringContaining('deadlock: ')]);
  const png = readFileSync(join(outputDir, 'deadlock.png'));
  const size = await page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    return image.naturalWidth;
  }, `data:image/png;base64,${png.toString('base64')}`);
  expect(size).toBe(1800);
});

test('grade says whether a lesson\'s exercise is solved: status 0 or 1, and why', async ({ page: _ }, { outputDir }) => {
  // Five starts of a browser, and two searches.
  test.slow();
  const solved = await weft(outputDir, 'grade', join(course, 'deadlock/solution.py'), '--lesson', 'deadlock', '--trace', 'run.json');
  expect([solved.status, solved.stdout]).toEqual([0, expect.stringMatching(/^Deadlock: Solved\. It holds under all 204 schedules that were tried\..*\n$/)]);
  expect(readTrace(readFileSync(join(outputDir, 'run.json'), 'utf8')).trace.length).toBeGreaterThan(20);
  const wrong = await weft(outputDir, 'grade', join(course, 'deadlock/program.py'), '--lesson', 'deadlock', '--lang', 'zh');
  expect([wrong.status, wrong.stdout]).toEqual([1, expect.stringMatching(/^死锁: .*还不行，问题出在第 \d+ 种调度。\n$/)]);
  // Both hold for a moment only: the lesson's own schedules pass it by, the search does not.
  const nearly = await weft(outputDir, 'grade', join(course, 'deadlock/nearly.py'), '--lesson', 'deadlock', '--trace', 'found.json');
  expect([nearly.status, nearly.stdout]).toEqual([1, expect.stringMatching(/a search has found that it fails under schedule \d+\. It takes one preemption: writer at nearly\.py:\d+, /)]);
  expect(buildModel(readTrace(readFileSync(join(outputDir, 'found.json'), 'utf8')).trace).end?.reason).toBe('stuck');
  writeFileSync(join(outputDir, 'broken.py'), readFileSync(join(course, 'deadlock/program.py'), 'utf8').replace('import', 'imprt'));
  const broken = await weft(outputDir, 'grade', 'broken.py', '--lesson', 'deadlock');
  expect([broken.status, broken.stderr]).toEqual([1, expect.stringContaining('SyntaxError')]);
  const unknown = await weft(outputDir, 'grade', 'broken.py', '--lesson', 'nothing');
  expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('unknown --lesson "nothing": there are program-process, states')]);
});
