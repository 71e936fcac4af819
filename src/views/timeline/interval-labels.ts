import type { BlockReason } from '../../protocol/words';
import { translate } from '../../text/translate';
import { objectLabel, taskLabel } from '../../trace/labels';
import type { Interval, TraceModel } from '../../trace/trace';

/** Locks have a holder; the kernel says who where it knows. */
const heldBySome = new Set<BlockReason>(['lock']);

/**
 * What may stand inside an interval, the fullest first: `waits for q: empty`, `q: empty`. A running interval has none:
 * that it is the solid one says it, and words in each would drown the rest.
 */
export function intervalLabels(model: TraceModel, interval: Interval): readonly string[] {
  switch (interval.state) {
    case 'blocked': return waitLabels(model, interval);
    case 'ready': return interval.cause === 'preempted'
      ? [translate('timeline.label.preempted'), translate('timeline.label.ready')]
      : [translate('timeline.label.ready')];
    case 'new': return [translate('timeline.label.new')];
    case 'stopped': return [translate('timeline.label.stopped')];
    case 'zombie': return [translate('timeline.label.zombie'), translate('timeline.label.zombieShort')];
    default: return [];
  }
}

function waitLabels(model: TraceModel, { reason, object, other }: Interval): readonly string[] {
  const words = { object: objectLabel(model, object), other: taskLabel(model, other) };
  if (reason === 'join' && other <= 0) return [translate('timeline.label.wait.joinSome'), translate('timeline.label.short.joinSome')];
  const labels = [translate(`timeline.label.wait.${reason}`, words), translate(`timeline.label.short.${reason}`, words)];
  if (reason === 'wait' && other > 0) {
    return [translate('timeline.label.wait.join', words), translate('timeline.label.short.join', words)];
  }
  return heldBySome.has(reason) && other > 0 ? [translate('timeline.label.wait.lockBy', words), ...labels] : labels;
}

/** Keeps the labels of intervals that read the same, for a frame asks for hundreds of them. */
export class LabelCache {
  private readonly labels = new Map<string, readonly string[]>();

  constructor(private readonly model: TraceModel) {}

  of(interval: Interval): readonly string[] {
    const { state, reason, object, other, cause } = interval;
    const key = `${state} ${reason} ${object} ${other} ${cause === 'preempted' ? 1 : 0}`;
    let labels = this.labels.get(key);
    if (labels === undefined) this.labels.set(key, (labels = intervalLabels(this.model, interval)));
    return labels;
  }
}
