import { describe, expect, it } from 'vitest';
import { DONE, ETIMEDOUT } from '../../protocol/errno';
import { DEFAULT_COSTS, type VirtualSettings } from '../../protocol/program';
import { END_REASONS, FINDING_KINDS, ObjectTypeCode, StartMethodCode } from '../../protocol/words';
import { giveInput, readInput } from '../console';
import { openHandle } from '../handles';
import { createQueue, getQueue, putQueue } from '../ipc/queue';
import { bindSocket, createSocket, listenSocket } from '../ipc/socket';
import { LOOPBACK_HOST } from '../ipc/socket-address';
import { acceptSocket, connectSocket } from '../ipc/socket-connect';
import { SocketFamily, SocketKind } from '../ipc/socket-words';
import { acquireLock, createLock, releaseLock } from '../sync/lock';
import { STEPS_ONLY, VirtualMachine, drawCpus, findingsOf, turnsOf, type Script } from '../test-support/virtual-machine';
import { writeMessage } from '../test-support/messages';
import { endRun, exitTask } from '../task';
import { FOREVER } from '../wait-queue';

const work = (steps: number): Script => function* () {
  yield steps;
};

/** A process that has others work beside it and waits for them. */
const together = (kind: 'process' | 'thread', ...scripts: Script[]): Script => function* (task) {
  const children = [];
  for (const [index, script] of scripts.entries()) children.push(yield* task[kind]('abcdef'[index], script));
  for (const child of children) yield* task.join(child);
};

function draw(settings: VirtualSettings, unit: number, script: Script): string[] {
  return drawCpus(new VirtualMachine({ ...STEPS_ONLY, ...settings }).run(script), unit);
}

const quantum = (nanoseconds: number): number => nanoseconds / 1e6;

describe('virtual CPUs', () => {
  it('run as many tasks beside each other as there are', () => {
    const three = together('process', work(30), work(20), work(20));
    expect(draw({ cpus: 1, policy: 'fifo' }, 10, three)).toEqual(['aaabbcc']);
    expect(draw({ cpus: 2, policy: 'fifo' }, 10, three)).toEqual(['bbcc', 'aaa.']);
    expect(draw({ cpus: 3, policy: 'fifo' }, 10, three)).toEqual(['cc.', 'aaa', 'bb.']);
  });

  it('take turns of a quantum under round robin', () => {
    const settings: VirtualSettings = { cpus: 1, policy: 'round-robin', quantum: quantum(20) };
    expect(draw(settings, 10, together('process', work(50), work(30)))).toEqual(['aabbaaba']);
  });

  it('begin a new quantum when another comes to wait', () => {
    const settings: VirtualSettings = { cpus: 1, policy: 'round-robin', quantum: quantum(30) };
    const script: Script = function* (task) {
      const child = yield* task.process('a', function* (a) {
        yield* a.sleep(40);
        yield 10;
      });
      yield* task.sleep(1);
      yield 90;
      yield* task.join(child);
    };
    // The sleeper is ready at 40; main, which had the CPU to itself since 1, keeps it for a whole quantum from there.
    expect(draw(settings, 10, script)).toEqual(['.mmmmmmammm']);
  });

  it('go to the more important task at once under priorities', () => {
    const script = together('process', work(60), function* (b) {
      yield* b.sleep(20);
      yield 20;
    });
    expect(draw({ cpus: 1, policy: 'priority', priorities: ['main', 'b', 'a'] }, 10, script)).toEqual(['aabbaaaa']);
    expect(draw({ cpus: 1, policy: 'priority', priorities: ['main', 'a', 'b'] }, 10, script)).toEqual(['aaaaaa..bb']);
    // Without names the older goes first: b begins its sleep when a has ended.
    expect(draw({ cpus: 1, policy: 'priority' }, 10, script)).toEqual(['aaaaaa..bb']);
  });

  it('execute operations in the order of their times, whichever CPU they are on', () => {
    const machine = new VirtualMachine({ ...STEPS_ONLY, cpus: 2, policy: 'fifo' });
    let queue = 0;
    const put = (name: string, first: number, then: number): Script => function* () {
      yield first;
      for (let i = 0; i < 3; i++) {
        yield (k) => putQueue(k, queue, writeMessage(k, name), name, FOREVER);
        yield then;
      }
    };
    const events = machine.run(function* (task) {
      queue = yield (k) => createQueue(k, ObjectTypeCode.queue, 0, 'q');
      yield* together('process', put('a', 1, 30), put('b', 20, 5))(task);
    });
    const puts = events.filter(({ kind }) => kind === 'put').map(({ value, time }) => `${value}@${time}`);
    expect(puts).toEqual(['a@1', 'b@20', 'b@25', 'b@30', 'a@31', 'a@61']);
  });
});

