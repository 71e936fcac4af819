import type { Pid } from '../protocol/ids';
import type { TraceModel } from '../trace/trace';

const COLORS = 8;

/** The colour of a process in every view: by order of creation, again from the first after the last. */
export function processColor(model: TraceModel, pid: Pid): string {
  let index = 0;
  for (const task of model.tasks) {
    if (task.tid === pid) break;
    if (task.tid === task.pid) index++;
  }
  return `var(--weft-process-${(index % COLORS) + 1})`;
}
