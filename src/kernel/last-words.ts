import type { LastMoment } from '../protocol/control';
import type { Kernel } from './kernel';
import { LAST_TIME, NEXT_STRING_ID, PANIC_LENGTH, PANIC_TEXT } from './layout';

export function lastMoment({ words, doubles }: Kernel): LastMoment {
  return { time: doubles[LAST_TIME >> 1], string: words[NEXT_STRING_ID] };
}

/** What the kernel said when it panicked. */
export function panicText({ bytes, words }: Kernel): string {
  return new TextDecoder().decode(bytes.slice(PANIC_TEXT * 4, PANIC_TEXT * 4 + words[PANIC_LENGTH]));
}