describe('the virtual clock', () => {
  it('goes to the end of a sleep when nothing else is to be done', () => {
    const machine = new VirtualMachine({});
    machine.run(function* (task) {
      yield* task.sleep(3e9);
    });
    expect(machine.ended).toBe(true);
    expect(machine.now).toBeGreaterThanOrEqual(3e9);
    expect(machine.now).toBeLessThan(3.001e9);
  });

  it('ends a wait in time beside a task that never waits', () => {
    const machine = new VirtualMachine({ ...STEPS_ONLY, cpus: 2 });
    const events = machine.run(function* (task) {
      const spinner = yield* task.process('s', work(1000));
      const queue = yield (k) => createQueue(k, ObjectTypeCode.queue, 0, 'q');
      expect(yield (k) => getQueue(k, queue, 500)).toBe(ETIMEDOUT);
      yield* task.join(spinner);
    });
    expect(events.find(({ kind, detail, task }) => kind === 'task-ready' && detail === 2 && task === 2)?.time).toBe(500);
  });

  it('charges what the cost model says', () => {
    const costs = {
      step: 3, kernelCall: 10, contextSwitch: 100, wakeUp: 1_000, threadStart: 10_000, fork: 50_000, spawn: 100_000,
    };
    const machine = new VirtualMachine({ costs, cpus: 2, policy: 'fifo' });
    const events = machine.run(function* (task) {
      const thread = yield* task.thread('t', work(1));
      const fork = yield* task.process('f', work(1), StartMethodCode.fork);
      const spawn = yield* task.process('s', work(1));
      for (const child of [thread, fork, spawn]) yield* task.join(child);
    });
    const starts = turnsOf(events).map(({ tid, from }) => `${tid}@${from}`);
    // main 2: switch 100, call 10. Starting a thread (at 110) and a fork are paid by main before its next call; a
    // forked process is ready then.
    expect(starts.slice(0, 3)).toEqual(['2@0', '3@110', '4@60120']);
    // The second start, at 110 + 10,000 + 10; the third at 10,120 + 50,000 + 10, whose process is ready 100,000 later.
    expect(starts.find((start) => start.startsWith('5@'))).toBe('5@160130');
    expect(DEFAULT_COSTS.spawn).toBeGreaterThan(DEFAULT_COSTS.fork);
  });

  it('never goes back', () => {
    for (const policy of ['fifo', 'round-robin', 'priority', 'random', 'pct'] as const) {
      for (const cpus of [1, 2, 3, 8]) {
        const events = new VirtualMachine({ policy, cpus, quantum: quantum(3_000), seed: 5 }).run(
          together('thread', work(100), work(300), function* (task) {
            yield* task.sleep(2_000.5);
            yield* together('process', work(5), work(7))(task);
          }),
        );
        const times = events.map(({ time }) => time);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.every((time) => Number.isInteger(time))).toBe(true);
      }
    }
  });

  it('goes on while a task waits for the reader only as far as others have something to do now', () => {
    const machine = new VirtualMachine({ ...STEPS_ONLY, cpus: 2, policy: 'fifo' });
    let length = 0;
    const script: Script = function* (task) {
      const other = yield* task.process('o', function* (o) {
        yield 100;
        yield* o.sleep(50);
      });
      yield 40;
      yield (k) => {
        const outcome = readInput(k, FOREVER);
        length = k.result;
        return outcome;
      };
      yield* task.join(other);
    };
    machine.run(script);
    expect([machine.now, machine.ended]).toEqual([100, false]);
    machine.page.lock();
    giveInput(machine.page, new TextEncoder().encode('yes\n'));
    machine.page.unlock();
    machine.goOn();
    expect([machine.now, machine.ended, length]).toEqual([150, true, 4]);
  });

  it('stands while a server waits for a client whom the reader may be', () => {
    const serve = (patience: number): Script => function* () {
      let socket = 0;
      yield (k) => (socket = createSocket(k, SocketFamily.Internet, SocketKind.Stream));
      yield (k) => openHandle(k, socket, 0, 3);
      yield (k) => bindSocket(k, socket, { host: LOOPBACK_HOST, port: 80, path: undefined });
      yield (k) => listenSocket(k, socket, 5);
      for (let accepted = ETIMEDOUT; accepted === ETIMEDOUT; ) {
        let until = -1;
        accepted = yield (k) => acceptSocket(k, socket, 4, until < 0 ? (until = k.scheduler.now(k) + patience) : until);
      }
    };
    const client: Script = function* () {
      let socket = 0;
      yield (k) => (socket = createSocket(k, SocketFamily.Internet, SocketKind.Stream));
      yield (k) => openHandle(k, socket, 0, 3);
      yield (k) => connectSocket(k, socket, { host: LOOPBACK_HOST, port: 80, path: undefined }, FOREVER);
    };
    const sleeper = (patience: number): Script => function* (task) {
      yield* task.process('server', serve(patience));
      yield* task.sleep(700);
    };
    for (const [script, stands] of [
      [serve(Infinity), 0], [sleeper(Infinity), 700], [sleeper(100), 2_700],
    ] as const) {
      const machine = new VirtualMachine({ ...STEPS_ONLY, readerMayConnect: true });
      machine.run(script);
      expect([machine.now, machine.ended]).toEqual([stands, false]);
      machine.start(machine.page, 'reader', StartMethodCode.initial, true, client);
      machine.goOn();
      expect([machine.now, machine.ended]).toEqual([stands, true]);
    }
    const alone = new VirtualMachine(STEPS_ONLY);
    const found = alone.run(serve(Infinity)).find(({ kind }) => kind === 'finding')!;
    expect([FINDING_KINDS[found.detail], found.value]).toEqual(['asleep for ever', '{"reason":"accept"}']);
  });
});

