import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '../support/test';
import { python } from './python-program';

const FOLDER = 'src/ui/examples/python';
/** Those that go on until they are stopped, with why the first process or a thread of it waits at the end; none: it is busy. */
const ENDLESS: Readonly<Record<string, string | undefined>> = { 'deadlock': 'lock', 'killed-holding-lock': 'lock', 'endless-loop': undefined };

const names = readdirSync(FOLDER).filter((file) => file.endsWith('.py')).map((file) => file.replace(/\.py$/, '')).filter((name) => !Object.hasOwn(ENDLESS, name));
const PARTS = 4;

for (let part = 0; part < PARTS; part++) {
  test(`examples in Python run to their end and have a timeline (${part + 1} of ${PARTS})`, async ({ runner }) => {
    for (const name of names.filter((_, index) => index % PARTS === part)) {
      const { stdout, reason } = await runner.run(python(readFileSync(`${FOLDER}/${name}.py`, 'utf8')), { stdin: 'Ada\n5\n' });
      expect({ name, reason }).toEqual({ name, reason: 'finished' });
      expect(stdout, name).not.toBe('');
      const { tasks, intervals } = await runner.model();
      expect(tasks.length, `${name}: tasks`).toBeGreaterThan(1);
      for (const { tid, name: task } of tasks) expect(intervals.get(tid)?.length, `${name}: what ${task} did`).toBeGreaterThan(0);
    }
  });
}

test('examples in Python that never end are stopped where they wait', async ({ runner }) => {
  for (const [name, waitsFor] of Object.entries(ENDLESS)) {
    const running = await runner.start(python(readFileSync(`${FOLDER}/${name}.py`, 'utf8')));
    await runner.waitFor(() => runner.output.stdout.includes('\n'));
    if (waitsFor !== undefined) {
      await runner.page.waitForFunction((reason) => {
        const { model } = window.weft.run!;
        return model.tasks.some(({ tid }) => {
          const last = model.intervals.get(tid)?.at(-1);
          return last?.state === 'blocked' && last.reason === reason;
        });
      }, waitsFor);
    }
    expect((await running.stop()).reason, name).toBe('stopped');
  }
});
