import type { ObjectId, Tid } from '../../protocol/ids';
import type { EventBreak, EventHit } from '../../protocol/pause';
import { EVENT_KINDS, EventKindCode } from '../../protocol/trace-events';
import { BLOCK_REASONS, BlockReasonCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import {
  EVENT_BREAKS, EVENT_BREAK_COUNT, EVENT_HIT, EVENT_HIT_KIND, EVENT_HIT_OBJECT, EVENT_HIT_TASK, MAX_EVENT_BREAKS, OBJECTS,
  OBJECT_HIGH, OBJECT_ID, OBJECT_TYPE, OBJECT_WORDS, TASK_CALL, TASK_CALL_REASON, TASK_FLAGS, TASK_HIGH, TASK_STATE, TASK_TID,
  TASK_WOKEN_FROM, TaskFlag, taskAddress,
} from '../layout';
import { waitOfCall, waitsForMachinery, type ProgramWait } from '../program-calls';
import { isEmpty, isFull } from '../queue-items';
import { hashOf, hashOfName, hashOfObject, hashOfObjectName, objectName } from './task-names';

/**
 * Breakpoints on events. Whoever records an event looks whether the run is to stand still for it; it does so before anybody does
 * anything more (`pause.ts`). Objects and tasks are known by hashes of their names. Callers hold the kernel lock.
 */

/** Words of each: the kind (bits 0 to 7), the reason of a wait, and which of the two hashes count; those of object and task. */
const HEAD = 0;
const OBJECT = 1;
const TASK = 2;
const BREAK_WORDS = 4;
const HAS_OBJECT = 1 << 16;
const HAS_TASK = 1 << 17;

/** Of TASK_CALL_REASON: the run has stood still for this call's wait. */
const STOOD = 1 << 8;

export function setEventBreaks(words: Int32Array, breaks: readonly EventBreak[]): void {
  const set = breaks.slice(0, MAX_EVENT_BREAKS);
  set.forEach(({ kind, reason = 'none', object, task }, index) => {
    const at = EVENT_BREAKS + index * BREAK_WORDS;
    words[at + HEAD] = EventKindCode[kind] | (BlockReasonCode[reason] << 8)
      | (object === undefined ? 0 : HAS_OBJECT) | (task === undefined ? 0 : HAS_TASK);
    words[at + OBJECT] = object === undefined ? 0 : hashOfObjectName(object);
    words[at + TASK] = task === undefined ? 0 : hashOf(task);
  });
  words[EVENT_BREAK_COUNT] = set.length;
  words[EVENT_HIT] = 0;
}

/** An event of `kind` is recorded: `tid` and `object` are its numbers. Only called where there are breakpoints. */
export function noteEvent(k: Kernel, kind: number, tid: number, object: number, detail: number): void {
  const { words } = k;
  if (words[EVENT_HIT] !== 0 || !isWanted(words, kind)) return;
  const task = taskNumbered(k, tid);
  if (kind === EventKindCode['task-block']) noteWait(k, tid, task, detail, objectNumbered(k, object));
  else if (isAt(k, kind, 0, objectNumbered(k, object), task)) hit(k, kind, tid, object);
}

/** Nobody can go on: whether the run stands still for that, once. */
export function standsAtTheEnd(k: Kernel): boolean {
  const { words } = k;
  if (words[EVENT_HIT_KIND] === EventKindCode.finding || !isWanted(words, EventKindCode.finding)) return false;
  hit(k, EventKindCode.finding, 0, 0);
  return true;
}

/** What has happened at the last breakpoint on events. */
export function lastHit({ words }: Kernel): EventHit {
  const head = words[EVENT_HIT_KIND];
  return {
    kind: EVENT_KINDS[head & 0xff], reason: BLOCK_REASONS[head >> 8], task: words[EVENT_HIT_TASK] as Tid, object: words[EVENT_HIT_OBJECT] as ObjectId,
  };
}

function noteWait(k: Kernel, tid: number, task: number, reason: number, object: number): void {
  const { words } = k;
  // Not a wait of the program's: a task that is ready.
  if (reason === BlockReasonCode.gil) return;
  // A coroutine has no slot. A task that was woken and was not fast enough goes on with the wait that it was in.
  if (task !== 0 && (words[task + TASK_WOKEN_FROM] !== 0 || (words[task + TASK_FLAGS] & TaskFlag.Machinery) !== 0)) return;
  if (task !== 0 && waitsForMachinery(k, task)) return;
  const inCall = task === 0 ? undefined : waitOfCall(k, task, reason);
  if (inCall !== undefined && (words[task + TASK_CALL_REASON] & STOOD) !== 0) return;
  const waits = inCall === undefined ? [{ reason, object }] : [{ ...inCall, reason: trueReason(k, inCall, reason) }];
  // The program's own lock, waited for in a call on another object: a condition's.
  if (inCall !== undefined && object !== 0 && objectName(k, object) !== '') waits.push({ reason, object });
  const found = waits.find((wait) => isAt(k, EventKindCode['task-block'], wait.reason, wait.object, task));
  if (found === undefined) return;
  if (inCall !== undefined && words[task + TASK_CALL] > 0) words[task + TASK_CALL_REASON] |= STOOD;
  hit(k, EventKindCode['task-block'] | (found.reason << 8), tid, found.object === 0 ? 0 : words[found.object + OBJECT_ID]);
}

/** Inside `q.put` a thread may also wait for the lock that keeps `q` whole: `q` is full only where it holds as much as it may. */
function trueReason(k: Kernel, { reason, object }: ProgramWait, inner: number): number {
  if (inner !== BlockReasonCode.lock) return reason;
  if (reason === BlockReasonCode['queue full']) return isFull(k, object) ? reason : inner;
  if (reason === BlockReasonCode['queue empty']) return isEmpty(k, object) ? reason : inner;
  return reason;
}

function isWanted(words: Int32Array, kind: number): boolean {
  for (let at = EVENT_BREAKS, end = at + words[EVENT_BREAK_COUNT] * BREAK_WORDS; at < end; at += BREAK_WORDS) {
    if ((words[at + HEAD] & 0xff) === kind) return true;
  }
  return false;
}

/** Whether this is at a breakpoint; `object` and `task` are addresses, or 0. */
function isAt(k: Kernel, kind: number, reason: number, object: number, task: number): boolean {
  const { words } = k;
  for (let at = EVENT_BREAKS, end = at + words[EVENT_BREAK_COUNT] * BREAK_WORDS; at < end; at += BREAK_WORDS) {
    const head = words[at + HEAD];
    const wanted = (head >> 8) & 0xff;
    if ((head & 0xff) !== kind || (wanted !== 0 && wanted !== reason)) continue;
    if ((head & HAS_OBJECT) !== 0 && (object === 0 || hashOfObject(k, object) !== words[at + OBJECT])) continue;
    if ((head & HAS_TASK) !== 0 && (task === 0 || hashOfName(k, task) !== words[at + TASK])) continue;
    return true;
  }
  return false;
}

/** The run stands still before anybody goes on, the executing task too. */
function hit(k: Kernel, kind: number, tid: number, object: number): void {
  const { words } = k;
  words[EVENT_HIT] = 1;
  words[EVENT_HIT_KIND] = kind;
  words[EVENT_HIT_TASK] = tid;
  words[EVENT_HIT_OBJECT] = object;
  k.scheduler.reconsider(k);
}

function taskNumbered({ words, current, currentTid }: Kernel, tid: number): number {
  if (tid === currentTid) return current;
  for (let index = 0; index < words[TASK_HIGH]; index++) {
    const task = taskAddress(index);
    if (words[task + TASK_TID] === tid && words[task + TASK_STATE] !== 0) return task;
  }
  return 0;
}

function objectNumbered({ words }: Kernel, id: number): number {
  if (id === 0) return 0;
  for (let at = OBJECTS + (words[OBJECT_HIGH] - 1) * OBJECT_WORDS; at >= OBJECTS; at -= OBJECT_WORDS) {
    if (words[at + OBJECT_ID] === id && words[at + OBJECT_TYPE] !== 0) return at;
  }
  return 0;
}
