import { timeClassOf } from '../../analysis/time-class';
import type { BlockReason, TaskState } from '../../protocol/words';
import { StyleCode, type StyleName } from '../../render/palette';

/** How an interval is drawn: each class of time has one colour and one hatching, and the label says the rest. */
export function intervalStyle(state: TaskState, reason: BlockReason): StyleName {
  return timeClassOf(state, reason);
}

export function intervalStyleCode(state: TaskState, reason: BlockReason): number {
  return StyleCode[intervalStyle(state, reason)];
}
