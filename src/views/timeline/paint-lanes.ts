import { parseColor, toPixel } from '../../render/color';
import type { IntervalTrack } from '../../render/interval-track';
import type { Palette } from '../../render/palette';
import { StepMarks } from '../../render/step-chart';
import { StepPainter } from '../../render/step-painter';
import { timeTicks } from '../../render/time-ticks';
import { markTrack, TrackMarks } from '../../render/track-marks';
import { TrackPainter, type ImageCanvas } from '../../render/track-painter';
import { xOf } from '../../render/viewport';
import { paintMarkers } from './paint-markers';
import { paintObjectChart } from './paint-charts';
import { OWNER_BAR, ownerPalette, paintOwnerNames, paintWaiters } from './paint-owners';
import type { ObjectRow, OwnerRow, Strip, TaskRow } from './rows';
import { beginFrame, FONT, isInWindow, selectedTask, type Scene, type SceneContext } from './scene';
import { TextFitter } from './text-fitter';

/** Narrower bars (CSS pixels) have no room for a word. */
const LABEL_FROM = 30;
const LABEL_INSET = 6;
/** Lower strips have no room for letters. */
const LABEL_HEIGHT = 14;

/** Draws the lanes and charts: everything except what changes with the pointer. */
export class LanePainter {
  private readonly marks = new TrackMarks();
  private readonly steps = new StepMarks();
  private readonly stepPainter: StepPainter;
  private readonly fitter: TextFitter;
  private painter: TrackPainter | undefined;
  private ownerPainter: TrackPainter | undefined;
  /** A row of pixels of what the lanes lie on. */
  private readonly ground = { plain: new Uint32Array(0), selected: new Uint32Array(0) };

  /** `shapes`: lanes of so many marks are drawn mark by mark; a picture to keep has shapes where a screen has pixels. */
  constructor(private readonly context: SceneContext, private readonly imageCanvas: ImageCanvas, private readonly shapes?: number) {
    this.fitter = new TextFitter(context);
    this.stepPainter = new StepPainter(context);
  }

  paint(scene: Scene): void {
    const { context } = this;
    beginFrame(context, scene);
    const ticks = timeTicks(scene.viewport).times.map((time) => Math.round(xOf(scene.viewport, time) * scene.pixelRatio));
    this.paintGround(scene);
    this.paintGrid(scene, ticks);
    this.layGround(scene, ticks);
    for (const row of scene.layout.rows) {
      if (!isInWindow(scene, row.top, row.height)) continue;
      if (row.kind === 'task') this.paintTask(scene, row);
      else if (row.kind === 'object') this.paintObject(scene, row);
      else if (row.kind === 'owner') this.paintOwner(scene, row);
    }
  }

  /** Forgets widths, for the fonts have come. */
  forgetText(): void {
    this.fitter.forget();
  }

  private paintGround(scene: Scene): void {
    const { context } = this;
    const { palette, viewport, layout, window } = scene;
    context.fillStyle = palette.panel;
    context.fillRect(0, window.top, viewport.width, window.height);
    const selected = selectedTask(scene.selection);
    for (const row of layout.rows) {
      if (!isInWindow(scene, row.top, row.height)) continue;
      if (row.kind === 'heading') {
        context.fillStyle = palette.sunken;
        context.fillRect(0, row.top, viewport.width, row.height);
      } else if (row.kind === 'task' && row.lane.tid === selected) {
        context.fillStyle = palette.hover;
        context.fillRect(0, row.top, viewport.width, row.height);
      }
      const ends = row.kind !== 'task' || row.lane === row.group.lanes.at(-1) || row.folded;
      if (!ends) continue;
      context.fillStyle = palette.border;
      const y = row.top + row.height + (row.kind === 'task' ? 1 : -1);
      context.fillRect(0, y, viewport.width, 1 / scene.pixelRatio);
    }
  }

  /** `ticks`: device pixels. */
  private paintGrid(scene: Scene, ticks: readonly number[]): void {
    const { context } = this;
    const { viewport, palette, window, pixelRatio } = scene;
    context.fillStyle = palette.grid;
    for (const tick of ticks) context.fillRect(tick / pixelRatio, window.top, 1 / pixelRatio, window.height);
    // Where the run is over, or has not begun, there is nothing: it must not look like a task doing nothing.
    context.fillStyle = palette.sunken;
    const begin = xOf(viewport, 0);
    const end = xOf(viewport, scene.end);
    if (begin > 0) context.fillRect(0, window.top, begin, window.height);
    if (end < viewport.width) context.fillRect(end, window.top, viewport.width - end, window.height);
  }

