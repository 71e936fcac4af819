import { valueIsInteger } from '../protocol/trace-events';
import type { Trace } from './trace';

/** The value of an event as the program would see it; undefined where the event has none. */
export function eventValue(trace: Trace, event: number): number | string | undefined {
  const packed = trace.value[event] ?? 0;
  if (packed === 0) return undefined;
  return valueIsInteger(packed) ? packed >> 1 : (trace.strings[packed >>> 1] ?? '?');
}

/** The value of an event as text: names, reasons, output. Undefined where it has none. */
export function eventText(trace: Trace, event: number): string | undefined {
  const value = eventValue(trace, event);
  return value === undefined ? undefined : String(value);
}

/**
 * The word with number `code` of one of the vocabularies of protocol/words.ts; its first word for an unknown
 * number.
 */
export function wordOf<Word extends string>(
  words: readonly [Word, ...Word[]] | readonly Word[],
  code: number,
): Word {
  return words[code] ?? words[0];
}
