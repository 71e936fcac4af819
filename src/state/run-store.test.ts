import { beforeEach, describe, expect, test } from 'vitest';
import { ProgramRejected } from '../machine/machine-types';
import type { Tid } from '../protocol/ids';
import type { PauseState } from '../protocol/pause';
import { DEFAULT_SETTINGS, type Program } from '../protocol/program';
import { EndReasonCode, StartMethodCode } from '../protocol/words';
import { RecordWriter } from '../trace/test-support/record-writer';
import { TraceBuilder } from '../trace/trace-builder';
import { createRunStore, type RunStore } from './run-store';
import { ManualClock, ScriptedMachine } from './test-support/scripted-machine';

const program: Program = {
  language: 'javascript',
  files: [{ name: 'main.js', text: 'x' }],
  entry: 'main.js',
};

let machine: ScriptedMachine;
let clock: ManualClock;
let store: RunStore;

beforeEach(() => {
  machine = new ScriptedMachine();
  clock = new ManualClock();
  store = createRunStore(machine, { clock, eventsAtMost: 100 });
});

function birth(time = 0): RecordWriter {
  return new RecordWriter().write({
    kind: 'task-new',
    other: 2,
    object: 2,
    detail: StartMethodCode.initial,
    value: 'main',
    time,
  });
}
function printed(text: string, time: number): Int32Array {
  return new RecordWriter().write({ kind: 'output', task: 2, detail: 1, value: text, time }).take();
}
function runEnd(time: number): Int32Array {
  return new RecordWriter().write({ kind: 'run-end', detail: EndReasonCode.finished, time }).take();
}

function ended(): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (store.getState().phase === 'ended') resolve();
    };
    store.subscribe(look);
    look();
  });
}

describe('a run', () => {
  test('goes from starting through running to ended, with its result and whole trace', async () => {
    const phases: string[] = [];
    store.subscribe(({ phase }) => phases.at(-1) !== phase && phases.push(phase));
    await store.run(program);
    machine.last.listener.records(birth().take());
    machine.last.listener.records(printed('hello\n', 5));
    machine.last.listener.records(runEnd(9));
    machine.last.finish({ reason: 'finished', status: 0 });
    await ended();
    expect(phases).toEqual(['starting', 'running', 'ended']);
    expect(store.getState()).toMatchObject({
      result: { reason: 'finished', status: 0 },
      source: { kind: 'run' },
    });
    expect(store.getState().model?.output.map(({ text }) => text)).toEqual(['hello\n']);
    expect(store.getState().model?.end).toEqual({ reason: 'finished', status: 0 });
    expect(clock.waiting).toBe(0);
  });

  test('shows its first records at once and later ones at most every 120 ms', async () => {
    await store.run(program);
    let shown = 0;
    store.subscribe(({ model }, before) => {
      if (model !== before.model) shown++;
    });
    machine.last.listener.records(birth().take());
    expect(shown).toBe(1);
    for (let time = 1; time <= 50; time++) {
      machine.last.listener.records(printed('x', time));
      clock.advance(10);
    }
    expect(shown).toBe(5);
    expect(store.getState().model?.output).toHaveLength(48);
    await store.stop();
    expect(store.getState().model?.output).toHaveLength(50);
  });

  test('that is refused shows its mistakes and keeps the trace of the run before', async () => {
    await store.run(program);
    machine.last.listener.records(birth().take());
    machine.last.finish({ reason: 'finished', status: 0 });
    await store.stop();
    await machine.last.finished;
    const { model } = store.getState();
    const error = { message: 'Unexpected token', file: 'main.js', line: 3, column: 7 };
    machine.refusal = new ProgramRejected([error]);
    await store.run(program);
    expect(store.getState()).toMatchObject({ phase: 'ended', problems: [error], traceNumber: 1 });
    expect(store.getState().model).toBe(model);
    store.forgetProblems();
    expect(store.getState().problems).toEqual([]);
  });

  test('refused as the first one leaves the page idle', async () => {
    machine.refusal = new ProgramRejected([]);
    await store.run(program);
    expect(store.getState()).toMatchObject({ phase: 'idle', source: { kind: 'none' } });
  });

  test('on a machine that cannot start says so and does not throw', async () => {
    machine.refusal = new Error('no shared memory here');
    await store.run(program);
    expect(store.getState()).toMatchObject({ phase: 'idle', failure: 'no shared memory here' });
  });

  test('started again while one runs stops the one that runs first', async () => {
    await store.run(program);
    const first = machine.last;
    first.listener.records(birth().take());
    await store.run({ ...program, entry: 'other.js' });
    expect(first.stops).toBe(1);
    expect(machine.runs).toHaveLength(2);
    expect(store.getState().phase).toBe('running');
    first.listener.records(printed('late', 99));
    clock.advance(1000);
    expect(store.getState().model?.output).toEqual([]);
    await store.stop();
  });

  test('stopped while it still starts never counts as running', async () => {
    let boot: () => void = () => undefined;
    machine.booting = new Promise((resolve) => {
      boot = resolve;
    });
    const phases: string[] = [];
    store.subscribe(({ phase }) => phases.push(phase));
    const started = store.run(program);
    await Promise.resolve();
    const stopped = store.stop();
    boot();
    await Promise.all([started, stopped]);
    expect(phases).not.toContain('running');
    expect(store.getState()).toMatchObject({ phase: 'ended', result: { reason: 'stopped' } });
  });

  test('asked for three times at once is started for the last time only', async () => {
    await Promise.all([1, 2, 3].map((number) => store.run({ ...program, entry: `${number}.js` })));
    expect(machine.runs.map((run) => run.program.entry)).toEqual(['3.js']);
    expect(store.getState().phase).toBe('running');
    await store.stop();
  });

  test('that writes faster than the page reads leaves the page its turns, and is read to its end', async () => {
    clock.tick = 1;
    store = createRunStore(machine, { clock, eventsAtMost: 1e6 });
    await store.run(program);
    const writer = birth();
    for (let time = 0; time < 300_000; time++) writer.write({ kind: 'line', task: 2, place: 1, time });
    machine.last.listener.records(writer.take());
    const { model } = store.getState();
    expect(model?.trace.length).toBeGreaterThan(0);
    expect(model?.trace.length).toBeLessThan(300_000);
    machine.last.finish({ reason: 'finished', status: 0 });
    await machine.last.finished;
    expect(store.getState().phase).toBe('running');
    const stopped = store.stop();
    while (clock.waiting > 0) clock.advance(20);
    await stopped;
    expect(store.getState().phase).toBe('ended');
    expect(store.getState().model?.trace.length).toBe(300_001);
  });

  test('stopped twice is stopped once', async () => {
    await store.run(program);
    await Promise.all([store.stop(), store.stop()]);
    await store.stop();
    expect(store.getState().phase).toBe('ended');
    expect(machine.last.stops).toBeLessThanOrEqual(2);
  });

  test('that records more than the page can keep is stopped, and says so', async () => {
    await store.run(program);
    const writer = birth();
    for (let time = 0; time < 100; time++)
      writer.write({ kind: 'output', task: 2, detail: 1, value: 'x', time });
    machine.last.listener.records(writer.take());
    await machine.last.finished;
    await store.stop();
    expect(store.getState()).toMatchObject({
      traceFull: true,
      phase: 'ended',
      result: { reason: 'stopped' },
    });
    expect(store.getState().model?.output).toHaveLength(100);
  });

  test('whose records are damaged is stopped and keeps what came before', async () => {
    await store.run(program);
    machine.last.listener.records(birth().take());
    machine.last.listener.records(printed('kept', 1));
    machine.last.listener.records(new Int32Array(5));
    await store.stop();
    expect(store.getState().failure).toContain('not whole records');
    expect(store.getState().model?.output).toHaveLength(1);
  });
});

