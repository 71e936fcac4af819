import { ENDLESS_PROGRAMS } from '../../bench/stop/programs.mjs';
import { EventKindCode } from '../../src/protocol/trace-events';
import { expect, test } from '../support/test';

// How long Stop takes is measured in bench/stop: here is what holds on any computer, however busy.
for (const [name, program] of Object.entries(ENDLESS_PROGRAMS)) {
  test(`Stop ends ${name}`, async ({ runner }) => {
    const running = await runner.start(program);
    await running.printed('ready');
    const { reason, stdout } = await running.stop();
    expect(reason).toBe('stopped');
    const { end, tasks, output, trace } = await runner.model();
    expect(end).toEqual({ reason: 'stopped', status: -9 });
    expect(tasks.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
    // Nothing happens after the end, and what was printed before it has all come.
    expect(trace.kind.indexOf(EventKindCode['run-end'])).toBe(trace.length - 1);
    expect(output.map(({ text }) => text).join('') === stdout, 'the output that was recorded is that which came').toBe(true);

    const next = await runner.run(`import { print } from 'weft';\nexport function main() {\n  print('next');\n}`);
    expect(next).toMatchObject({ reason: 'finished', lines: ['next'] });
  });
}

test('Stop right after the start, and twice, ends the run once', async ({ runner }) => {
  const running = await runner.start(ENDLESS_PROGRAMS['an endless loop in one process']);
  const [first, second] = await Promise.all([running.stop(), running.stop()]);
  expect([first.reason, second.reason]).toEqual(['stopped', 'stopped']);
  const again = await runner.run(`import { print } from 'weft';\nexport function main() {\n  print('again');\n}`);
  expect(again.lines).toEqual(['again']);
});

test('Stop after the end changes nothing', async ({ runner }) => {
  const running = await runner.start(`export function main() {}`);
  expect((await running.finished()).reason).toBe('finished');
  expect(await running.stop()).toMatchObject({ reason: 'finished', status: 0 });
});
