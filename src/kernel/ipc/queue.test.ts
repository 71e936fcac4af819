import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, EMSGSIZE, EOVERFLOW, ETIMEDOUT, PARKED } from '../../protocol/errno';
import { ObjectTypeCode, Signal } from '../../protocol/words';
import { joinTask, killProcess } from '../task';
import { MAX_MESSAGE_BYTES, PAGE_BYTES } from '../layout';
import { readBytes, readMessage, sameBytes, writeMessage } from '../test-support/messages';
import { Random } from '../test-support/random';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { freeBytes } from '../page-allocator';
import { createQueue, getQueue, joinQueue, putQueue, queueCapacity, queueCount, queueTaskDone, takeQueue } from './queue';

function machineWithQueue(capacity: number, type: 'queue' | 'joinable queue' | 'simple queue' = 'queue') {
  const machine = new SimulatedMachine({ bytes: 32 << 20 });
  const main = machine.boot();
  const tasks = Array.from({ length: 4 }, () => main.start());
  const at = main.do((k) => createQueue(k, ObjectTypeCode[type], capacity, 'q'));
  const put = (task: SimulatedTask, content: string | Uint8Array, deadline = FOREVER): number =>
    task.do((k) => putQueue(k, at, writeMessage(k, content), typeof content === 'string' ? content : content.length, deadline));
  const get = (task: SimulatedTask, deadline = FOREVER): number => task.do((k) => getQueue(k, at, deadline));
  /** What a get that does not wait gives. */
  const got = (task: SimulatedTask): string => {
    expect(get(task)).toBe(DONE);
    return readMessage(task.kernel, task.kernel.result);
  };
  const taskDone = (task: SimulatedTask): number => task.do((k) => queueTaskDone(k, at));
  const join = (task: SimulatedTask, deadline = FOREVER): number => task.do((k) => joinQueue(k, at, deadline));
  return { machine, main, tasks, at, put, get, got, taskDone, join, count: () => queueCount(machine.page, at) };
}