describe('the GIL on two virtual CPUs', () => {
  /** Share of the CPUs' time in which they work, in percent. */
  const share = (script: Script): number => {
    const machine = new VirtualMachine({ cpus: 2 });
    const used = turnsOf(machine.run(script)).reduce((sum, { from, to }) => sum + to - from, 0);
    return Math.round((used / (2 * machine.now)) * 100);
  };
  const withGil = (script: Script): Script => function* (task) {
    yield* task.gil();
    yield* script(task);
  };
  // A second of virtual time each.
  const count = work(10_000_000);

  it('lets one thread use half of them, two threads half, two processes all', () => {
    expect(share(withGil(together('thread', count)))).toBe(50);
    expect(share(withGil(together('thread', count, count)))).toBe(50);
    // All but the 20 ms in which the two processes start.
    expect(share(withGil(together('process', withGil(count), withGil(count))))).toBe(98);
  });

  it('is not held in a wait, so that two downloads overlap', () => {
    const machine = new VirtualMachine({ cpus: 2 });
    const download: Script = function* (task) {
      yield* task.sleep(1e9);
      yield 100;
    };
    machine.run(withGil(together('thread', download, download)));
    expect(machine.now).toBeLessThan(1.01e9);
  });

  it('goes to the next thread when a quantum is over', () => {
    const settings: VirtualSettings = { cpus: 2, quantum: quantum(20) };
    expect(draw(settings, 10, withGil(together('thread', work(40), work(40))))).toEqual(['aabbaabb']);
  });
});

