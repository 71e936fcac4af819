import { EVENT_KINDS, type EventKind } from '../protocol/trace-events';
import type { TraceModel } from '../trace/trace';

/** What is recorded when a run is stopped: everybody is ended, and what they had falls to others. */
const ending = new Set<EventKind>(['task-exit', 'task-ready', 'task-reap', 'task-adopt', 'task-run', 'acquire', 'release', 'run-end', 'finding']);

/** The moment to look at where none is chosen: the end, or, where the run was stopped, right before everybody was ended. */
export function lastMoment(model: TraceModel): number {
  const { trace, end, endTime } = model;
  if (end === undefined || end.reason === 'finished') return endTime;
  let event = trace.length - 1;
  while (event > 0 && ending.has(EVENT_KINDS[trace.kind[event]] ?? 'none')) event--;
  // Up to the first death behind it what goes on is the same.
  let next = event + 1;
  while (next < trace.length - 1 && EVENT_KINDS[trace.kind[next]] !== 'task-exit') next++;
  return Math.max(0, (trace.time[next] ?? endTime) - 1);
}

/** The last moment at which a process was alive: right before the last of them ended. Undefined where there was none. */
export function lastLivingMoment({ tasks, endTime }: TraceModel): number | undefined {
  const ends = tasks.filter(({ tid, pid, createdAt, endedAt = endTime }) => tid === pid && endedAt > createdAt).map(({ endedAt = endTime }) => endedAt);
  return ends.length === 0 ? undefined : Math.max(...ends) - 1;
}
