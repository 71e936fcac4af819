import { foldMachinery } from '../../trace/folding';
import type { GrowthReader } from '../../trace/growth-reader';
import type { TraceModel } from '../../trace/trace';
import { TimelineDeriver } from './derive';

const prepared = new WeakMap<TraceModel, TimelineDeriver>();
/** Those that have read the events of a whole model's trace, but nothing else of it yet. */
const begun = new WeakMap<TraceModel, TimelineDeriver>();

/** Reads for the timeline while a long recorded run comes in, when the page's thread has little else to do. */
export function timelineReader(): GrowthReader {
  const deriver = new TimelineDeriver();
  return { read: (trace) => deriver.readEvents(trace), end: (model) => begun.set(model, deriver) };
}

/** Who lets others have a turn now and then, while something long is computed. */
export interface TakesTurns {
  next(): Promise<void>;
  end(): Promise<void>;
}

/** Derives what the timeline draws of a long recorded run, in turns with the page's other work, before it is shown. */
export async function prepareTimeline(whole: TraceModel, turns: TakesTurns): Promise<void> {
  const model = foldMachinery(whole);
  const deriver = begun.get(whole) ?? new TimelineDeriver();
  const steps = deriver.steps(model);
  while (steps.next().done !== true) await turns.next();
  prepared.set(model, deriver);
  // It is shown now, at one go.
  await turns.end();
}

/** The deriver that has read `model` already, or a new one. */
export function deriverOf(model: TraceModel): TimelineDeriver {
  return prepared.get(model) ?? new TimelineDeriver();
}
