import type { ObjectId } from '../../protocol/ids';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { describeEvent, describeInterval, describeLink, describeTask, objectLabel } from '../../trace/describe';
import type { Interval } from '../../trace/trace';
import { intervalOfEvent, stepOf } from './find';
import type { Hit } from './hit';
import type { TimelineData } from './derive';
import type { TimelineSelection } from './timeline-types';

/** One sentence on what is selected; '' where the model does not have it. */
export function selectionSentence(data: TimelineData, selection: TimelineSelection): string {
  const { model } = data;
  switch (selection.kind) {
    case 'interval': {
      const interval = intervalOfEvent(model, selection.task, selection.event);
      // In a damaged trace a task may do something before it is there.
      if (interval === undefined) {
        return model.trace.task[selection.event] === selection.task ? describeEvent(model, selection.event) : '';
      }
      return isMarker(interval, selection.event)
        ? describeEvent(model, selection.event)
        : describeInterval(model, untilNow(data, interval));
    }
    case 'link': {
      const link = model.links.at(selection.index);
      return link === undefined ? '' : describeLink(model, link);
    }
    case 'series': return seriesSentence(data, selection.object, selection.time);
    default: return describeTask(model, selection.tid);
  }
}

/** One sentence on what is under the pointer. */
export function hitSentence(data: TimelineData, hit: Hit): string {
  const { model } = data;
  switch (hit.kind) {
    case 'interval': {
      const interval = data.lanes.get(hit.tid)?.intervals[hit.index];
      return interval === undefined ? '' : describeInterval(model, untilNow(data, interval));
    }
    case 'marker': return describeEvent(model, hit.event);
    case 'link': return selectionSentence(data, hit);
    default: return seriesSentence(data, hit.object, hit.time);
  }
}

/** An interval that still goes on reaches as far as it is drawn: to now, which is later than the last event. */
export function untilNow(data: TimelineData, interval: Interval): Interval {
  const track = data.lanes.get(interval.task)?.track;
  return interval.open && track !== undefined ? { ...interval, end: track.ends[track.count - 1] } : interval;
}

/** Whether a selection within an interval means an event of it rather than the whole. */
export function isMarker(interval: Interval, event: number): boolean {
  return event !== interval.event;
}

function seriesSentence(data: TimelineData, id: ObjectId, time: number): string {
  const { model } = data;
  const step = stepOf(model, id, time);
  const lane = data.objects.find(({ info }) => info.id === id);
  if (step === undefined || lane === undefined) return objectLabel(model, id);
  const words = { object: objectLabel(model, id), amount: amountLabel(lane.info.type, step.value), at: formatMoment(time) };
  if (lane.info.type === 'value' || lane.info.type === 'array' || lane.info.type === 'variable' || isCount(lane.info.type)) {
    return translate('timeline.details.seriesValue', words);
  }
  return lane.capacity === undefined
    ? translate('timeline.details.series', words)
    : translate('timeline.details.seriesOf', { ...words, capacity: amountLabel(lane.info.type, lane.capacity) });
}

function isCount(type: string): boolean {
  return type === 'semaphore' || type === 'bounded semaphore';
}

/** A number of an object as one says it: a pipe holds bytes. */
export function amountLabel(type: string, value: number): string {
  const amount = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  return type === 'pipe' || type === 'connection' ? translate('timeline.lane.bytes', { amount }) : amount;
}
