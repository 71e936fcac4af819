import type { Place, Tid } from '../../protocol/ids';
import { NO_PAUSE, PAUSE_CAUSES, PauseCauseCode, type PauseState, type StopWish, type TaskChoice } from '../../protocol/pause';
import { EventKindCode } from '../../protocol/trace-events';
import { PolicyCode, TaskStateCode } from '../../protocol/words';
import { wakeWord } from '../futex';
import type { Kernel } from '../kernel';
import {
  ANSWER, ASK_FROM, CPU_COUNT, CPU_SLICE_STEPS, CPU_SLICE_STEP_END, EVENT_HIT, EVENT_HIT_KIND, LAST_TIME, LINE_BREAKS, LINE_BREAK_COUNT, MAX_BREAKS, MAX_WORKERS, PAUSED,
  PAUSE_AT_STEP, PAUSE_AT_SWITCH, PAUSE_AT_TIME, PAUSE_TASK, PAUSE_TURNS, PAUSE_WISH, POLICY, REPLAY_LENGTH, REPLAY_NEXT,
  RING_HEAD, STEPS, TASK_CPU, TASK_PLACE, TASK_STATE, TASK_STOPPED_PLACE, TASK_TID, WORKER_TASK, WORKER_TELLS, cpuAddress, workerAddress,
} from '../layout';
import { lastHit, setEventBreaks } from './event-breaks';
import { readyBy } from './run-queue';
import { taskName } from './task-names';

/**
 * Stops the clock of a run between two steps, and asks the reader. While PAUSED is not 0 nobody is elected: the workers sleep,
 * no time passes, and nothing of it is in the trace. So a run that was paused is the run that was not. What the run stops for
 * is in the memory; the page writes it, with the kernel lock held, and whoever holds the election looks at it.
 */

const PAGE_PAUSE_BIT = 1;
/** Of PAUSE_AT_SWITCH: a task has been put on a CPU since the page asked for it. */
const SWITCHED = 2;

/** Of TASK_STOPPED_PLACE, where the task's guest says when it comes to a line: it is at none that it came to since the last look; it is. */
const BETWEEN_LINES = -1;
const AT_LINE = -2;

/** Whether the run stops here, where `task` would execute next; it is as far as the clock. Callers hold the kernel lock. */
export function pausesBefore(k: Kernel, task: number): boolean {
  const { words } = k;
  const cause = causeOf(k, task);
  words[task + TASK_STOPPED_PLACE] = words[task + TASK_STOPPED_PLACE] < 0 ? BETWEEN_LINES : words[task + TASK_PLACE];
  if (cause === NO_PAUSE) return false;
  standStill(k, cause, task);
  return true;
}

/**
 * Whether the run stands still because a task has begun to wait or ended at a breakpoint: before anything else happens, or the clock
 * goes on. Callers hold the kernel lock.
 */
export function pausesAfterEvent(k: Kernel): boolean {
  if (k.words[EVENT_HIT] === 0 || !leavesNobody(k.words[EVENT_HIT_KIND] & 0xff)) return false;
  standStill(k, PauseCauseCode.event, 0);
  return true;
}

/** Whether an event of this kind leaves its task without a turn, so that there is no more of it to be stopped. */
function leavesNobody(kind: number): boolean {
  return kind === EventKindCode['task-block'] || kind === EventKindCode['task-exit'] || kind === EventKindCode.finding;
}

/** What was wished for is done. */
function standStill(k: Kernel, cause: number, task: number): void {
  const { words, doubles } = k;
  words[PAUSE_WISH] = words[PAUSE_AT_SWITCH] = words[EVENT_HIT] = 0;
  doubles[PAUSE_AT_STEP >> 1] = doubles[PAUSE_AT_TIME >> 1] = Infinity;
  pause(k, cause, task);
}

