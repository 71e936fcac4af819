import { expect, test } from 'vitest';
import { EndReasonCode, type EndReason } from '../../protocol/words';
import type { RunState } from '../../state/run-store';
import { translate } from '../../text/translate';
import { buildModel } from '../../trace/model';
import { RecordWriter } from '../../trace/test-support/record-writer';
import { TraceBuilder } from '../../trace/trace-builder';
import type { TraceModel } from '../../trace/trace';
import { describeRun } from './describe-run';

const idle: RunState = {
  phase: 'idle',
  traceNumber: 0,
  source: { kind: 'none' },
  inputWanted: false,
  answers: [],
  problems: [],
  traceFull: false,
};

function modelEnding(reason: EndReason | undefined, status = 0, panic?: string): TraceModel {
  const builder = new TraceBuilder({ clock: 'real' });
  const writer = new RecordWriter().write({ kind: 'output', task: 2, detail: 1, value: 'x', time: 1.2e9 });
  if (panic !== undefined) writer.write({ kind: 'panic', value: panic, time: 1.2e9 });
  if (reason !== undefined)
    writer.write({ kind: 'run-end', detail: EndReasonCode[reason], other: status, time: 1.2e9 });
  builder.append(writer.take());
  return buildModel(builder.snapshot());
}

test.each<[Partial<RunState>, string]>([
  [{}, ''],
  [{ phase: 'starting' }, 'Starting…'],
  [
    { phase: 'starting', boot: { stage: 'compile', fraction: 0.256, text: '' } },
    'Preparing the language 26 %',
  ],
  [{ phase: 'running', model: modelEnding(undefined) }, 'Running…'],
  [{ phase: 'ended', model: modelEnding('finished') }, 'Finished after 1.2 s'],
  [{ phase: 'ended', model: modelEnding('finished', 1) }, 'Ended with status 1 after 1.2 s'],
  [{ phase: 'ended', model: modelEnding('finished', -9) }, 'Ended with status -9 after 1.2 s'],
  [{ phase: 'ended', model: modelEnding('stopped', 130) }, 'Stopped after 1.2 s'],
  [{ phase: 'ended', model: modelEnding('timeout', 124) }, 'Out of time after 1.2 s'],
  [{ phase: 'ended', model: modelEnding('stuck', -9) }, 'Stopped after 1.2 s: no task could go on'],
  [
    { phase: 'ended', model: modelEnding('step limit', -9) },
    'Stopped after 1.2 s: more steps than a program may do',
  ],
  [
    { phase: 'ended', model: modelEnding('panic', 70, 'tid 4 was dispatched twice') },
    'The machine stopped after 1.2 s: tid 4 was dispatched twice',
  ],
  [{ phase: 'ended', model: modelEnding('panic', 70) }, 'The machine stopped after 1.2 s.'],
  [{ phase: 'ended', model: modelEnding(undefined) }, 'The trace ends after 1.2 s, before its run did'],
  [
    { phase: 'ended', model: modelEnding(undefined), result: { reason: 'stopped', status: 130 } },
    'Stopped after 1.2 s',
  ],
])('a run is said in words: %#', (change, words) => {
  expect(describeRun({ ...idle, ...change }, translate).words).toBe(words);
});
