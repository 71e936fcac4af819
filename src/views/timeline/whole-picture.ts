import { palettes, type ThemeName } from '../../render/palette';
import { fitRange } from '../../render/viewport';
import { foldMachinery } from '../../trace/folding';
import type { TraceModel } from '../../trace/trace';
import { TimelineDeriver } from './derive';
import { LabelCache } from './interval-labels';
import { PICTURE_GUTTER } from './picture';
import { layoutRows } from './rows';
import { loadPictureFonts, timelinePicture, type PictureKind } from './save-picture';

export interface WholePicture {
  readonly kind: PictureKind;
  readonly theme: ThemeName;
  /** Of all of it, with the names: CSS pixels. */
  readonly width: number;
  /** What part of the run it shows, in nanoseconds; all of it where nothing is said. */
  readonly from?: number;
  readonly to?: number;
}

/** The run as the page first shows it, as a picture: what the page saves, without a page. */
export async function pictureOfRun(run: TraceModel, { kind, theme, width, from, to }: WholePicture): Promise<Blob> {
  // Texts are measured by what they are drawn with.
  await loadPictureFonts();
  const data = new TimelineDeriver().derive(foldMachinery(run));
  const layout = layoutRows(data);
  const { end } = data.bounds;
  const whole = fitRange(data.bounds, width - PICTURE_GUTTER);
  return timelinePicture({
    data, layout, end,
    viewport: { ...whole, start: from ?? whole.start, end: to ?? whole.end },
    window: { top: 0, height: layout.height },
    palette: palettes[theme],
    pixelRatio: 1,
    labels: new LabelCache(data.model),
    selection: undefined, hover: undefined, arrows: true,
  }, kind);
}