describe('runs that end themselves', () => {
  const finish = (script: Script, settings: VirtualSettings = {}) => {
    const machine = new VirtualMachine({ ...STEPS_ONLY, ...settings });
    const events = machine.run(script);
    const end = events.at(-1)!;
    const kinds = events.filter(({ kind }) => kind === 'finding').map(({ detail }) => FINDING_KINDS[detail]);
    return { findings: findingsOf(events), kinds, reason: END_REASONS[end.detail], events };
  };
  const newLock = (name: string) => (k: Parameters<typeof createLock>[0]) => createLock(k, ObjectTypeCode.lock, name);

  it('say of a deadlock who waits for what, who has it, and where', () => {
    const { findings, kinds, reason, events } = finish(function* (task) {
      const a = yield newLock('a');
      const b = yield newLock('b');
      const take = (first: number, second: number): Script => function* () {
        yield (k) => acquireLock(k, first, FOREVER);
        yield 10;
        yield (k) => acquireLock(k, second, FOREVER);
      };
      const one = yield* task.thread('one', take(a, b));
      const two = yield* task.thread('two', take(b, a));
      for (const child of [one, two]) yield* task.join(child);
    });
    expect(findings).toEqual(['{"reason":"join"}', '{"reason":"lock"}', '{"reason":"lock"}']);
    expect(kinds).toEqual(['asleep for ever', 'deadlock', 'deadlock']);
    expect(reason).toBe('stuck');
    const [, one] = events.filter(({ kind }) => kind === 'finding');
    const second = events.find(({ kind, value }) => kind === 'object-new' && value === 'b')!.object;
    expect([one.task, one.other, one.object, one.place]).toEqual([3, 4, second, 3]);
  });

  it('say that a lock was never given back by one that has ended', () => {
    const { findings, kinds, events } = finish(function* (task) {
      const lock = yield newLock('a');
      const child = yield* task.thread('t', function* () {
        yield (k) => acquireLock(k, lock, FOREVER);
      });
      yield* task.join(child);
      yield (k) => acquireLock(k, lock, FOREVER);
    });
    expect([findings, kinds]).toEqual([['{"reason":"lock"}'], ['lock held by the dead']]);
    expect(events.find(({ kind }) => kind === 'finding')).toMatchObject({ task: 2, other: 3 });
  });

  it('do not take a wait with a deadline, or one that another can end, for ever', () => {
    const { findings, reason } = finish(function* (task) {
      const lock = yield newLock('a');
      yield (k) => acquireLock(k, lock, FOREVER);
      const child = yield* task.thread('t', function* () {
        expect(yield (k) => acquireLock(k, lock, 100)).toBe(ETIMEDOUT);
        expect(yield (k) => acquireLock(k, lock, FOREVER)).toBe(DONE);
      });
      yield 200;
      yield (k) => releaseLock(k, lock);
      yield* task.join(child);
    });
    expect([findings, reason]).toEqual([[], 'finished']);
  });

  it('stop a program that never ends after a stated number of steps, and say where', () => {
    const spin: Script = function* () {
      yield 5;
      for (;;) yield 1_000;
    };
    const { findings, reason, events } = finish(spin, { stepLimit: 10_000 });
    expect(findings).toEqual(['{"steps":10001,"operations":0}']);
    expect(reason).toBe('step limit');
    expect(events.find(({ kind }) => kind === 'finding')!.place).toBeGreaterThan(0);
  });

  it('stop one that calls the kernel for ever', () => {
    const { findings } = finish(function* (task) {
      for (;;) yield* task.sleep(1e9);
    }, { operationLimit: 500 });
    expect(findings).toEqual(['{"steps":501,"operations":501}']);
  });

  it('are over when the page stops them, whoever executes', () => {
    const machine = new VirtualMachine({});
    machine.run(function* (task) {
      yield* task.process('a', work(1_000));
      yield (k) => {
        endRun(k, 1);
        return DONE;
      };
    });
    expect(machine.ended).toBe(true);
  });

  it('go on when the task that executes ends itself', () => {
    const { reason } = finish(function* (task) {
      const child = yield* task.process('c', function* () {
        yield (k) => exitTask(k, 3, '');
      });
      yield* task.join(child);
    });
    expect(reason).toBe('finished');
  });
});
