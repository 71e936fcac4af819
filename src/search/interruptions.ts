import { fileOfPlace, lineOfPlace, type Place } from '../protocol/ids';
import { EventKindCode, valueIsInteger } from '../protocol/trace-events';
import { ReadyCauseCode } from '../protocol/words';
import type { Trace } from '../trace/trace';

/** A moment at which a schedule takes the CPU away from a task that could go on. */
export interface Interruption {
  readonly task: string;
  readonly file: string;
  /** 0: unknown. */
  readonly line: number;
  /** Who goes on instead. */
  readonly next: string;
  readonly time: number;
}

/** The first `count` interruptions of a run: those of the list that it followed. */
export function interruptionsOf(trace: Trace, count: number): Interruption[] {
  const { kind, detail, task, place, time, length, files } = trace;
  const names = namesIn(trace);
  const found: Interruption[] = [];
  for (let event = 0; event < length && found.length < count; event++) {
    if (kind[event] !== EventKindCode['task-ready'] || detail[event] !== ReadyCauseCode.preempted) continue;
    const next = kind.indexOf(EventKindCode['task-run'], event);
    const at = place[event] as Place;
    found.push({
      task: names.get(task[event]) ?? '', next: names.get(task[next]) ?? '', time: time[event],
      file: lineOfPlace(at) === 0 ? '' : files[fileOfPlace(at)] ?? '', line: lineOfPlace(at),
    });
  }
  return found;
}

/** What each task is called, or else its number. */
function namesIn({ kind, other, value, strings, length }: Trace): Map<number, string> {
  const names = new Map<number, string>();
  for (let event = 0; event < length; event++) {
    if (kind[event] !== EventKindCode['task-new'] && kind[event] !== EventKindCode['task-name']) continue;
    const name = valueIsInteger(value[event]) ? '' : strings[value[event] >>> 1] ?? '';
    names.set(other[event], name === '' ? `task ${other[event]}` : name);
  }
  return names;
}
