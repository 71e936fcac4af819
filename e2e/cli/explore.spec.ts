import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeLink } from '../../src/state/link/link-codec';
import { expect, test } from '@playwright/test';
import { WeftCommand } from '../support/weft-command';

const programs = fileURLToPath(new URL('../fixtures/programs/', import.meta.url));

async function weft(folder: string, ...args: string[]) {
  const command = new WeftCommand(folder, args);
  return { status: await command.ended, stdout: command.stdout, stderr: command.stderr };
}

test('explore finds a failing schedule: status 1, a file that run --replay shows again, and a link', async ({ page: _ }, testInfo) => {
  const folder = testInfo.outputDir;
  mkdirSync(folder, { recursive: true });
  const file = join(programs, 'lock-order.py');
  const found = await weft(programs, 'explore', 'lock-order.py', '--schedules', '200', '--out', join(folder, 'found.json'));
  expect(found.status, found.stderr).toBe(1);
  expect(found.stdout).toMatch(/goes wrong: deadlock: (withdraw|deposit) \(.*:\d+\) waits for [\w.]+ since .*; (withdraw|deposit) has it/);
  expect(found.stdout).toMatch(/^It takes one preemption: /m);
  const link = /^link: http:\/\/localhost:5173\/(#w\d+=\S+)$/m.exec(found.stdout)?.[1] ?? '';
  expect(link.length).toBeLessThan(2000);
  expect(decodeLink(link)).toMatchObject({ ok: true, settings: { clock: 'virtual', cpus: 1, policy: 'replay' } });

  const again = await weft(folder, 'run', file, '--replay', join(folder, 'found.json'), '--trace', join(folder, 'again.json'));
  expect(again.stderr).toContain('deadlock: ');
  expect(again.stderr).not.toContain('part at choice');
  const events = (name: string): string => readFileSync(join(folder, name), 'utf8').split('"events":')[1];
  expect(events('again.json')).toBe(events('found.json'));
});

test('explore of a program without a failure says what that proves: status 0', async () => {
  const { status, stdout } = await weft(programs, 'explore', 'lock-order-repaired.py', '--schedules', '30', '--preemptions', '0');
  expect([status, stdout.split('\n')[0]]).toEqual([0, 'Nothing goes wrong in 30 schedules.']);
  expect(stdout).toMatch(/Among them are all (without a preemption|that differ from first come)/);
});

test('what makes no sense ends with status 2', async () => {
  for (const [args, message] of [
    [['explore'], 'missing file'],
    [['explore', 'a.py', 'b.py'], 'one program is searched at a time'],
    [['explore', 'lock-order.py', '--schedules', '0'], 'invalid --schedules "0"'],
    [['explore', 'lock-order.py', '--policy', 'fifo'], 'unknown option "--policy"'],
    [['explore', 'missing.py'], 'missing file "missing.py"'],
  ] as const) {
    const { status, stderr } = await weft(programs, ...args);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  }
});
