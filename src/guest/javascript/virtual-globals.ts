import { SEED, START_TIME, TASK_TID } from '../../kernel/layout';
import { mulberry32 } from '../../kernel/sched/random-state';
import { installNeutralLocale } from './neutral-locale';
import { virtualDate } from './virtual-date';
import type { VirtualRuntime } from './virtual-runtime';

/**
 * What a program in virtual time has for the browser's clock and its randomness: the virtual clock, and numbers that come
 * from the run's seed and the task's number, so that what one task draws does not depend on who else draws.
 */
export function installVirtualGlobals(k: VirtualRuntime): void {
  const startTime = k.doubles[START_TIME >> 1];
  const elapsed = (): number => k.now() / 1e6;
  const epochMilliseconds = (): number => Math.floor(startTime + elapsed());
  const tid = k.words[k.current + TASK_TID];
  const fraction = fractionsFrom(Math.imul(k.words[SEED] ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(tid, 0xc2b2ae35));

  replace(globalThis, 'Date', virtualDate(epochMilliseconds));
  replace(globalThis, 'performance', Object.freeze({ now: elapsed, timeOrigin: startTime }));
  replace(globalThis, 'crypto', Object.freeze(virtualCrypto(fraction)));
  replace(Math, 'random', function random() {
    return fraction();
  });
  installNeutralLocale();
  installTemporal(epochMilliseconds);
  installDateFormat(epochMilliseconds);
}

/** Numbers from 0 up to and without 1 with 53 random bits, as Math.random has them. */
function fractionsFrom(seed: number): () => number {
  let state = seed;
  const draw = (bits: number): number => {
    const { fraction, next } = mulberry32(state);
    state = next;
    return Math.floor(fraction * 2 ** bits);
  };
  return () => (draw(26) * 2 ** 27 + draw(27)) / 2 ** 53;
}

/** The part of `crypto` whose answers can be told from a seed. */
function virtualCrypto(fraction: () => number): object {
  const fill = (bytes: Uint8Array): void => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(fraction() * 256);
  };
  return {
    getRandomValues<View extends ArrayBufferView>(view: View): View {
      if (!ArrayBuffer.isView(view)) throw new TypeError('invalid argument: getRandomValues takes a typed array');
      fill(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
      return view;
    },
    randomUUID(): string {
      const bytes = new Uint8Array(16);
      fill(bytes);
      // Version 4, variant 1: RFC 9562.
      bytes[6] = (bytes[6] & 0x0f) | 0x40;
      bytes[8] = (bytes[8] & 0x3f) | 0x80;
      const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  };
}

interface TemporalInstant {
  toZonedDateTimeISO(zone: string): Record<'toPlainDateTime' | 'toPlainDate' | 'toPlainTime', () => unknown>;
}
interface TemporalNamespace {
  readonly Instant: { fromEpochMilliseconds(milliseconds: number): TemporalInstant };
  readonly Now: { timeZoneId(): string };
}

/** Temporal.Now, in browsers that have it. */
function installTemporal(now: () => number): void {
  const temporal = (globalThis as { Temporal?: TemporalNamespace }).Temporal;
  if (temporal === undefined) return;
  const { Instant, Now } = temporal;
  const instant = (): TemporalInstant => Instant.fromEpochMilliseconds(now());
  const zoned = (zone = Now.timeZoneId()) => instant().toZonedDateTimeISO(zone);
  replace(Now, 'instant', instant);
  replace(Now, 'zonedDateTimeISO', zoned);
  replace(Now, 'plainDateTimeISO', (zone?: string) => zoned(zone).toPlainDateTime());
  replace(Now, 'plainDateISO', (zone?: string) => zoned(zone).toPlainDate());
  replace(Now, 'plainTimeISO', (zone?: string) => zoned(zone).toPlainTime());
}

type FormatGetter = (this: Intl.DateTimeFormat) => (date: Date | number) => string;
type FormatToParts = (this: Intl.DateTimeFormat, date?: Date | number) => Intl.DateTimeFormatPart[];

/** Without a date a format takes the clock's. */
function installDateFormat(now: () => number): void {
  const { prototype } = Intl.DateTimeFormat;
  const { get: format } = Object.getOwnPropertyDescriptor(prototype, 'format') as { readonly get: FormatGetter };
  Object.defineProperty(prototype, 'format', {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const bound = format.call(this);
      return (date?: Date | number) => bound(date ?? now());
    },
  });
  const formatToParts = Object.getOwnPropertyDescriptor(prototype, 'formatToParts')!.value as FormatToParts;
  replace(prototype, 'formatToParts', function (this: Intl.DateTimeFormat, date?: Date | number) {
    return formatToParts.call(this, date ?? now());
  });
}

function replace(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}
