import { beforeEach, expect, test } from 'vitest';
import type { Tid } from '../protocol/ids';
import type { PauseState } from '../protocol/pause';
import { DEFAULT_SETTINGS, type Program } from '../protocol/program';
import { RECORD_WORDS } from '../protocol/trace-events';
import { RecordWriter } from '../trace/test-support/record-writer';
import { findStands } from './find-stands';
import type { Stand } from './look-back';
import { ScriptedMachine } from './test-support/scripted-machine';

const program: Program = { language: 'javascript', files: [{ name: 'main.js', text: 'x' }], entry: 'main.js' };

const pauseAt = (step: number, records: number): PauseState => (
  { cause: 'step', step, time: step, records, task: 2 as Tid, choices: [] }
);
/** An event with a text: the text is a record of its own, which is no event. */
const printed = (text: string, time: number): Int32Array => (
  new RecordWriter().write({ kind: 'output', task: 2, detail: 1, value: text, time }).take()
);

let machine: ScriptedMachine;
let until: Stand;

beforeEach(() => {
  machine = new ScriptedMachine();
  until = { pause: pauseAt(70, 0), events: 2 };
});

/** Looks for the stands before `until`, in a run that has started. */
async function look(signal = new AbortController().signal): Promise<{ found: Promise<readonly Stand[] | undefined> }> {
  const found = findStands(machine, { program, settings: DEFAULT_SETTINGS, lines: ['typed'] }, until, signal);
  await Promise.resolve();
  return { found };
}

test('goes step by step through the last of the way, and counts the events at each', async () => {
  const { found } = await look();
  const { listener, settings, wishes, lines } = machine.last;
  expect(settings.stop).toEqual({ atStep: 6 });
  const first = printed('a\n', 1);
  const second = printed('b\n', 2);
  const [one, two] = [first.length / RECORD_WORDS, second.length / RECORD_WORDS];
  expect(one).toBeGreaterThan(1);
  listener.paused?.(pauseAt(6, 0));
  await Promise.resolve();
  listener.paused?.(pauseAt(69, one));
  listener.paused?.(pauseAt(70, one + two));
  // Records come by another way, later and cut otherwise.
  listener.records(first.subarray(0, RECORD_WORDS));
  listener.records(new Int32Array([...first.subarray(RECORD_WORDS), ...second]));
  expect((await found)?.map(({ pause, events }) => [pause.step, events])).toEqual([[6, 0], [69, 1], [70, 2]]);
  expect(wishes).toEqual([{ afterSteps: 1 }, { afterSteps: 1 }]);
  expect(lines).toEqual(['typed']);
  expect(machine.last.stops).toBe(1);
});

test('knows nothing of a run that does not come to stand there', async () => {
  const { found } = await look();
  machine.last.listener.paused?.(pauseAt(6, 0));
  machine.last.listener.paused?.(pauseAt(71, 0));
  expect(await found).toBeUndefined();
});

test('knows nothing of a run that ends before', async () => {
  const { found } = await look();
  machine.last.finish({ reason: 'finished', status: 0 });
  expect(await found).toBeUndefined();
});

test('is given up at once, and leaves no run', async () => {
  const giveUp = new AbortController();
  const { found } = await look(giveUp.signal);
  machine.last.listener.paused?.(pauseAt(6, 0));
  giveUp.abort();
  expect(await found).toBeUndefined();
  expect(machine.last.stops).toBe(1);
});

test('a long run is not run again unasked', async () => {
  until = { pause: pauseAt(3_000_000, 0), events: 2 };
  const { found } = await look();
  expect(await found).toBeUndefined();
  expect(machine.runs).toHaveLength(0);
});

test('where no run can be started nothing is known', async () => {
  machine.refusal = new Error('no workers');
  const { found } = await look();
  expect(await found).toBeUndefined();
});
