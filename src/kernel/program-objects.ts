import { DONE } from '../protocol/errno';
import { EventKindCode } from '../protocol/trace-events';
import type { Kernel } from './kernel';
import { ObjectTypeCode } from '../protocol/words';
import { LAST_VARIABLE, NEXT_OBJECT_ID, OBJECT_ID } from './layout';
import { allocateObject } from './object-table';
import { beginCall, endCall } from './program-calls';
import { CAPACITY, ITEMS } from './queue-items';
import { emit, emitFor, previewWord, textValue, type Preview } from './trace-sink';

/**
 * Objects as the program sees them, where the guest's own library makes them of simpler ones: a queue that is a pipe and
 * some semaphores. They exist for the trace only: it shows the program's operations on them, and folds away their parts.
 */

/** A new object of `type` (a code of OBJECT_TYPES); its address, or ENFILE. */
export function createProgramObject(k: Kernel, type: number, initial: number, name: string): number {
  k.enter();
  const at = allocateObject(k, type, initial, name);
  if (at > 0) k.words[at + CAPACITY] = initial;
  return k.leave(at);
}

/** `part` is machinery inside `whole`; both are addresses of objects. */
export function markPart(k: Kernel, part: number, whole: number): number {
  k.enter();
  emit(k, EventKindCode['object-part'], k.words[part + OBJECT_ID], k.words[whole + OBJECT_ID], 0);
  return k.leave(DONE);
}

/** The current task has put an item in (`by` 1) or taken one out (-1). */
export function recordItem(k: Kernel, at: number, by: 1 | -1, preview: Preview): number {
  k.enter();
  const items = (k.words[at + ITEMS] += by);
  const kind = by === 1 ? EventKindCode.put : EventKindCode.get;
  emit(k, kind, k.words[at + OBJECT_ID], items, k.tracing ? previewWord(k, preview) : 0);
  return k.leave(DONE);
}

/** The current task has taken an item out, and its call that did so returns it. */
export function recordItemTaken(k: Kernel, at: number, preview: Preview): number {
  k.enter();
  const items = --k.words[at + ITEMS];
  const id = k.words[at + OBJECT_ID];
  const value = k.tracing ? previewWord(k, preview) : 0;
  emit(k, EventKindCode.get, id, items, value);
  emit(k, EventKindCode.return, id, 0, value);
  endCall(k);
  return k.leave(DONE);
}

/** A number for a variable of the program's, by which the trace knows it. */
export function newWatchedVariable(k: Kernel): number {
  k.enter();
  const number = ++k.words[LAST_VARIABLE];
  k.leave(DONE);
  return number;
}

/** The current task is about to read or write a variable. */
export function recordAccess(k: Kernel, kind: number, variable: number, name: string): number {
  k.enter();
  emit(k, kind, 0, variable, textValue(k, name));
  return k.leave(DONE);
}

/** Records an event of `kind` about the object at `at`, or about none where that is 0. */
export function recordEvent(k: Kernel, kind: number, at: number, other: number, preview: Preview, detail: number): number {
  k.enter();
  emit(k, kind, at === 0 ? 0 : k.words[at + OBJECT_ID], other, k.tracing ? previewWord(k, preview) : 0, detail);
  if (kind === EventKindCode.call) beginCall(k, at, preview);
  else if (kind === EventKindCode.return) endCall(k);
  return k.leave(DONE);
}

/**
 * A variable of the current process's program, for the trace to show. It has a number among the objects and no slot: the kernel
 * does nothing with it. Answers the number.
 */
export function announceVariable(k: Kernel, name: string): number {
  k.enter();
  const id = k.words[NEXT_OBJECT_ID]++;
  emit(k, EventKindCode['object-new'], id, 0, textValue(k, name), ObjectTypeCode.variable);
  k.leave(DONE);
  return id;
}

/** The variable `id` had another value than before when the current task came by. */
export function recordVariable(k: Kernel, id: number, preview: Preview): number {
  k.enter();
  emit(k, EventKindCode.variable, id, 0, previewWord(k, preview));
  return k.leave(DONE);
}

/** The current task is in other calls than at its last event; `depth` is how deep where not all are named, else 0. */
export function recordCalls(k: Kernel, calls: string, depth: number): number {
  k.enter();
  emit(k, EventKindCode.calls, 0, depth, textValue(k, calls));
  return k.leave(DONE);
}

/** The current process knows a local variable, `work.total`, by a number of its own. */
export function announceLocal(k: Kernel, number: number, name: string): number {
  k.enter();
  emit(k, EventKindCode['local-name'], 0, number, textValue(k, name));
  return k.leave(DONE);
}

/** In the current task's call at `depth` (1: the outermost) a local variable has another value; '': it has none any more. */
export function recordLocal(k: Kernel, number: number, depth: number, preview: Preview): number {
  k.enter();
  emitFor(k, EventKindCode.local, k.currentTid, 0, number, previewWord(k, preview), 0, depth);
  return k.leave(DONE);
}
