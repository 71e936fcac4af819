import { translate } from './translate';

const MICROSECOND = 1e3;
const MILLISECOND = 1e6;
const SECOND = 1e9;

/**
 * A length of time as one says it, with two digits or a whole number: `1.2 s`, `340 ms`, `12 µs`, `2 min 5
 * s`.
 */
export function formatDuration(nanoseconds: number): string {
  const amount = Math.max(0, nanoseconds);
  if (Math.round(amount / SECOND) >= 60) return formatLong(amount);
  return formatUnit(amount, rounded);
}

/**
 * A moment of a run, with as many digits as tell moments apart that are `step` nanoseconds from each other:
 * `1.2346 s`.
 */
export function formatMoment(nanoseconds: number, step = MICROSECOND): string {
  const unit = nanoseconds >= SECOND ? SECOND : nanoseconds >= MILLISECOND ? MILLISECOND : MICROSECOND;
  const digits = Math.min(9, Math.max(0, Math.ceil(Math.log10(unit / Math.max(1, step)))));
  return formatUnit(nanoseconds, (amount) => String(Number(amount.toFixed(digits))), unit);
}

function formatUnit(nanoseconds: number, digits: (amount: number) => string, fixed?: number): string {
  const unit = fixed ?? unitFor(nanoseconds);
  const amount = digits(nanoseconds / unit);
  switch (unit) {
    case SECOND:
      return translate('trace.duration.seconds', { amount });
    case MILLISECOND:
      return translate('trace.duration.milliseconds', { amount });
    case MICROSECOND:
      return translate('trace.duration.microseconds', { amount });
    default:
      return translate('trace.duration.nanoseconds', { amount });
  }
}

/** The largest unit of which there is one after rounding: 999.7 ms are 1 s. */
function unitFor(nanoseconds: number): number {
  for (const unit of [SECOND, MILLISECOND, MICROSECOND]) {
    if (Math.round(nanoseconds / (unit / 1000)) >= 1000) return unit;
  }
  return 1;
}

function rounded(amount: number): string {
  return amount < 9.95 ? String(Number(amount.toFixed(1))) : String(Math.round(amount));
}

function formatLong(nanoseconds: number): string {
  const seconds = Math.round(nanoseconds / SECOND);
  if (seconds < 3600) {
    return translate('trace.duration.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  }
  const minutes = Math.round(seconds / 60);
  return translate('trace.duration.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
