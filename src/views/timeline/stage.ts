import type { Journey } from '../../analysis/journey';
import { palettes, type Palette, type ThemeName } from '../../render/palette';
import type { Viewport } from '../../render/viewport';
import { extendOpen, type TimelineData } from './derive';
import { drawAhead } from './draw-ahead';
import { hitTest, MOUSE_REACH, TOUCH_REACH, type Hit } from './hit';
import { LabelCache } from './interval-labels';
import { shownLinks } from './link-geometry';
import { AXIS_HEIGHT, paintAxis } from './paint-axis';
import { LanePainter } from './paint-lanes';
import { paintOverlay } from './paint-overlay';
import type { PointerKind } from './gestures';
import { playheadLabel } from './playhead-label';
import type { RowLayout } from './rows';
import type { Scene, SceneContext } from './scene';
import { TextFitter } from './text-fitter';
import type { TimelineSelection } from './timeline-types';
import { ViewControl } from './view-control';

/** The elements that the stage draws on and measures; React makes them. */
export interface StageElements {
  readonly scroller: HTMLElement;
  readonly plot: HTMLElement;
  readonly lanes: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
  readonly axis: HTMLCanvasElement;
}

export interface StageInput {
  readonly data: TimelineData;
  readonly layout: RowLayout;
  readonly theme: ThemeName;
  readonly selection: TimelineSelection | undefined;
  readonly hover: Hit | undefined;
  readonly arrows: boolean;
  readonly journey?: Journey | undefined;
  readonly found?: Scene['found'];
  readonly running: boolean;
  /** Changes with the reader's language. */
  readonly language: string;
}

/** The canvas reaches so far above and below what is in view, so that scrolling a little needs no drawing. */
const OVERDRAW = 160;
/** Safari and Chromium give up on canvases with longer edges. */
const CANVAS_AT_MOST = 8192;
/** So often the span is halved for views drawn ahead, and then from the whole run again. */
const NEARER_AT_MOST = 12;
/** From so many events on a run is drawn ahead. */
const LONG_RUN = 200_000;

/**
 * Keeps canvases up to date: draws once a frame, only what has changed, and nothing while nothing changes. The view
 * (which part of time) is its own; everything else it is given.
 */
export class TimelineStage {
  readonly view = new ViewControl(() => !this.stillness.matches);
  private readonly stillness = window.matchMedia('(prefers-reduced-motion: reduce)');
  private readonly lanePainter: LanePainter;
  private readonly overlayContext: SceneContext;
  private readonly axisContext: SceneContext;
  private readonly axisFitter: TextFitter;
  private readonly observer: ResizeObserver;
  private input: StageInput | undefined;
  private labels: { readonly data: TimelineData; readonly language: string; readonly cache: LabelCache } | undefined;
  private window = { top: 0, height: 0 };
  private pixelRatio = 1;
  private frame = 0;
  private end = 1;
  private lanesStale = true;
  private overlayStale = true;
  private axisStale = true;
  private playhead: number | undefined;
  private shown: Viewport | undefined;
  private stopAhead = (): void => undefined;

  constructor(private readonly elements: StageElements, private readonly onView: (viewport: Viewport, stride: number) => void) {
    const imageCanvas = (image: ImageData): HTMLCanvasElement => {
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      contextOf(canvas).putImageData(image, 0, 0);
      return canvas;
    };
    this.lanePainter = new LanePainter(contextOf(elements.lanes), imageCanvas);
    this.overlayContext = contextOf(elements.overlay);
    this.axisContext = contextOf(elements.axis);
    this.axisFitter = new TextFitter(this.axisContext);
    // A resize is drawn before the browser paints it: the old picture is never seen stretched.
    this.observer = new ResizeObserver(() => this.draw(undefined));
    this.observer.observe(elements.plot);
    this.observer.observe(elements.scroller);
    elements.scroller.addEventListener('scroll', this.onScroll, { passive: true });
    void document.fonts.ready.then(this.onFonts);
  }

  dispose(): void {
    this.observer.disconnect();
    this.elements.scroller.removeEventListener('scroll', this.onScroll);
    cancelAnimationFrame(this.frame);
    this.stopAhead();
    this.input = undefined;
  }

  /** What there is to draw now. */
  update(input: StageInput): void {
    const before = this.input;
    this.input = input;
    const { data, running } = input;
    const fresh = before === undefined || (before.data !== data && before.data.links !== data.links);
    if (fresh && before !== undefined) this.view.reset();
    if (fresh) this.beginAhead(data);
    // What passed without events counts until a model says when the run ended.
    if (fresh || (!running && before.data !== data)) this.end = data.bounds.end;
    const sameLanes = before?.data === data && before.layout === input.layout && before.theme === input.theme
      && before.language === input.language && before.selection === input.selection && before.running === running;
    if (!sameLanes) this.passTime(this.end);
    this.overlayStale = true;
    this.request();
  }

  /** The run goes on and it is `time` now, whether anything happened since its last event or not. */
  passTime(time: number): void {
    const { input } = this;
    if (input === undefined) return;
    const { data, running } = input;
    this.end = Math.max(this.end, time, data.bounds.end);
    if (running) extendOpen(data, this.end);
    this.view.setEnd(this.end, running);
    this.lanesStale = true;
    this.request();
  }

