import type { EventHit } from '../../protocol/pause';
import { NO_TASK } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import type { StopEvent, StopWord } from '../../state/stop-events';
import { translate } from '../../text/translate';
import { describeEvent } from '../../trace/describe';
import { waitGoal } from '../../trace/describe-interval';
import { objectLabel, taskLabel } from '../../trace/labels';
import type { TraceModel } from '../../trace/trace';

/** Why a run stands still at a breakpoint on events: `producer waits for q, which is full`. */
export function sentenceOfHit(model: TraceModel, hit: EventHit): string {
  const task = taskLabel(model, hit.task);
  const object = objectLabel(model, hit.object);
  if (hit.kind === 'finding') return translate('ui.stops.stuckNow');
  if (hit.kind !== 'task-block') return describeEvent(model, lastOf(model, hit));
  switch (hit.reason) {
    case 'queue full': return translate('ui.stops.findsFull', { task, object });
    case 'queue empty': return translate('ui.stops.findsEmpty', { task, object });
    case 'sleep': return translate('ui.stops.sleeps', { task });
    default: {
      const wait = model.intervals.get(hit.task)?.at(-1);
      const other = wait?.reason === hit.reason ? wait.other : NO_TASK;
      return translate('ui.stops.waits', { task, goal: waitGoal(model, { reason: hit.reason, object: hit.object, other, cause: undefined }) });
    }
  }
}

/** The event that it was: the last of its kind, task and object. */
function lastOf({ trace }: TraceModel, { kind, task, object }: EventHit): number {
  for (let event = trace.length - 1; event > 0; event--) {
    if (trace.kind[event] === EventKindCode[kind] && trace.task[event] === task && trace.object[event] === object) return event;
  }
  return 0;
}

/** A breakpoint on events in words: `q is full`, `An item goes into a queue, by producer`. */
export function labelOfStop({ word, object, task }: StopEvent): string {
  const what = object === undefined ? translate(`ui.stops.any.${word}`) : translate(`ui.stops.of.${word}`, { object });
  return task === undefined ? what : translate('ui.stops.byTask', { what, task });
}

export function labelOfWord(word: StopWord): string {
  return translate(`ui.stops.any.${word}`);
}