describe('queue', () => {
  it('gives messages in the order in which they were put, of any size', () => {
    const { tasks: [a, b], put, get } = machineWithQueue(0);
    const random = new Random(1);
    const messages = [0, 1, 3, 4, 120, 124, 125, 4000, 4096, 200 << 10, 2, 1 << 20].map((size) => random.bytes(size));
    for (const message of messages) expect(put(a, message)).toBe(DONE);
    for (const message of messages) {
      expect(get(b)).toBe(DONE);
      expect(sameBytes(readBytes(b.kernel, b.kernel.result), message)).toBe(true);
    }
  });

  it.each([1, 2, 3, 4])('leaves a message where it lies until its taker goes on or is ended, and loses no page (seed %i)', (seed) => {
    const { machine, main, at, put } = machineWithQueue(0);
    const random = new Random(seed);
    const free = freeBytes(machine.words);
    const inQueue: Uint8Array[] = [];
    const takers: { task: SimulatedTask; holds?: { from: number; message: Uint8Array } }[] = [];
    const intact = ({ task, holds }: (typeof takers)[number]): boolean =>
      holds === undefined || sameBytes(task.kernel.bytes.subarray(holds.from, holds.from + holds.message.length), holds.message);
    for (let step = 0; step < 4000; step++) {
      // A queue that runs empty keeps its page; one that does not goes from page to page.
      if (random.chance(step % 1000 < 500 ? 45 : 55)) {
        inQueue.push(random.bytes(random.chance(70) ? 130 + random.below(1240) : random.below(9000)));
        put(main, inQueue.at(-1)!);
      } else if (takers.length < 4) {
        takers.push({ task: main.start() });
      } else if (random.chance(10)) {
        const [{ task }] = takers.splice(random.below(takers.length), 1);
        main.do((k) => killProcess(k, task.address, task.tid, Signal.SIGKILL));
        main.do((k) => joinTask(k, task.address, task.tid, FOREVER));
        machine.freeEndedWorkers();
      } else if (inQueue.length > 0) {
        const taker = takers[random.below(takers.length)];
        taker.holds = undefined;
        expect(taker.task.do((k) => takeQueue(k, at, NO_WAIT))).toBe(DONE);
        const { kernel } = taker.task;
        const message = inQueue.shift()!;
        expect(kernel.result).toBe(message.length + 4);
        if (kernel.messageAt === 0) expect(sameBytes(readBytes(kernel, kernel.result), message)).toBe(true);
        else taker.holds = { from: kernel.messageAt + 4, message };
        // There the engine copies word by word.
        expect(kernel.messageAt % 8).toBe(0);
      }
      expect(takers.every(intact)).toBe(true);
    }
    for (const { task } of takers) main.do((k) => killProcess(k, task.address, task.tid, Signal.SIGKILL));
    while (queueCount(machine.page, at) > 0) expect(main.do((k) => getQueue(k, at, NO_WAIT))).toBe(DONE);
    expect(freeBytes(machine.words)).toBe(free - PAGE_BYTES);
  });

  it('has the getter wait while it is empty and the putter while it is full', () => {
    const { machine, tasks: [a, b], put, get, got, at, count } = machineWithQueue(2);
    expect(queueCapacity(machine.page, at)).toBe(2);
    expect(get(b)).toBe(PARKED);
    expect(b.blockReason).toBe('queue empty');
    put(a, 'one');
    expect(got(b)).toBe('one');
    put(a, 'two');
    put(a, 'three');
    expect(put(a, 'four')).toBe(PARKED);
    expect(a.blockReason).toBe('queue full');
    expect(count()).toBe(2);
    expect(got(b)).toBe('two');
    expect(put(a, 'four')).toBe(DONE);
    expect([got(b), got(b)]).toEqual(['three', 'four']);
  });

  it('serves getters and putters in the order in which they came', () => {
    const { tasks: [a, b, c, d], put, get, got } = machineWithQueue(1);
    get(a);
    get(b);
    put(c, 'first');
    expect([a.state, b.state]).toEqual(['ready', 'blocked']);
    expect(got(a)).toBe('first');
    put(c, 'second');
    expect(got(b)).toBe('second');
    put(c, 'third');
    expect([put(d, 'fourth'), put(a, 'fifth')]).toEqual([PARKED, PARKED]);
    got(b);
    expect([d.state, a.state]).toEqual(['ready', 'blocked']);
  });

  it('does not wait where one may not, and gives up at the deadline', () => {
    const { machine, tasks: [a, b], put, get } = machineWithQueue(1);
    expect(get(a, NO_WAIT)).toBe(EAGAIN);
    expect(get(a, 50)).toBe(PARKED);
    machine.advance(50);
    expect(get(a, 50)).toBe(ETIMEDOUT);
    put(b, 'one');
    expect(put(b, 'two', NO_WAIT)).toBe(EAGAIN);
    expect(put(b, 'two', 100)).toBe(PARKED);
    machine.advance(50);
    expect(put(b, 'two', 100)).toBe(ETIMEDOUT);
    expect(get(a, NO_WAIT)).toBe(DONE);
  });

  it('loses no message with a getter that is killed after its wake-up', () => {
    const { main, tasks: [a, b, c], put, get, got } = machineWithQueue(0);
    get(a);
    get(b);
    put(c, 'for somebody');
    main.kill(a);
    expect(got(b)).toBe('for somebody');
  });

  it('refuses a message over the limit, and takes one of just that size', () => {
    const { tasks: [a, b], put, get } = machineWithQueue(0);
    expect(put(a, new Uint8Array(MAX_MESSAGE_BYTES - 3))).toBe(EMSGSIZE);
    expect(put(a, new Uint8Array(MAX_MESSAGE_BYTES - 4))).toBe(DONE);
    expect([get(b), b.kernel.result]).toEqual([DONE, MAX_MESSAGE_BYTES]);
  });

  it('records what was put and got, by whom, and how many are in it', () => {
    const { machine, tasks: [a, b], put, got } = machineWithQueue(0);
    machine.events();
    put(a, 'x');
    put(a, 'y');
    got(b);
    const events = machine.events().filter(({ kind }) => kind === 'put' || kind === 'get');
    expect(events.map(({ kind, task, other, value }) => [kind, task, other, value])).toEqual([
      ['put', a.tid, 1, 'x'], ['put', a.tid, 2, 'y'], ['get', b.tid, 1, 'x'],
    ]);
  });
});

describe('joinable queue', () => {
  it('holds who joins until every message is reported done', () => {
    const { tasks: [a, b, c], put, get, taskDone, join } = machineWithQueue(0, 'joinable queue');
    expect(join(a)).toBe(DONE);
    put(c, '1');
    put(c, '2');
    expect([join(a), join(b)]).toEqual([PARKED, PARKED]);
    expect(a.blockReason).toBe('unfinished');
    get(c);
    get(c);
    expect(a.state).toBe('blocked');
    taskDone(c);
    expect(a.state).toBe('blocked');
    taskDone(c);
    expect([join(a), join(b)]).toEqual([DONE, DONE]);
  });

  it('is told of no more done than were put', () => {
    const { tasks: [a], put, taskDone } = machineWithQueue(0, 'joinable queue');
    expect(taskDone(a)).toBe(EOVERFLOW);
    put(a, '1');
    expect([taskDone(a), taskDone(a)]).toEqual([DONE, EOVERFLOW]);
  });

  it('is joined again when more was put before the joiner looked', () => {
    const { machine, tasks: [a, b], put, taskDone, join } = machineWithQueue(0, 'joinable queue');
    put(b, '1');
    join(a, 100);
    taskDone(b);
    put(b, '2');
    expect(join(a, 100)).toBe(PARKED);
    machine.advance(100);
    expect(join(a, 100)).toBe(ETIMEDOUT);
  });
});
