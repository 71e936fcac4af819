import { describe, expect, it } from 'vitest';
import { createPipe, openPipeEnd, receivePipe, sendPipe } from '../kernel/ipc/pipe';
import { createQueue, getQueue, putQueue, queueCount } from '../kernel/ipc/queue';
import type { Kernel } from '../kernel/kernel';
import { RING, RING_HEAD, RING_MASK, RING_TAIL } from '../kernel/layout';
import { clearEvent, createEvent, setEvent, waitEvent } from '../kernel/sync/event';
import { acquireLock, createLock, releaseLock } from '../kernel/sync/lock';
import {
  acquireSemaphore,
  createSemaphore,
  releaseSemaphore,
  semaphoreValue,
} from '../kernel/sync/semaphore';
import { waitChild } from '../kernel/task';
import { writeMessage } from '../kernel/test-support/messages';
import { Random } from '../kernel/test-support/random';
import { SimulatedMachine, type SimulatedTask } from '../kernel/test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../kernel/wait-queue';
import { PARKED } from '../protocol/errno';
import { EventKindCode, RECORD_WORDS } from '../protocol/trace-events';
import { ObjectTypeCode } from '../protocol/words';
import { eventValue } from '../trace/event-values';
import { seriesValueAt } from '../trace/lookup';
import { buildModel } from '../trace/model';
import { TraceBuilder } from '../trace/trace-builder';
import { readTrace, writeTrace } from '../trace/trace-json';
import type { Trace, TraceModel } from '../trace/trace';

type Operation = (k: Kernel) => number;

interface RandomRun {
  readonly trace: Trace;
  readonly tasks: readonly SimulatedTask[];
  readonly main: SimulatedTask;
  readonly queue: number;
  readonly semaphore: number;
}

/**
 * Processes and a thread that do any operation at any moment, exit, and are killed; the same for the same
 * seed. The first process never waits, so that the run goes on.
 */
function randomRun(seed: number, steps: number): RandomRun {
  const random = new Random(seed);
  const machine = new SimulatedMachine();
  const builder = new TraceBuilder({ clock: 'real' });
  const main = machine.boot();
  const { queue, lock, semaphore, event, pipe } = main.do((k) => {
    const objects = {
      queue: createQueue(k, ObjectTypeCode.queue, 2, 'queue'),
      lock: createLock(k, ObjectTypeCode.lock, 'lock'),
      semaphore: createSemaphore(k, ObjectTypeCode.semaphore, 2, 99, 'semaphore'),
      event: createEvent(k, 'event'),
      pipe: createPipe(k, false, 'pipe'),
    };
    // Open as long as the run lasts, whoever ends.
    for (const end of [0, 1]) openPipeEnd(k, objects.pipe, end);
    return objects;
  });
  const tasks = [
    main,
    ...['a', 'b', 'c', 'd'].map((name) => main.start({ name })),
    main.startThread({ name: 'thread' }),
  ];
  let sent = 0;
  const operations: ((deadline: number) => Operation)[] = [
    (deadline) => (k) => acquireLock(k, lock, deadline),
    () => (k) => releaseLock(k, lock),
    (deadline) => (k) => acquireSemaphore(k, semaphore, deadline),
    () => (k) => releaseSemaphore(k, semaphore, 1),
    (deadline) => (k) => waitEvent(k, event, deadline),
    () => (k) => setEvent(k, event),
    () => (k) => clearEvent(k, event),
    (deadline) => (k) => getQueue(k, queue, deadline),
    (deadline) => (k) => receivePipe(k, pipe, 0, deadline),
    (deadline) => (k) => receivePipe(k, pipe, 1, deadline),
    (deadline) => (k) => waitChild(k, 0, deadline),
    ...Array.from({ length: 2 }, () => (deadline: number) => {
      const value = ++sent;
      return (k: Kernel) => putQueue(k, queue, writeMessage(k, String(value)), value, deadline);
    }),
    ...[0, 1].map((end) => (deadline: number) => {
      const value = ++sent;
      return (k: Kernel) => sendPipe(k, pipe, end, writeMessage(k, String(value)), value, deadline);
    }),
  ];

  const parked = new Map<SimulatedTask, Operation>();
  for (let step = 0; step < steps; step++) {
    machine.advance(1000);
    const able = tasks.filter(({ state }) => state === 'ready' || state === 'running');
    if (able.length === 0) break;
    const task = random.pick(able);
    const victim = random.pick(tasks.slice(1, 5));
    if (random.chance(1) && task !== main) task.exit(random.below(3));
    else if (random.chance(1) && victim !== task && victim.state === 'blocked') task.kill(victim);
    else {
      const operation = parked.get(task) ?? random.pick(operations)(task === main ? NO_WAIT : FOREVER);
      parked.delete(task);
      if (task.do(operation) === PARKED) parked.set(task, operation);
    }
    drain(machine, builder);
  }
  return { trace: builder.snapshot(), tasks, main, queue, semaphore };
}

