import { journeyOf, type Journey } from '../../analysis/journey';
import type { TraceModel } from '../../trace/trace';
import type { TimelineSelection } from './timeline-types';

/** The way of the item whose put, get or arrow is picked. */
export function journeyOfSelection(
  model: TraceModel, whole: TraceModel, selection: TimelineSelection | undefined,
): Journey | undefined {
  if (selection?.kind === 'interval') return journeyOf(model, whole, selection.event);
  const link = selection?.kind === 'link' ? model.links.at(selection.index) : undefined;
  return link?.kind === 'message' ? journeyOf(model, whole, link.fromEvent) : undefined;
}
