import { describe, expect, it } from 'vitest';
import { DONE, ECHILD, EINTR, ESRCH, ETIMEDOUT, PARKED } from '../protocol/errno';
import { Signal, SignalActionCode, StartMethodCode } from '../protocol/words';
import { expireAlarm, setAlarm } from './alarms';
import type { Kernel } from './kernel';
import { LIVE_TASKS, TASK_CHILD_WAITERS, TASK_STATUS } from './layout';
import { awaitSignal, maskOf, pauseForSignal, setSignalAction, takeSignals } from './signals';
import { killPid, setSignalMask, waitChild } from './task';
import { SimulatedMachine, type SimulatedTask } from './test-support/simulated-machine';
import { sleepUntil } from './time';

const { SIGALRM, SIGCHLD, SIGINT, SIGKILL, SIGSTOP, SIGCONT, SIGTERM, SIGUSR1 } = Signal;
const SECOND = 1e9;

/** An operation of a task; it is attempted until it answers neither PARKED nor EINTR. */
type Step = (k: Kernel, now: number) => number;

/** A process and what it still does; then it ends. */
interface Actor {
  readonly task: SimulatedTask;
  readonly steps: Step[];
  deadline: number;
}

const act = (signal: number, action: keyof typeof SignalActionCode): Step => (k) => setSignalAction(k, signal, SignalActionCode[action]);
const isRunnable = ({ task }: Actor): boolean => task.state === 'ready' || task.state === 'running';
const isOver = ({ task }: Actor): boolean => task.state === 'zombie' || task.state === 'dead';

/**
 * A parent that collects by SIGCHLD, a child that waits for a signal and then for its own child, and that one, which sends it,
 * rings an alarm and pauses. `disturb` is called before each step; answers what each ended with.
 */
function play(disturb: (step: number, actors: readonly Actor[]) => void): { statuses: number[]; steps: number } {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const child = main.start({ method: StartMethodCode.fork });
  const grandchild = child.start({ method: StartMethodCode.fork });
  const actors: Actor[] = [
    {
      task: main,
      deadline: 0,
      steps: [
        act(SIGCHLD, 'catch'), act(SIGINT, 'catch'),
        (k, now) => sleepUntil(k, now + 5 * SECOND),
        (k) => waitChild(k, 0, Infinity),
      ],
    },
    {
      task: child,
      deadline: 0,
      steps: [
        act(SIGINT, 'catch'),
        (k) => setSignalMask(k, maskOf(SIGUSR1)),
        (k, now) => awaitSignal(k, maskOf(SIGUSR1), now + 3 * SECOND),
        (k) => waitChild(k, 0, Infinity),
      ],
    },
    {
      task: grandchild,
      deadline: 0,
      steps: [
        act(SIGINT, 'catch'), act(SIGALRM, 'catch'),
        (k) => killPid(k, child.tid, SIGUSR1),
        (k) => setAlarm(k, 2, 0),
        (k) => (pauseForSignal(k) === PARKED ? PARKED : DONE),
      ],
    },
  ];
  let steps = 0;
  for (let idle = 0; idle < 20; ) {
    const actor = actors.filter(isRunnable)[steps % Math.max(1, actors.filter(isRunnable).length)];
    if (actor === undefined) {
      machine.advance(SECOND);
      actors.filter((other) => !isOver(other)).forEach(({ task }) => {
        task.kernel.setCurrent(task.address);
        expireAlarm(task.kernel, task.address, machine.time);
      });
      idle++;
      continue;
    }
    disturb(steps++, actors);
    if (!isRunnable(actor)) continue;
    const [step] = actor.steps;
    if (step === undefined) {
      actor.task.exit();
      continue;
    }
    actor.deadline ||= machine.time;
    const outcome = actor.task.do((k) => step(k, actor.deadline));
    if (isOver(actor)) continue;
    if (outcome === EINTR) actor.task.do((k) => takeSignals(k));
    if (outcome === PARKED || outcome === EINTR) continue;
    expect([DONE, ECHILD, ESRCH, ETIMEDOUT]).toContain(outcome);
    actor.steps.shift();
    actor.deadline = 0;
  }
  expect(machine.words[LIVE_TASKS]).toBe(0);
  for (const { task } of actors) expect(machine.waiting(task.address + TASK_CHILD_WAITERS)).toEqual([]);
  return { statuses: actors.map(({ task }) => machine.words[task.address + TASK_STATUS]), steps };
}

describe('processes that wait for signals and for each other', () => {
  const undisturbed = play(() => undefined);

  it('end by themselves', () => {
    expect(undisturbed.statuses).toEqual([0, 0, 0]);
    expect(undisturbed.steps).toBeGreaterThan(15);
  });

  const points = Array.from({ length: undisturbed.steps }, (_, step) => step);
  it.each([0, 1, 2])('end too where process %i is killed at any point, by any of the others or itself', (victim) => {
    for (const signal of [SIGKILL, SIGTERM]) {
      for (const point of points) {
        for (const killer of [0, 1, 2]) {
          const { statuses } = play((step, actors) => {
            const [by, of] = [actors[killer], actors[victim]];
            if (step === point && isRunnable(by) && !isOver(of)) by.task.do((k) => killPid(k, of.task.tid, signal));
          });
          expect([0, -signal]).toContain(statuses[victim]);
          expect(statuses.filter((status) => status !== 0).length).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  it.each([0, 1, 2])('do all that they do where process %i is interrupted, or stopped and continued, at any point', (victim) => {
    for (const point of points) {
      const { statuses } = play((step, actors) => {
        const by = actors.find(isRunnable);
        const of = actors[victim];
        if (by === undefined || isOver(of)) return;
        if (step === point) by.task.do((k) => killPid(k, of.task.tid, point % 2 === 0 ? SIGINT : SIGSTOP));
        if (step === point + 1) by.task.do((k) => killPid(k, of.task.tid, SIGCONT));
      });
      // An interruption may come before there is a handler for it.
      expect(statuses.every((status) => status === 0 || status === -SIGINT)).toBe(true);
    }
  });
});