  /** Once more as rows of pixels: lanes that are images cover what was painted, and it is seen between their bars. */
  private layGround({ viewport, palette, pixelRatio }: Scene, ticks: readonly number[]): void {
    const width = Math.round(viewport.width * pixelRatio);
    const grid = toPixel(parseColor(palette.grid));
    const { ground } = this;
    for (const which of ['plain', 'selected'] as const) {
      if (ground[which].length !== width) ground[which] = new Uint32Array(width);
      ground[which].fill(toPixel(parseColor(which === 'plain' ? palette.panel : palette.hover)));
      for (const tick of ticks) if (tick >= 0) ground[which][tick] = grid;
    }
  }

  private paintTask(scene: Scene, row: TaskRow): void {
    const ground = row.lane.tid === selectedTask(scene.selection) ? this.ground.selected : this.ground.plain;
    for (const strip of row.strips) {
      this.paintTrack(scene, strip.lane.track, strip, this.painterFor(scene), ground);
      if (strip.height < LABEL_HEIGHT) continue;
      this.paintLabels(scene, strip);
      paintMarkers(this.context, scene, strip, this.fitter);
    }
  }

  private paintOwner(scene: Scene, row: OwnerRow): void {
    const { context } = this;
    const bar = { top: row.top + OWNER_BAR.top, height: OWNER_BAR.height };
    this.paintTrack(scene, row.owner.track, bar, this.ownerPainterFor(scene), this.ground.plain);
    paintOwnerNames(context, scene, row, this.marks, this.fitter);
    paintWaiters(context, scene, row, this.steps);
  }

  private paintTrack(
    scene: Scene, track: IntervalTrack, place: { readonly top: number; readonly height: number }, painter: TrackPainter,
    ground: Uint32Array,
  ): void {
    const { viewport, pixelRatio, window } = scene;
    const width = Math.round(viewport.width * pixelRatio);
    const device = { start: viewport.start, end: viewport.end, width };
    markTrack(track, device, this.marks);
    const top = Math.round((place.top - window.top) * pixelRatio);
    const bottom = Math.round((place.top + place.height - window.top) * pixelRatio);
    const { context } = this;
    const transform = context.getTransform();
    context.setTransform(1, 0, 0, 1, 0, 0);
    const phase = Math.round(xOf(device, 0)) % 4096;
    painter.paint(track, this.marks, { top, height: Math.max(1, bottom - top), width }, phase, this.shapes === undefined ? ground : undefined);
    context.setTransform(transform);
  }

  private paintLabels(scene: Scene, strip: Strip): void {
    const { context, fitter, marks } = this;
    const { pixelRatio, viewport, palette, labels } = scene;
    fitter.use(`500 11px ${FONT}`);
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    const middle = strip.top + strip.height / 2;
    for (let bar = 0; bar < marks.bars; bar++) {
      const left = Math.max(0, marks.barLeft[bar] / pixelRatio);
      const right = Math.min(viewport.width, marks.barRight[bar] / pixelRatio);
      if (right - left < LABEL_FROM) continue;
      const interval = strip.lane.intervals[marks.barIndex[bar]];
      const text = fitter.fit(labels.of(interval), right - left - 2 * LABEL_INSET - 2);
      if (text === undefined) continue;
      const style = palette.styles[strip.lane.track.styles[marks.barIndex[bar]]];
      if (style.pattern !== 'plain') {
        // Letters on hatching are hard to read: they get a ground of their own.
        context.fillStyle = style.fill;
        context.fillRect(left + LABEL_INSET - 3, middle - 7, fitter.width(text) + 6, 14);
      }
      context.fillStyle = style.text;
      context.fillText(text, left + LABEL_INSET, middle + 0.5);
    }
  }

  private paintObject(scene: Scene, row: ObjectRow): void {
    const image = this.shapes === undefined ? { painter: this.stepPainter, ground: this.ground.plain } : undefined;
    paintObjectChart(this.context, scene, row, { fitter: this.fitter, marks: this.steps, image });
  }

  private painterFor(scene: Scene): TrackPainter {
    return (this.painter = this.fitting(this.painter, scene.palette, scene.pixelRatio));
  }

  private ownerPainterFor(scene: Scene): TrackPainter {
    return (this.ownerPainter = this.fitting(this.ownerPainter, ownerPalette(scene.palette), scene.pixelRatio));
  }

  private fitting(painter: TrackPainter | undefined, palette: Palette, pixelRatio: number): TrackPainter {
    if (painter?.palette === palette && painter.pixelRatio === pixelRatio) return painter;
    return new TrackPainter(this.context, palette, pixelRatio, this.imageCanvas, this.shapes);
  }
}
