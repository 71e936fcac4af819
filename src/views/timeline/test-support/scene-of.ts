import { palettes } from '../../../render/palette';
import { fitRange } from '../../../render/viewport';
import { buildModel } from '../../../trace/model';
import type { Trace } from '../../../trace/trace';
import { TimelineDeriver } from '../derive';
import { LabelCache } from '../interval-labels';
import { layoutRows, type FoldKey } from '../rows';
import type { Scene } from '../scene';

/** A scene of a whole run, as the page would draw it first. */
export function sceneOf(trace: Trace, changes: Partial<Scene> = {}, folded: ReadonlySet<FoldKey> = new Set()): Scene {
  const data = new TimelineDeriver().derive(buildModel(trace));
  const layout = layoutRows(data, { toggled: folded });
  return {
    data,
    layout,
    viewport: fitRange(data.bounds, 1000),
    end: data.bounds.end,
    window: { top: 0, height: layout.height },
    palette: palettes.light,
    pixelRatio: 1,
    labels: new LabelCache(data.model),
    selection: undefined,
    hover: undefined,
    arrows: true,
    ...changes,
  };
}
