import { xOf } from '../../render/viewport';
import { firstEndingAfter } from './search-lanes';
import { fade, isInWindow, type Scene, type SceneContext } from './scene';

/** What a search has found stands as it is, and the rest of each lane steps back. */
export function paintFound(context: SceneContext, scene: Scene): void {
  const { found, viewport, palette } = scene;
  if (found === undefined) return;
  const veil = fade(palette.panel, 0.66);
  for (const [tid, strip] of scene.layout.strips) {
    if (!isInWindow(scene, strip.top, strip.height)) continue;
    const intervals = found.get(tid) ?? [];
    context.fillStyle = veil;
    let from = 0;
    for (let index = firstEndingAfter(intervals, viewport.start); index < intervals.length; index++) {
      const { start, end } = intervals[index];
      if (start > viewport.end) break;
      const left = xOf(viewport, start);
      // What is narrower than a pixel must be seen all the same.
      const right = Math.max(left + 2, xOf(viewport, end));
      if (left > from) context.fillRect(from, strip.top, left - from, strip.height);
      from = Math.max(from, right);
    }
    if (from < viewport.width) context.fillRect(from, strip.top, viewport.width - from, strip.height);
  }
}
