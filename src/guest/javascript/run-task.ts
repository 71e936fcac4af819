import { STDERR, writeOutput } from '../../kernel/console';
import { sleepForEver } from '../../kernel/futex';
import {
  GRAVE,
  TASK_FLAGS,
  TASK_METHOD,
  TASK_PARENT,
  TASK_PID,
  TASK_TID,
  TaskFlag,
} from '../../kernel/layout';
import { exitTask, joinTask, killProcess } from '../../kernel/task';
import { sleepUntil } from '../../kernel/time';
import type { Tid } from '../../protocol/ids';
import { Signal, START_METHODS } from '../../protocol/words';
import { identity } from './api/identity';
import { offer } from './api/offered';
import { tasks } from './api/process';
import { reportOf, summaryOf } from './report';
import { blocking, k } from './runtime';

/** Runs what the task is there for, and ends it. A promise that it answers is waited for. */
export function runTask(action: () => unknown): void {
  try {
    const result = action();
    if (result instanceof Promise) {
      result.then(() => endTask(0, ''), failTask);
      k.whenIdle(sleepForGood);
    } else endTask(0, '');
  } catch (error) {
    failTask(error);
  }
}

/**
 * The task's promise has not settled though nothing is left that could settle it. In virtual time no other
 * task would execute while this one seems to.
 */
function sleepForGood(): void {
  blocking(() => sleepUntil(k, Infinity));
}

/** Ends the task as `exit(status)` does. */
export function exit(status = 0): never {
  if (!Number.isInteger(status)) {
    throw new TypeError(`invalid status: ${String(status)} is not a whole number`);
  }
  endTask(status & 0xff, '');
  return sleepForEver(k.words, GRAVE);
}

/** Ends the task with the report of an error that nobody caught. */
export function failTask(error: unknown): void {
  const report = reportOf(error);
  const heading = isProcess() ? `Process ${identity.name}:` : `Thread ${identity.name}:`;
  const isFirst = START_METHODS[k.words[k.current + TASK_METHOD]] === 'initial';
  writeOutput(k, STDERR, isFirst ? `${report}\n` : `${heading}\n${report}\n`);
  endTask(1, summaryOf(error));
}

function endTask(status: number, why: string): void {
  if (isProcess()) settleProcess();
  exitTask(k, status, why);
}

/**
 * What a process does before it ends, as Python's does: waits for its threads that are no daemons, ends its
 * children that are, and waits for the others.
 */
function settleProcess(): void {
  const { words } = k;
  const pid = words[k.current + TASK_PID];
  const isChild = (task: number): boolean => words[task + TASK_PARENT] === pid && has(task, TaskFlag.Process);
  joinAll((task) => words[task + TASK_PID] === pid && task !== k.current && !has(task, TaskFlag.Daemon));
  for (const child of tasks((task) => isChild(task) && has(task, TaskFlag.Daemon))) {
    killProcess(k, child, words[child + TASK_TID], Signal.SIGTERM);
  }
  joinAll(isChild);
}

/** Waits until no task that is `wanted` is left; while it waits for one, another may be started. */
function joinAll(wanted: (task: number) => boolean): void {
  for (;;) {
    const [task] = tasks(wanted);
    if (task === undefined) return;
    const tid = k.words[task + TASK_TID] as Tid;
    blocking(() => joinTask(k, task, tid, Infinity));
  }
}

function has(task: number, flag: number): boolean {
  return (k.words[task + TASK_FLAGS] & flag) !== 0;
}

function isProcess(): boolean {
  return has(k.current, TaskFlag.Process);
}

offer({ exit });