function causeOf(k: Kernel, task: number): number {
  const { words, doubles } = k;
  if (words[PAUSE_WISH] === PAGE_PAUSE_BIT) return PauseCauseCode.wish;
  if (words[EVENT_HIT] !== 0) return PauseCauseCode.event;
  if (doubles[STEPS >> 1] >= doubles[PAUSE_AT_STEP >> 1]) return PauseCauseCode.step;
  if (words[PAUSE_AT_SWITCH] === SWITCHED) return PauseCauseCode.switch;
  if (doubles[LAST_TIME >> 1] >= doubles[PAUSE_AT_TIME >> 1]) return PauseCauseCode.time;
  return isAtBreak(k, task) ? PauseCauseCode.line : NO_PAUSE;
}

/** Whether the task has come to a line with a breakpoint since the last look. */
function isAtBreak(k: Kernel, task: number): boolean {
  const { words } = k;
  const place = words[task + TASK_PLACE];
  const stopped = words[task + TASK_STOPPED_PLACE];
  return stopped !== place && stopped !== BETWEEN_LINES && hasLineBreaks(k) && lineBreaks(k).includes(place);
}

/** Places at which the page has set breakpoints. */
export function lineBreaks({ words }: Kernel): Int32Array {
  return words.subarray(LINE_BREAKS, LINE_BREAKS + words[LINE_BREAK_COUNT]);
}

/** Whether the page has set breakpoints on lines. */
export function hasLineBreaks({ words }: Kernel): boolean {
  return words[LINE_BREAK_COUNT] > 0;
}

/**
 * The executing task has come to a line, which its guest says of each from here on; true where it has a breakpoint: then the task
 * settles, with the steps that it has done, and the run looks whether to stand still. Called without the lock.
 */
export function comesToLine(k: Kernel, place: Place): boolean {
  const { words, current } = k;
  const stops = lineBreaks(k).includes(place);
  words[current + TASK_STOPPED_PLACE] = stops ? AT_LINE : BETWEEN_LINES;
  if (stops) k.scheduler.reconsider(k);
  return stops;
}

/** Nobody executes until the page lets the run go on. `task` is the one that would, or 0. */
export function pause(k: Kernel, cause: number, task: number): void {
  k.words[PAUSE_TASK] = task;
  turn(k, cause);
}

function turn(k: Kernel, cause: number): void {
  const { words } = k;
  Atomics.store(words, PAUSED, cause);
  Atomics.add(words, PAUSE_TURNS, 1);
  wakeWord(words, PAUSE_TURNS, Infinity);
  // Those that sleep look at where the run stands, and sleep on.
  if (cause !== NO_PAUSE) k.toRing.push(...tellersOf(k).map(workerAddress));
}

/**
 * Called by a worker that is about to sleep: where the run stands its host is told, once for each stand. Without the lock, so that
 * it may be told by the number of the stand before; then the ring that comes with the new one has it told again.
 */
export function tellStand(k: Kernel): void {
  const { words } = k;
  if (Atomics.load(words, PAUSED) === NO_PAUSE || words[workerAddress(k.worker) + WORKER_TELLS] === 0) return;
  const turn = Atomics.load(words, PAUSE_TURNS);
  if (turn === k.standTold) return;
  k.standTold = turn;
  k.host.standsStill?.(turn);
}

/** Numbers of the workers that tell of this stand. Callers hold the kernel lock. */
export function tellersOf({ words }: Kernel): number[] {
  const tellers: number[] = [];
  for (let worker = 0; worker < MAX_WORKERS; worker++) {
    const slot = workerAddress(worker);
    const home = words[slot + WORKER_TASK];
    if (words[slot + WORKER_TELLS] === 1 && home !== 0 && words[home + TASK_STATE] < TaskStateCode.zombie) tellers.push(worker);
  }
  return tellers;
}

/** A task is put on a CPU. */
export function noteSwitch({ words }: Kernel): void {
  if (words[PAUSE_AT_SWITCH] !== 0) words[PAUSE_AT_SWITCH] = SWITCHED;
}

/** The number of steps at which the executing task must ask, so that the run stops where it should. */
export function stepsUntilLook({ words, doubles }: Kernel): number {
  if (words[LINE_BREAK_COUNT] > 0) return 1;
  return Math.max(1, doubles[PAUSE_AT_STEP >> 1] - doubles[STEPS >> 1]);
}

