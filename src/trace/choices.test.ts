import { expect, it } from 'vitest';
import { READY_CAUSES } from '../protocol/words';
import { choicesOf, replayOf } from './choices';
import { RecordWriter } from './test-support/record-writer';
import { TraceBuilder } from './trace-builder';
import { readTrace, writeTrace } from './trace-json';

const preempted = READY_CAUSES.indexOf('preempted');
const woken = READY_CAUSES.indexOf('woken');

function recorded(clock: 'real' | 'virtual') {
  const settings = { cpus: 3, seed: 9, policy: 'random', costs: { step: 7 } } as const;
  const builder = new TraceBuilder({ clock, ...(clock === 'virtual' && { settings }) });
  builder.append(new RecordWriter()
    .write({ kind: 'task-run', task: 2, other: 0 })
    .write({ kind: 'task-run', task: 3, other: 1 })
    .write({ kind: 'task-ready', task: 2, detail: preempted, value: 41 })
    .write({ kind: 'task-ready', task: 3, detail: woken, other: 2 })
    .write({ kind: 'task-run', task: 3, other: 0 })
    .write({ kind: 'task-ready', task: 3, detail: preempted })
    .take());
  return builder.snapshot();
}

it('reads who was put on a CPU in turn, and after how many steps it gave way', () => {
  expect(choicesOf(recorded('virtual'))).toEqual([2, 41, 3, -1, 3, 0]);
});

it('keeps settings and choices through the file', () => {
  const { trace, notes } = readTrace(writeTrace(recorded('virtual')));
  expect(notes).toEqual([]);
  expect(replayOf(trace)).toEqual({ cpus: 3, seed: 9, policy: 'replay', costs: { step: 7 }, replay: [2, 41, 3, -1, 3, 0] });
});

it('replays no run of real time', () => {
  expect(replayOf(recorded('real'))).toBeUndefined();
});
