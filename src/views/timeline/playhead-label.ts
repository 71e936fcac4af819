import { xOf, type Viewport } from '../../render/viewport';
import { formatMoment } from '../../text/duration';

/** Where it would reach out of the plot on the right it stands at the left of the playhead. */
const ROOM = 90;
/** CSS pixels between the playhead and what it says, and around that. */
const DISTANCE = 8;
const PADDING = 6;
/** So near to it no tick says anything: half a number beside it would be read as part of it. */
const CLEAR = 6;

export interface PlayheadLabel {
  /** Of the playhead, in CSS pixels from the left of the plot. */
  readonly x: number;
  readonly text: string;
  readonly side: 'left' | 'right';
}

/** What the playhead says on the axis; undefined while it is out of view. */
export function playheadLabel(viewport: Viewport, time: number): PlayheadLabel | undefined {
  const { start, end, width } = viewport;
  const x = xOf(viewport, time);
  if (x < -1 || x > width + 1) return undefined;
  const step = Math.max(1, (end - start) / Math.max(1, width));
  return { x, text: formatMoment(time, step), side: x > width - ROOM ? 'left' : 'right' };
}

/** The part of the axis that a label takes whose text is so wide. */
export function extentOf({ x, side }: PlayheadLabel, textWidth: number): { readonly left: number; readonly right: number } {
  const far = DISTANCE + 2 * PADDING + textWidth + CLEAR;
  return side === 'right' ? { left: x - CLEAR, right: x + far } : { left: x - far, right: x + CLEAR };
}
