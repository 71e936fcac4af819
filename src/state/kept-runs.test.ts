import { expect, it } from 'vitest';
import { traceFromText } from '../trace/trace-text';
import { createKeptRuns } from './kept-runs';
import { createRunStore } from './run-store';
import { ScriptedMachine } from './test-support/scripted-machine';

it('runs that another one took the place of are kept, the latest first, and not too many', async () => {
  const run = createRunStore(new ScriptedMachine());
  const kept = createKeptRuns(run);
  for (const name of ['a', 'b', 'c', 'd', 'e']) await run.openTrace(traceFromText(`${name} | print=x`), name);
  expect(kept.getState().runs.map(({ model }) => model.tasks[0].name)).toEqual(['d', 'c', 'b']);
  expect(kept.getState().runs.map(({ number }) => number)).toEqual([4, 3, 2]);
});
