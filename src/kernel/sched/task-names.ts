import type { Kernel } from '../kernel';
import { OBJECT_NAME, OBJECT_NAME_WORDS, TASK_NAME, TASK_NAME_WORDS } from '../layout';

/**
 * What tasks and objects are called, kept in their slots where time is virtual: for findings, which are made in the
 * machine, and for priorities by name. A long name is cut.
 */

const TASK_NAME_BYTES = TASK_NAME_WORDS * 4;
const OBJECT_NAME_BYTES = OBJECT_NAME_WORDS * 4;

const encoder = new TextEncoder();

export function keepTaskName(k: Kernel, task: number, name: string): void {
  if (k.virtual) keep(k, task + TASK_NAME, TASK_NAME_BYTES, name);
}
export function keepObjectName(k: Kernel, object: number, name: string): void {
  if (k.virtual) keep(k, object + OBJECT_NAME, OBJECT_NAME_BYTES, name);
}
export function taskName(k: Kernel, task: number): string {
  return read(k, task + TASK_NAME, TASK_NAME_BYTES);
}
export function objectName(k: Kernel, object: number): string {
  return read(k, object + OBJECT_NAME, OBJECT_NAME_BYTES);
}

/** A hash (FNV-1a) of the task's name as it is kept. */
export function hashOfName(k: Kernel, task: number): number {
  return hash(k.bytes, (task + TASK_NAME) * 4, TASK_NAME_BYTES);
}
/** The same of any name of a task. */
export function hashOf(name: string): number {
  return hashOfText(name, TASK_NAME_BYTES);
}
/** The same of an object's name, and of any name of an object. */
export function hashOfObject(k: Kernel, object: number): number {
  return hash(k.bytes, (object + OBJECT_NAME) * 4, OBJECT_NAME_BYTES);
}
export function hashOfObjectName(name: string): number {
  return hashOfText(name, OBJECT_NAME_BYTES);
}

function hashOfText(name: string, most: number): number {
  const bytes = new Uint8Array(most);
  encoder.encodeInto(name, bytes);
  return hash(bytes, 0, most);
}

function keep(k: Kernel, at: number, most: number, name: string): void {
  // Not into shared memory itself, which encodeInto may refuse; whole characters only.
  const bytes = new Uint8Array(most);
  encoder.encodeInto(name, bytes);
  k.bytes.set(bytes, at * 4);
}

function read(k: Kernel, at: number, most: number): string {
  const bytes = k.bytes.slice(at * 4, at * 4 + most);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function hash(bytes: Uint8Array, start: number, most: number): number {
  let state = 0x811c9dc5 | 0;
  for (let i = start; i < start + most && bytes[i] !== 0; i++) state = Math.imul(state ^ bytes[i], 0x01000193);
  return state;
}
