import { describe, expect, it } from 'vitest';
import { buildModel } from '../trace/model';
import type { TraceModel } from '../trace/trace';
import { readTrace } from '../trace/trace-json';
import { compareRuns } from './compare';
import { recordedText } from './test-support/recorded';

interface Written {
  readonly program: { readonly files: { text: string }[] };
  readonly events: (string | number)[][];
}

const PLACE = 5;

/** The recorded run, as it would be of a program that somebody has changed. */
function changed(change: (run: Written) => void): TraceModel {
  const run = JSON.parse(recordedText('race-value')) as Written;
  change(run);
  return buildModel(readTrace(JSON.stringify(run)).trace);
}

function withLineAbove(run: Written): void {
  run.program.files[0].text = `# repaired\n${run.program.files[0].text}`;
  for (const event of run.events) if (Number(event[PLACE]) > 0) event[PLACE] = Number(event[PLACE]) + 1;
}

describe('two runs', () => {
  const run = changed(() => undefined);

  it('go the same way where a program has only been moved down a line', () => {
    expect(compareRuns(run, changed(withLineAbove)).parting).toBeUndefined();
  });

  it('part at the first event of a line that reads another way', () => {
    const other = changed((written) => {
      withLineAbove(written);
      const [file] = written.program.files;
      file.text = file.text.replace('v.value += 1', 'v.value += 2');
    });
    const parting = compareRuns(run, other).parting;
    const line = run.trace.header.program!.files[0].text.split('\n').findIndex((each) => each.includes('v.value += 1')) + 1;
    expect(parting?.index).toBe([...run.trace.place].indexOf(line));
  });

  it('part where another task is born, and not because the numbers of their objects differ', () => {
    const other = changed(({ events }) => {
      const birth = events.find((event) => event[2] === 'task-new' && event[7] === 'adder 2');
      if (birth !== undefined) birth[7] = 'other';
    });
    const parting = compareRuns(run, other).parting;
    expect(run.taskByTid.get(run.trace.other[parting?.first ?? 0] as never)?.name).toBe('adder 2');
  });
});
