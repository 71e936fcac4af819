import { inspectShortly } from './inspect';

/** Longest text that the trace keeps of a value. */
export const PREVIEW_LENGTH = 40;

/** What the trace shows of a value: an integer as it is, anything else in short. */
export function previewOf(value: unknown): number | string {
  if (typeof value === 'number') {
    return Number.isInteger(value) && !Object.is(value, -0) ? value : String(value);
  }
  return inspectShortly(value, PREVIEW_LENGTH);
}