describe('input', () => {
  test('is asked for and answered', async () => {
    await store.run(program);
    machine.last.listener.inputWanted(true);
    expect(store.getState().inputWanted).toBe(true);
    store.sendInput('Ada');
    store.sendInput(null);
    expect(machine.last.lines).toEqual(['Ada', null]);
    await store.stop();
    expect(store.getState().inputWanted).toBe(false);
  });

  test('without a run goes nowhere', () => {
    expect(() => store.sendInput('x')).not.toThrow();
  });
});

describe('a trace from a file', () => {
  test('takes the place of the run, which is stopped', async () => {
    await store.run(program);
    machine.last.listener.records(birth().take());
    const builder = new TraceBuilder({ clock: 'real', program });
    builder.append(birth().take());
    builder.append(printed('from a file', 3));
    await store.openTrace(builder.snapshot(), 'run.json');
    expect(machine.last.stops).toBe(1);
    expect(store.getState()).toMatchObject({
      phase: 'ended',
      traceNumber: 2,
      source: { kind: 'file', name: 'run.json' },
    });
    expect(store.getState().model?.output.map(({ text }) => text)).toEqual(['from a file']);
    expect(store.getState().result).toBeUndefined();
  });
});

test('boot progress is shown until the language is ready', () => {
  store.reportBoot({ stage: 'compile', fraction: 0.5, text: 'compiling' });
  expect(store.getState().boot?.stage).toBe('compile');
  store.reportBoot({ stage: 'ready', fraction: 1, text: 'ready' });
  expect(store.getState().boot).toBeUndefined();
});

test('Stop while another run waits for the end of the one before stops both', async () => {
  await store.run(program);
  const restarted = store.run(program);
  await Promise.all([store.stop(), restarted]);
  expect(machine.runs).toHaveLength(1);
  expect(store.getState().phase).toBe('ended');
});

test('what lies behind a run that stands is found by a machine beside it, which goes with the run', async () => {
  const beside = new ScriptedMachine();
  store = createRunStore(machine, { clock, machineBeside: () => beside });
  await store.run(program, { ...DEFAULT_SETTINGS, clock: 'virtual' });
  const stands = (step: number): PauseState => ({ cause: 'line', step, time: 5, records: 0, task: 2 as Tid, choices: [] });
  machine.last.listener.records(birth().take());
  machine.last.listener.paused?.(stands(2));
  clock.advance(1000);
  await Promise.resolve();
  for (const step of [0, 1, 2]) beside.last.listener.paused?.(stands(step));
  await beside.last.finished;
  await new Promise((resolve) => setTimeout(resolve));
  await store.stepBack();
  expect(store.getState().pause).toEqual(stands(1));
  // Nothing was run again for it, and a step on shows where the run itself stands.
  expect(machine.runs).toHaveLength(1);
  store.goOn({ afterSteps: 1 });
  expect(store.getState().pause).toEqual(stands(2));
  expect(machine.last.wishes).toEqual([]);
  await store.stop();
  await new Promise((resolve) => setTimeout(resolve));
  expect(beside.last.stops).toBe(1);
  expect(beside.disposed).toBe(true);
});
