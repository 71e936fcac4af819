import { fileOfPlace, lineOfPlace, NO_PLACE, type Place } from '../protocol/ids';
import { EVENT_KINDS, EventKindCode, type EventKind } from '../protocol/trace-events';
import { BlockReasonCode, ObjectTypeCode } from '../protocol/words';
import { lastEventAt } from '../trace/lookup';
import type { Trace } from '../trace/trace';

/** Deeds of the program on a line: not what a line brought about somewhere else, nor the parts of one deed. */
const deeds: readonly EventKind[] = [
  'task-new', 'task-block', 'task-reap', 'signal-send', 'object-new', 'object-close', 'acquire', 'release', 'give-up', 'notify', 'set', 'clear',
  'barrier-arrive', 'put', 'get', 'task-done', 'send', 'receive', 'load', 'store', 'job-submit', 'output', 'input', 'call',
];
/** Reasons to wait that no deed follows. */
const ended = new Set<number>([BlockReasonCode.sleep, BlockReasonCode.join]);
const counted = Uint8Array.from(EVENT_KINDS, (kind) => (deeds.includes(kind) ? 1 : 0));

/**
 * How often the program did something on each line of a file until `time`, by line from 1. Where the run has recorded each step
 * from line to line, these are counted; else its operations, of which one that takes several events counts once.
 */
export function hitsAt(trace: Trace, file: string, time: number): ReadonlyMap<number, number> {
  const number = trace.files.indexOf(file);
  const hits = new Map<number, number>();
  if (number < 0) return hits;
  const last = lastEventAt(trace, time);
  for (const [line, events] of hitsOf(trace, number)) {
    const count = firstAbove(events, last);
    if (count > 0) hits.set(line, count);
  }
  return hits;
}

const knownHits = new WeakMap<Trace, Map<number, ReadonlyMap<number, readonly number[]>>>();

/** The hits of each line of a file by their events, read once: the playhead may move with each frame. */
function hitsOf(trace: Trace, file: number): ReadonlyMap<number, readonly number[]> {
  const files = knownHits.get(trace) ?? new Map<number, ReadonlyMap<number, readonly number[]>>();
  knownHits.set(trace, files);
  let hits = files.get(file);
  if (hits === undefined) files.set(file, (hits = readHits(trace, file)));
  return hits;
}

function readHits(trace: Trace, number: number): ReadonlyMap<number, readonly number[]> {
  const hits = new Map<number, number[]>();
  const byLine = hasLines(trace);
  /** Of each task, the call that it is in the midst of: its parts are not counted. */
  const inCall = new Map<number, Place>();
  /** Of each task, where it waits: what it waited to do is the same deed. */
  const waits = new Map<number, Place>();
  /** Who gets the GIL, and where, is the interpreter's doing; that a variable is seen, the recording's. */
  const gils = new Set<number>();
  for (let event = 0; event < trace.length; event++) {
    const kind = trace.kind[event];
    const task = trace.task[event];
    const place = trace.place[event] as Place;
    if (kind === EventKindCode['object-new']) {
      if (trace.detail[event] === ObjectTypeCode.gil) gils.add(trace.object[event]);
      if (trace.detail[event] === ObjectTypeCode.variable) continue;
    }
    if (gils.has(trace.object[event])) continue;
    if (kind === EventKindCode.return) inCall.delete(task);
    if (place === NO_PLACE || fileOfPlace(place) !== number) continue;
    if (byLine ? kind !== EventKindCode.line : counted[kind] === 0 || inCall.get(task) === place) continue;
    // A sleep or a join that is over leaves no deed behind: another wait on the line is another one.
    const again = kind === EventKindCode['task-block'] && ended.has(trace.detail[event]);
    const waited = waits.get(task) === place && !again;
    if (kind === EventKindCode['task-block']) waits.set(task, place);
    else waits.delete(task);
    if (waited) continue;
    if (kind === EventKindCode.call) inCall.set(task, place);
    const line = lineOfPlace(place);
    const events = hits.get(line);
    if (events === undefined) hits.set(line, [event]);
    else events.push(event);
  }
  return hits;
}

/** How many of the numbers, which grow, are at most `bound`. */
function firstAbove(numbers: readonly number[], bound: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle] <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function hasLines({ kind, length }: Trace): boolean {
  return kind.subarray(0, length).includes(EventKindCode.line);
}
