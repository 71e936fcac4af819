import { describe, expect, it } from 'vitest';
import { DONE } from '../protocol/errno';
import { Signal, StartMethodCode } from '../protocol/words';
import { getAlarm, setAlarm, Timer } from './alarms';
import { cpuTimeOfCurrent } from './cpu-time';
import { realTime } from './sched/real-time';
import { SimulatedMachine } from './test-support/simulated-machine';
import { STEPS_ONLY, VirtualMachine, type Script } from './test-support/virtual-machine';

const { SIGPROF, SIGVTALRM } = Signal;
const seconds = (nanoseconds: number): number => nanoseconds / 1e9;

describe('the time for which a process has had CPUs', () => {
  it('is what its tasks have done, not what they have waited for', () => {
    const seen: number[][] = [];
    const look = (k: Parameters<typeof cpuTimeOfCurrent>[0]): number => {
      seen.push([k.scheduler.now(k), cpuTimeOfCurrent(k, false), cpuTimeOfCurrent(k, true)]);
      return DONE;
    };
    const script: Script = function* (task) {
      yield* task.gil();
      const other = yield* task.thread('other', function* () {
        yield 30;
      });
      yield 50;
      yield* task.sleep(100);
      yield look;
      yield* task.join(other);
    };
    new VirtualMachine({ ...STEPS_ONLY, cpus: 1, policy: 'fifo' }).run(script);
    expect(seen).toEqual([[150, 80, 50]]);
  });

  it('rings timers: a process without a handler ends by them at that very step', () => {
    for (const [timer, signal] of [[Timer.Virtual, SIGVTALRM], [Timer.Profile, SIGPROF]] as const) {
      const left: number[] = [];
      const timed: Script = function* (task) {
        yield (k) => setAlarm(k, seconds(100_000), 0, timer);
        yield 60_000;
        yield* task.sleep(1_000_000);
        yield (k) => {
          left.push(Math.round(k.number * 1e9));
          return getAlarm(k, timer);
        };
        yield (k) => {
          left.push(Math.round(k.number * 1e9));
          return DONE;
        };
        yield 10_000_000;
      };
      const events = new VirtualMachine({ ...STEPS_ONLY, cpus: 2, policy: 'fifo' }).run(function* (task) {
        const child = yield* task.process('timed', timed, StartMethodCode.fork);
        yield* task.join(child);
      });
      const exits = events.filter(({ kind }) => kind === 'task-exit').map(({ time, other }) => [time, other]);
      expect(exits).toEqual([[1_100_000, -signal], [1_100_000, 0]]);
      expect(left).toEqual([0, 40_000]);
    }
  });

  it('is counted in real time while a timer goes, and stands while the worker waits', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    machine.advance(1e9);
    main.do((k) => setAlarm(k, 2, 0, Timer.Profile));
    machine.advance(1.5e9);
    main.do((k) => getAlarm(k, Timer.Profile));
    expect(main.kernel.number).toBeCloseTo(0.5);
    const { kernel } = main;
    kernel.lock();
    realTime.stopRunning(kernel, kernel.current);
    machine.advance(5e9);
    kernel.unlock();
    main.do((k) => getAlarm(k, Timer.Profile));
    expect(kernel.number).toBeCloseTo(0.5);
  });
});
