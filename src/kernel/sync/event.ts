import { DONE } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../../protocol/words';
import type { Kernel } from '../kernel';
import { OBJECT_BODY, OBJECT_ID } from '../layout';
import { allocateObject } from '../object-table';
import { emit } from '../trace-sink';
import { waitOn, wakeAll, wasWoken } from '../wait-queue';

/** Event: a flag that tasks wait for. */
const FLAG = OBJECT_BODY;
const WAITERS = OBJECT_BODY + 1; // 2 words

/** A new event, not set; its address, or ENFILE. */
export function createEvent(k: Kernel, name: string): number {
  k.enter();
  return k.leave(allocateObject(k, ObjectTypeCode.event, 0, name));
}

/** Waits until the event is set. Who waited when it was set goes on even if it has been cleared since, as in Python. */
export function waitEvent(k: Kernel, at: number, deadline: number): number {
  k.enter();
  const { words } = k;
  if (words[at + FLAG] === 1 || wasWoken(k, at + WAITERS)) return k.leave(DONE);
  return waitOn(k, at + WAITERS, BlockReasonCode.event, at, deadline);
}

export function setEvent(k: Kernel, at: number): number {
  k.enter();
  k.words[at + FLAG] = 1;
  emit(k, EventKindCode.set, k.words[at + OBJECT_ID], 0, 0);
  wakeAll(k, at + WAITERS);
  return k.leave(DONE);
}

export function clearEvent(k: Kernel, at: number): number {
  k.enter();
  k.words[at + FLAG] = 0;
  emit(k, EventKindCode.clear, k.words[at + OBJECT_ID], 0, 0);
  return k.leave(DONE);
}

export function eventIsSet(k: Kernel, at: number): boolean {
  return Atomics.load(k.words, at + FLAG) === 1;
}