/** The clock's time at which the executing task must ask. */
export function timeOfLook({ doubles }: Kernel): number {
  return doubles[PAUSE_AT_TIME >> 1];
}

/** What the run stops for from here on. For the page, which holds the kernel lock, and when the memory is made. */
export function setStop(words: Int32Array, doubles: Float64Array, wish: StopWish): void {
  words[PAUSE_WISH] = wish.now === true ? PAGE_PAUSE_BIT : 0;
  words[PAUSE_AT_SWITCH] = wish.atSwitch === true ? 1 : 0;
  doubles[PAUSE_AT_STEP >> 1] = wish.afterSteps === undefined ? (wish.atStep ?? Infinity) : doubles[STEPS >> 1] + wish.afterSteps;
  doubles[PAUSE_AT_TIME >> 1] = wish.atTime ?? Infinity;
  doubles[ASK_FROM >> 1] = wish.askFrom ?? 0;
  if (wish.events !== undefined) setEventBreaks(words, wish.events);
  if (wish.lines === undefined) return;
  const lines = wish.lines.slice(0, MAX_BREAKS);
  words.set(lines, LINE_BREAKS);
  words[LINE_BREAK_COUNT] = lines.length;
}

/** Lets a paused run go on until what `wish` says, or stops one that goes on. The page holds the kernel lock. */
export function changeStop(k: Kernel, wish: StopWish): void {
  const { words } = k;
  setStop(words, k.doubles, wish);
  if (words[PAUSED] !== NO_PAUSE) forgetList(k);
  if (words[PAUSED] !== NO_PAUSE && words[PAUSED] !== PauseCauseCode.question) turn(k, NO_PAUSE);
  k.scheduler.reconsider(k);
}

/** The reader's answer to the question who goes next. False where it was not asked, or `tid` is none of the choices. */
export function answer(k: Kernel, tid: Tid): boolean {
  if (k.words[PAUSED] !== PauseCauseCode.question || !choices(k).some((task) => k.words[task + TASK_TID] === tid)) return false;
  k.words[ANSWER] = tid;
  turn(k, NO_PAUSE);
  return true;
}

/** From where it stands the reader schedules: what a list of choices says of later is of another run. */
function forgetList({ words, doubles }: Kernel): void {
  if (words[POLICY] !== PolicyCode.manual) return;
  words[REPLAY_LENGTH] = Math.min(words[REPLAY_LENGTH], words[REPLAY_NEXT]);
  for (let number = 0; number < words[CPU_COUNT]; number++) doubles[(cpuAddress(number) + CPU_SLICE_STEP_END) >> 1] = Infinity;
}

/** Where the run stands. The page holds the kernel lock. Undefined where it goes on. */
export function pauseState(k: Kernel): PauseState | undefined {
  const { words, doubles } = k;
  const cause = PAUSE_CAUSES[words[PAUSED]];
  if (cause === undefined || cause === 'none') return undefined;
  const task = words[PAUSE_TASK];
  return {
    cause, ...(cause === 'event' && { event: lastHit(k) }), time: doubles[LAST_TIME >> 1], step: doubles[STEPS >> 1], records: words[RING_HEAD] >>> 0, task: (task === 0 ? 0 : words[task + TASK_TID]) as Tid,
    choices: choices(k).map((ready) => describe(k, ready)),
  };
}

/** Tasks of which one could go on now: the one whose turn it is first. */
function choices(k: Kernel): number[] {
  const task = k.words[PAUSE_TASK];
  const ready = readyBy(k, k.doubles[LAST_TIME >> 1], task);
  return task === 0 ? ready : [task, ...ready];
}

function describe(k: Kernel, task: number): TaskChoice {
  const { words, doubles } = k;
  const isRunning = words[task + TASK_STATE] === TaskStateCode.running;
  return {
    tid: words[task + TASK_TID] as Tid, name: taskName(k, task), place: words[task + TASK_PLACE] as Place,
    turnSteps: isRunning && words[task + TASK_CPU] !== 0 ? doubles[(cpuAddress(words[task + TASK_CPU] - 1) + CPU_SLICE_STEPS) >> 1] : -1,
  };
}