/** Does what the recorder does, record by record. */
function drain({ words }: SimulatedMachine, builder: TraceBuilder): void {
  const head = words[RING_HEAD];
  for (let at = words[RING_TAIL]; at !== head; at++) {
    const start = RING + (at & RING_MASK) * RECORD_WORDS;
    builder.append(words.subarray(start, start + RECORD_WORDS));
  }
  words[RING_TAIL] = head;
}

function lastValue(model: TraceModel, name: string): number | undefined {
  const object = model.objects.find((info) => info.name === name)?.id;
  const series = model.series.find((candidate) => candidate.object === object);
  return series && seriesValueAt(series, model.endTime);
}

const runs = Array.from({ length: 40 }, (_, index) => randomRun(index + 1, 400));

describe('the model of what the kernel recorded', () => {
  it('has each task in the state that the kernel has it in, for the same reason', () => {
    for (const { trace, tasks } of runs) {
      const model = buildModel(trace);
      for (const task of tasks) {
        const last = model.intervals.get(task.tid)?.at(-1);
        if (['zombie', 'dead', 'free'].includes(task.state)) {
          expect(model.taskByTid.get(task.tid)?.endedAt).toBeDefined();
          continue;
        }
        expect(last).toMatchObject({ state: task.state, open: true });
        if (task.state === 'blocked') expect(last?.reason).toBe(task.blockReason);
      }
    }
  });

  it('counts what the kernel counts', () => {
    for (const { trace, main, queue, semaphore } of runs) {
      const model = buildModel(trace);
      expect(lastValue(model, 'queue')).toBe(queueCount(main.kernel, queue));
      expect(lastValue(model, 'semaphore')).toBe(semaphoreValue(main.kernel, semaphore));
    }
  });

  it('links each message that was taken with the one that was given', () => {
    let messages = 0;
    for (const { trace } of runs) {
      const links = buildModel(trace).links.filter(({ kind }) => kind === 'message');
      const taken = [...trace.kind.keys()].filter(
        (event) => trace.kind[event] === EventKindCode.get || trace.kind[event] === EventKindCode.receive,
      );
      expect(links.map(({ toEvent }) => toEvent)).toEqual(taken);
      for (const { fromEvent, toEvent } of links)
        expect(eventValue(trace, fromEvent)).toBe(eventValue(trace, toEvent));
      messages += links.length;
    }
    expect(messages).toBeGreaterThan(500);
  });

  it('links each lock that a woken task got with the release that woke it', () => {
    let handOvers = 0;
    for (const { trace } of runs) {
      const model = buildModel(trace);
      const links = model.links.filter(
        ({ kind, object }) => kind === 'hand-over' && model.objectById.get(object)?.type === 'lock',
      );
      for (const { fromEvent, toEvent, from, to, object } of links) {
        expect(trace.kind[fromEvent]).toBe(EventKindCode.release);
        expect(trace.kind[toEvent]).toBe(EventKindCode.acquire);
        const wokenBetween = trace.kind.some(
          (kind, event) =>
            event > fromEvent &&
            event < toEvent &&
            kind === EventKindCode['task-ready'] &&
            trace.task[event] === to &&
            trace.object[event] === object,
        );
        expect(wokenBetween).toBe(true);
        expect(trace.object[fromEvent]).toBe(object);
        expect(trace.task[fromEvent]).toBe(from);
      }
      handOvers += links.length;
    }
    expect(handOvers).toBeGreaterThan(50);
  });

  it('survives being written to a file and read again', () => {
    for (const { trace } of runs) expect(readTrace(writeTrace(trace)).trace).toEqual(trace);
  });
});
