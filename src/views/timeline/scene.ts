import type { Journey } from '../../analysis/journey';
import type { Tid } from '../../protocol/ids';
import type { Palette } from '../../render/palette';
import type { DrawingContext } from '../../render/svg-context';
import type { Viewport } from '../../render/viewport';
import type { Interval } from '../../trace/trace';
import type { TimelineData } from './derive';
import type { Hit } from './hit';
import type { LabelCache } from './interval-labels';
import type { RowLayout } from './rows';
import type { TimelineSelection } from './timeline-types';

/** All that decides what a frame looks like. Lengths are CSS pixels. */
export interface Scene {
  readonly data: TimelineData;
  readonly layout: RowLayout;
  readonly viewport: Viewport;
  /** Until when there is something to draw: the end of the run, or now. */
  readonly end: number;
  /** The part of the content that the canvas covers. */
  readonly window: { readonly top: number; readonly height: number };
  readonly palette: Palette;
  readonly pixelRatio: number;
  readonly labels: LabelCache;
  readonly selection: TimelineSelection | undefined;
  readonly hover: Hit | undefined;
  readonly arrows: boolean;
  /** The way of the item that is picked. */
  readonly journey?: Journey | undefined;
  /** Intervals that a search has found, by task: they stand out. */
  readonly found?: ReadonlyMap<Tid, readonly Interval[]> | undefined;
}

/** A canvas context in the coordinates of the content: y counts from the top of the first row. */
export type SceneContext = DrawingContext;

export const FONT = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif";
export const MONO = "'JetBrains Mono Variable', ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace";

/** Whether a stretch of the content is on the canvas. */
export function isInWindow(scene: Scene, top: number, height: number): boolean {
  return top + height > scene.window.top && top < scene.window.top + scene.window.height;
}

/** Sets the context up for drawing in content coordinates, and forgets what was there. */
export function beginFrame(context: SceneContext, scene: Scene): void {
  const { pixelRatio, window, viewport } = scene;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, Math.ceil(viewport.width * pixelRatio), Math.ceil(window.height * pixelRatio));
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, -window.top * pixelRatio);
}

/** The task whose lane is to stand out. */
export function selectedTask(selection: TimelineSelection | undefined): Tid | undefined {
  if (selection?.kind === 'interval') return selection.task;
  return selection?.kind === 'task' ? selection.tid : undefined;
}

/** A colour with part of its strength: `#rrggbb` and 0 to 1. */
export function fade(color: string, part: number): string {
  return color + Math.round(part * 255).toString(16).padStart(2, '0');
}
