import { EVENT_KINDS, type EventKind } from '../../protocol/trace-events';
import { firstAtLeast, withRoom } from '../../render/growable';
import type { TimeRange } from '../../render/viewport';
import type { Trace } from '../../trace/trace';

/** Shapes of the small signs of events on a lane. The number is the sign's code. */
export const SIGNS = ['none', 'out', 'in', 'take', 'give', 'tell', 'print', 'birth', 'signal', 'fail'] as const;
export type Sign = (typeof SIGNS)[number];

const signs: { readonly [Kind in EventKind]?: Sign } = {
  'put': 'out', 'send': 'out', 'store': 'out', 'job-submit': 'out',
  'get': 'in', 'receive': 'in', 'load': 'in', 'job-start': 'in', 'input': 'in',
  'acquire': 'take', 'release': 'give',
  'notify': 'tell', 'set': 'tell', 'clear': 'tell', 'task-done': 'tell', 'job-end': 'tell', 'object-close': 'tell',
  'barrier-arrive': 'tell', 'barrier-open': 'tell', 'barrier-reset': 'tell',
  'output': 'print', 'task-new': 'birth',
  'signal-send': 'signal', 'signal-deliver': 'signal',
  'give-up': 'fail', 'barrier-break': 'fail', 'finding': 'fail', 'panic': 'fail',
};

const signByKind = Uint8Array.from(EVENT_KINDS, (kind) => SIGNS.indexOf(signs[kind] ?? 'none'));

/** The sign of an event, by the code of its kind; 0 where it has none. */
export function signCode(kind: number): number {
  return signByKind[kind] ?? 0;
}

/** The events of one task that have a sign, in order. */
export class MarkerTrack {
  count = 0;
  times = new Float64Array(16);
  events = new Int32Array(16);
  signs = new Uint8Array(16);

  append(time: number, event: number, sign: number): void {
    const index = this.count++;
    if (index === this.times.length) {
      this.times = withRoom(this.times, index + 1);
      this.events = withRoom(this.events, index + 1);
      this.signs = withRoom(this.signs, index + 1);
    }
    this.times[index] = time;
    this.events[index] = event;
    this.signs[index] = sign;
  }

  /** The markers in `range`: from the first index to before the second. */
  within(range: TimeRange): readonly [from: number, to: number] {
    const from = firstAtLeast(this.times, range.start, 0, this.count);
    return [from, firstAtLeast(this.times, range.end, from, this.count)];
  }
}

/** Sorts the events `from` to `to` (exclusive) into the markers of their tasks. */
export function appendMarkers(trace: Trace, from: number, to: number, trackOf: (tid: number) => MarkerTrack | undefined): void {
  const { kind, task, time } = trace;
  let last = -1;
  let track: MarkerTrack | undefined;
  for (let event = from; event < to; event++) {
    const sign = signByKind[kind[event]];
    if (sign === 0) continue;
    // A task does several things in a row.
    if (task[event] !== last) track = trackOf((last = task[event]));
    track?.append(time[event], event, sign);
  }
}
