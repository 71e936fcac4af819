import type { Kernel } from './kernel';
import { OBJECT_BODY } from './layout';

/** What a queue of the program's holds, where the guest's library makes it of simpler objects: counted for the trace. */

/** Items in it: counted here, because puts and gets are in different processes. */
export const ITEMS = OBJECT_BODY;
/** How many it may hold; 0: any number. */
export const CAPACITY = OBJECT_BODY + 1;

export function isEmpty({ words }: Kernel, queue: number): boolean {
  return words[queue + ITEMS] <= 0;
}
export function isFull({ words }: Kernel, queue: number): boolean {
  return words[queue + CAPACITY] > 0 && words[queue + ITEMS] >= words[queue + CAPACITY];
}
