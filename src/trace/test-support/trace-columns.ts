import { EVENT_KINDS } from '../../protocol/trace-events';
import { eventValue } from '../event-values';
import type { Trace } from '../trace';

/** Every event of a trace with its fields by name, for comparisons that can be read. */
export function columnsOf(trace: Trace): readonly object[] {
  return Array.from({ length: trace.length }, (_, event) => ({
    kind: EVENT_KINDS[trace.kind[event]],
    detail: trace.detail[event],
    extra: trace.extra[event],
    task: trace.task[event],
    time: trace.time[event],
    object: trace.object[event],
    place: trace.place[event],
    other: trace.other[event],
    value: eventValue(trace, event),
  }));
}