  /** The axis makes room for what the playhead says. */
  setPlayhead(time: number | undefined): void {
    if (time === this.playhead) return;
    this.playhead = time;
    this.axisStale = true;
    this.request();
  }

  /** Draws in the next frame: the view has moved. */
  request(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame((now) => this.draw(now));
  }

  /** What is drawn at a point: CSS pixels from the left of the plot and the top of the content. */
  hit(x: number, y: number, kind: PointerKind): Hit | undefined {
    const scene = this.scene();
    return scene && hitTest(scene, x, y, kind === 'touch' ? TOUCH_REACH : MOUSE_REACH);
  }

  scene(): Scene | undefined {
    const { input } = this;
    if (input === undefined) return undefined;
    const { data, layout, selection, hover, arrows, journey, found } = input;
    return {
      data, layout, selection, hover, arrows, journey, found,
      end: this.end,
      viewport: this.view.viewport,
      window: this.window,
      palette: this.palette,
      pixelRatio: this.pixelRatio,
      labels: this.labelsOf(input),
    };
  }

  private get palette(): Palette {
    return palettes[this.input?.theme ?? 'light'];
  }

  private readonly onScroll = (): void => {
    if (this.windowNeeded() !== undefined) this.request();
  };

  private readonly onFonts = (): void => {
    this.lanePainter.forgetText();
    this.axisFitter.forget();
    this.lanesStale = true;
    this.request();
  };

  private draw(now: number | undefined): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (now !== undefined) this.view.tick(now);
    this.fitCanvases();
    const scene = this.scene();
    if (scene === undefined || scene.viewport.width <= 1) return;
    const moved = this.shown !== scene.viewport;
    if (moved || this.lanesStale) this.paintLanes(scene);
    else if (this.axisStale) this.paintAxis(scene);
    const overlaid = moved || this.lanesStale || this.overlayStale;
    if (overlaid) paintOverlay(this.overlayContext, scene);
    this.lanesStale = false;
    this.axisStale = false;
    this.overlayStale = false;
    this.shown = scene.viewport;
    this.onView(scene.viewport, shownLinks(scene).stride);
    if (this.view.moving) this.request();
  }

  private paintLanes(scene: Scene): void {
    this.lanePainter.paint(scene);
    this.paintAxis(scene);
  }

  private paintAxis({ viewport, palette }: Scene): void {
    const label = this.playhead === undefined ? undefined : playheadLabel(viewport, this.playhead);
    paintAxis(this.axisContext, viewport, palette, this.pixelRatio, this.axisFitter, label);
  }

  /** Nearer and nearer views of a long run here and there, each gone again before anybody could see it. */
  private beginAhead({ model }: TimelineData): void {
    this.stopAhead();
    if (model.trace.length < LONG_RUN) return;
    this.stopAhead = drawAhead((round) => {
      const scene = this.scene();
      if (scene === undefined || scene.viewport.width <= 1 || this.frame !== 0) return;
      const { start, end, width } = scene.viewport;
      const span = (end - start) / 2 ** (round % NEARER_AT_MOST);
      const from = start + (end - start - span) * ((round * 0.37) % 1);
      const near = { ...scene, viewport: { start: from, end: from + span, width } };
      for (const each of [near, scene]) {
        this.paintLanes(each);
        paintOverlay(this.overlayContext, each);
      }
    });
  }

  private fitCanvases(): void {
    const { plot, lanes, overlay, axis } = this.elements;
    const width = plot.clientWidth;
    const ratio = window.devicePixelRatio || 1;
    const needed = this.windowNeeded();
    this.view.resize(width);
    if (needed === undefined && ratio === this.pixelRatio && lanes.width === Math.round(width * ratio)) return;
    this.window = needed ?? this.window;
    this.pixelRatio = ratio;
    for (const canvas of [lanes, overlay]) {
      size(canvas, width, this.window.height, ratio);
      canvas.style.top = `${this.window.top}px`;
    }
    size(axis, width, AXIS_HEIGHT, ratio);
    this.lanesStale = true;
  }

  /** The part of the content that the canvas must cover, where it covers too little now. */
  private windowNeeded(): { top: number; height: number } | undefined {
    const { scroller, plot } = this.elements;
    const content = plot.clientHeight;
    const { scrollTop, clientHeight } = scroller;
    const largest = Math.floor(CANVAS_AT_MOST / (window.devicePixelRatio || 1));
    const height = Math.min(content, clientHeight + 2 * OVERDRAW, largest);
    const covers = this.window.top <= scrollTop
      && this.window.top + this.window.height >= Math.min(content, scrollTop + clientHeight);
    if (covers && this.window.height === height && this.window.top + height <= content) return undefined;
    const top = Math.max(0, Math.min(content - height, scrollTop - (height - clientHeight) / 2));
    return { top: Math.round(top), height };
  }

  private labelsOf(input: StageInput): LabelCache {
    const { data, language } = input;
    if (this.labels?.data !== data || this.labels.language !== language) {
      this.labels = { data, language, cache: new LabelCache(data.model) };
    }
    return this.labels.cache;
  }
}

function size(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  const columns = Math.round(width * ratio);
  const rows = Math.round(height * ratio);
  // Setting either, even to what it is, empties the canvas.
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}

function contextOf(canvas: HTMLCanvasElement): SceneContext {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('missing 2d context of a canvas of the timeline');
  return context;
}
