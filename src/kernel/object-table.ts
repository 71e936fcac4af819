import { ENFILE } from '../protocol/errno';
import { EventKindCode } from '../protocol/trace-events';
import type { Kernel } from './kernel';
import {
  FREE_OBJECT, MAX_OBJECTS, NEXT_OBJECT_ID, OBJECTS, OBJECT_HIGH, OBJECT_ID, OBJECT_NEXT_FREE, OBJECT_REFERENCES,
  OBJECT_TYPE, OBJECT_WORDS,
} from './layout';
import { keepObjectName } from './sched/task-names';
import { emit, textValue } from './trace-sink';

/**
 * A slot for a new object of `type` (a code of OBJECT_TYPES), cleared, with one reference; its address, or ENFILE where
 * the table is full. `initial` is what the trace shows of it (a capacity, a value); `name` the variable that holds it,
 * or ''. Callers hold the kernel lock.
 */
export function allocateObject(k: Kernel, type: number, initial: number, name: string): number {
  const at = allocateHidden(k, type);
  if (at > 0) showObject(k, at, initial, name);
  return at;
}

/** The same for an object that the trace knows nothing of, until {@link showObject}. */
export function allocateHidden(k: Kernel, type: number): number {
  const { words } = k;
  let at = words[FREE_OBJECT];
  if (at !== 0) {
    words[FREE_OBJECT] = words[at + OBJECT_NEXT_FREE]!;
  } else {
    if (words[OBJECT_HIGH] === MAX_OBJECTS) return ENFILE;
    at = OBJECTS + words[OBJECT_HIGH]++ * OBJECT_WORDS;
  }
  words.fill(0, at, at + OBJECT_WORDS);
  words[at + OBJECT_TYPE] = type;
  words[at + OBJECT_ID] = words[NEXT_OBJECT_ID]++;
  words[at + OBJECT_REFERENCES] = 1;
  return at;
}

/** Tells the trace of an object: see {@link allocateObject}. Callers hold the kernel lock. */
export function showObject(k: Kernel, at: number, initial: number, name: string): void {
  const { words } = k;
  keepObjectName(k, at, name);
  emit(k, EventKindCode['object-new'], words[at + OBJECT_ID], initial, textValue(k, name), words[at + OBJECT_TYPE]);
}

/** Counts one more handle to the object. */
export function retainObject(k: Kernel, at: number): void {
  k.words[at + OBJECT_REFERENCES]++;
}

/**
 * One handle less; answers true where it was the last and the slot is free now. The caller has given back what the
 * object's body holds, and nobody waits on it.
 */
export function releaseObject(k: Kernel, at: number): boolean {
  const { words } = k;
  if (--words[at + OBJECT_REFERENCES] > 0) return false;
  words[at + OBJECT_TYPE] = 0;
  words[at + OBJECT_NEXT_FREE] = words[FREE_OBJECT]!;
  words[FREE_OBJECT] = at;
  return true;
}

/** Tells the trace what the program calls the object. */
export function nameObject(k: Kernel, at: number, name: string): number {
  k.enter();
  keepObjectName(k, at, name);
  emit(k, EventKindCode['object-name'], k.words[at + OBJECT_ID], 0, textValue(k, name));
  return k.leave(0);
}
