import type { Brand } from '../base/brand';

/** Number of a task, unique in a run and never reused. A process has the number of its first task. 0 means none. */
export type Tid = Brand<number, 'Tid'>;
/** Number of a process: the {@link Tid} of its first task, as in Linux. Init is 1. */
export type Pid = Tid;
/** Number of a kernel object (lock, queue, pipe, ...), unique in a run and never reused. 0 means none. */
export type ObjectId = Brand<number, 'ObjectId'>;
/** Time since the start of the run in whole nanoseconds; exact up to 104 days. */
export type Nanoseconds = Brand<number, 'Nanoseconds'>;
/** Where the program's own text is: `file << LINE_BITS | line`; 0 means unknown. Lines count from 1. */
export type Place = Brand<number, 'Place'>;
/** Number of an interned text of the trace; 0 means none. */
export type StringId = Brand<number, 'StringId'>;

export const NO_TASK = 0 as Tid;
export const INIT_PID = 1 as Pid;
/** The program's first process. */
export const FIRST_TID = 2 as Tid;
export const NO_OBJECT = 0 as ObjectId;
export const NO_PLACE = 0 as Place;

const LINE_BITS = 20;

/** `file` is an index into the trace's table of files (from 0, at most 2047), `line` counts from 1. */
export function makePlace(file: number, line: number): Place {
  return ((file << LINE_BITS) | line) as Place;
}
export function fileOfPlace(place: Place): number {
  return place >>> LINE_BITS;
}
export function lineOfPlace(place: Place): number {
  return place & ((1 << LINE_BITS) - 1);
}
