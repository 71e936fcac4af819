import type {
  DeathData, EndlessData, LostUpdateData, Moment, PartedData, QueueData, RaceData, WaitData,
} from '../protocol/findings';
import { fileOfPlace, lineOfPlace, type ObjectId, type Place, type Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import { BLOCK_REASONS, FINDING_KINDS } from '../protocol/words';
import { formatMoment } from '../text/duration';
import { translate } from '../text/translate';
import { eventText, wordOf } from './event-values';
import { objectLabel, taskLabel } from './labels';
import type { TraceModel } from './trace';

/**
 * What was found, as a sentence with its lines: `deadlock: producer waits for lock b since 12 ms, held by ...`. A trace holds
 * what it is made of (protocol/findings.ts); one of before that holds the sentence itself, which is shown as it is.
 */
export function describeFinding(model: TraceModel, event: number): string {
  const { trace } = model;
  const text = eventText(trace, event) ?? '{}';
  const data = dataOf(text);
  if (data === undefined) return text;
  const kind = wordOf(FINDING_KINDS, trace.detail[event]);
  const about = {
    task: taskLabel(model, trace.task[event] as Tid),
    other: taskLabel(model, trace.other[event] as Tid),
    object: objectLabel(model, trace.object[event] as ObjectId),
    line: placeText(model, trace.place[event] as Place),
  };
  try {
    switch (kind) {
      case 'deadlock':
      case 'asleep for ever':
      case 'lock held by the dead':
        return describeWait(model, event, kind, data as unknown as WaitData, about);
      case 'data race': {
        const { variable, access, before } = data as unknown as RaceData;
        return translate('findings.data race', {
          ...about, variable: variable || about.object, access: translate(`findings.access.${access}`),
          before: translate(`findings.access.${before.access}`), beforeLine: momentText(before), since: formatMoment(before.time),
        });
      }
      case 'lost update': {
        const { variable, read, lost } = data as unknown as LostUpdateData;
        return translate('findings.lost update', {
          ...about, variable: variable || about.object, readLine: momentText(read), lostLine: momentText(lost),
        });
      }
      case 'child never joined':
        return translate('findings.child never joined', about);
      case 'queue never drained': {
        const { items } = data as unknown as QueueData;
        return translate('findings.queue never drained', { ...about, count: items });
      }
      case 'never ends': {
        const { steps, operations } = data as unknown as EndlessData;
        return translate('findings.never ends', { ...about, steps, operations });
      }
      case 'replay parted': {
        const { choice, wanted, ready } = data as unknown as PartedData;
        const names = ready.map((tid) => taskLabel(model, tid as Tid)).join(', ');
        return translate('findings.replay parted', { choice, wanted: taskLabel(model, wanted as Tid), ready: names });
      }
      case 'worker died':
        return translate('findings.worker died', { ...about, why: (data as unknown as DeathData).why });
    }
  } catch {
    // A file may say anything: what does not make a sentence is shown as it is.
  }
  return text;
}

interface About {
  readonly task: string;
  readonly other: string;
  readonly object: string;
  readonly line: string;
}

function describeWait(
  model: TraceModel, event: number, kind: 'deadlock' | 'asleep for ever' | 'lock held by the dead', { reason }: WaitData, about: About,
): string {
  const { trace } = model;
  const known = BLOCK_REASONS.find((name) => name === reason) ?? 'none';
  const { task, object, other } = about;
  const goal = translate(`trace.goal.${known === 'join' && trace.other[event] <= 0 ? 'joinSome' : known}`, { object, other });
  const since = formatMoment(timeOfBlock(model, event));
  const params = { task, goal, line: about.line, since };
  const isHeld = known === 'lock' && trace.other[event] !== 0;
  if (!isHeld) return translate(`findings.${kind}`, { ...params, held: '' });
  const holder = { other, line: acquireLine(model, event) };
  const held = kind === 'lock held by the dead' ? translate('findings.heldByDead', holder) : translate('findings.held', holder);
  return translate(`findings.${kind}`, { ...params, held });
}

/** When the task of the finding began the wait that it is in. */
function timeOfBlock({ trace }: TraceModel, event: number): number {
  for (let row = event - 1; row >= 0; row--) {
    if (trace.task[row] === trace.task[event] && trace.kind[row] === EventKindCode['task-block']) return trace.time[row];
  }
  return trace.time[event];
}

/** Where the other task took the object. */
function acquireLine(model: TraceModel, event: number): string {
  const { trace } = model;
  for (let row = event - 1; row >= 0; row--) {
    const isIt = trace.object[row] === trace.object[event] && trace.task[row] === trace.other[event];
    if (isIt && trace.kind[row] === EventKindCode.acquire) return placeText(model, trace.place[row] as Place);
  }
  return '';
}

/** ` (main.py:12)`, or nothing: the same in both languages. */
function placeText({ trace }: TraceModel, place: Place): string {
  return lineOfPlace(place) === 0 ? '' : ` (${trace.files[fileOfPlace(place)] ?? ''}:${lineOfPlace(place)})`;
}

function momentText({ file, line }: Moment): string {
  return line === 0 ? '' : ` (${file}:${line})`;
}

function dataOf(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
