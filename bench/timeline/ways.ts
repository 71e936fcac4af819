import { select } from 'd3-selection';
import { IntervalTrack } from '../../src/render/interval-track';
import { palettes, STYLE_COUNT } from '../../src/render/palette';
import { markTrack, TrackMarks } from '../../src/render/track-marks';
import { TrackPainter } from '../../src/render/track-painter';
import type { Viewport } from '../../src/render/viewport';

const LANES = 16;
const LANE_HEIGHT = 22;
const WIDTH = 1200;
/** As many elements as SVG can be asked for at all. */
const SVG_INTERVALS = 100_000;
/** Half a second and more each. */
const SLOW_FRAMES = 3;

/** Milliseconds that each frame took, by the way in which it was drawn. */
export type WaysDrawn = Readonly<Record<'layer' | 'fill' | 'buckets' | 'svg', readonly number[]>>;

/** Draws a million intervals in 16 lanes in several ways, while the view moves; a page of its own calls it. */
export function drawWays(intervals: number, frames: number): WaysDrawn {
  const tracks = tracksOf(intervals);
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = LANES * LANE_HEIGHT;
  document.body.append(canvas);
  const context = canvas.getContext('2d', { willReadFrequently: false });
  if (context === null) throw new Error('missing 2d context');
  const length = tracks[0].ends[tracks[0].count - 1];
  const views = viewsOf(length, frames);
  return {
    layer: timesOf(views, layer(context, tracks), context),
    fill: timesOf(views.slice(0, SLOW_FRAMES), (view) => eachFilled(context, tracks, view), context),
    buckets: timesOf(views, (view) => bucketsFilled(context, tracks, view), context),
    svg: drawnBySvg(tracks, views.slice(0, SLOW_FRAMES)),
  };
}

function tracksOf(intervals: number): IntervalTrack[] {
  let state = 1;
  const random = (): number => (state = (Math.imul(state, 48_271) >>> 0) % 0x7fffffff) / 0x7fffffff;
  return Array.from({ length: LANES }, () => {
    const track = new IntervalTrack(STYLE_COUNT);
    let time = 0;
    for (let index = 0; index < intervals / LANES; index++) {
      const end = time + 100 + random() * 2000;
      track.append(time, end, Math.floor(random() * STYLE_COUNT));
      time = end;
    }
    return track;
  });
}

/** From the whole run in by half, and along. */
function viewsOf(length: number, frames: number): readonly Viewport[] {
  return Array.from({ length: frames }, (_, frame) => {
    const span = length / 2 ** ((frame % 24) / 2);
    const start = (length - span) * ((frame * 0.37) % 1);
    return { start, end: start + span, width: WIDTH };
  });
}

/** A pixel is read after each frame: only then is all that was asked for drawn. */
function timesOf(views: readonly Viewport[], draw: (view: Viewport) => void, context: CanvasRenderingContext2D): number[] {
  return views.map((view) => {
    context.clearRect(0, 0, WIDTH, LANES * LANE_HEIGHT);
    const begun = performance.now();
    draw(view);
    context.getImageData(0, 0, 1, 1);
    return performance.now() - begun;
  });
}

/** What the page does. */
function layer(context: CanvasRenderingContext2D, tracks: readonly IntervalTrack[]): (view: Viewport) => void {
  const marks = new TrackMarks();
  const painter = new TrackPainter(context, palettes.light, 1, (image) => {
    const canvas = document.createElement('canvas');
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    return canvas;
  });
  return (view) => {
    tracks.forEach((track, lane) => {
      markTrack(track, view, marks);
      painter.paint(track, marks, { top: lane * LANE_HEIGHT, height: LANE_HEIGHT - 4, width: WIDTH }, 0);
    });
  };
}

function eachFilled(context: CanvasRenderingContext2D, tracks: readonly IntervalTrack[], { start, end, width }: Viewport): void {
  const scale = width / (end - start);
  tracks.forEach(({ count, starts, ends, styles }, lane) => {
    for (let index = 0; index < count; index++) {
      if (ends[index] < start || starts[index] > end) continue;
      context.fillStyle = palettes.light.styles[styles[index]].fill;
      const length = Math.max(1, (ends[index] - starts[index]) * scale);
      context.fillRect((starts[index] - start) * scale, lane * LANE_HEIGHT, length, LANE_HEIGHT - 4);
    }
  });
}

/** The first interval of each pixel, found by binary search. */
function bucketsFilled(context: CanvasRenderingContext2D, tracks: readonly IntervalTrack[], { start, end, width }: Viewport): void {
  const scale = width / (end - start);
  tracks.forEach((track, lane) => {
    for (let x = 0; x < width; x++) {
      const index = track.firstEndingAfter(start + x / scale);
      if (index >= track.count) return;
      context.fillStyle = palettes.light.styles[track.styles[index]].fill;
      context.fillRect(x, lane * LANE_HEIGHT, 1, LANE_HEIGHT - 4);
    }
  });
}

function drawnBySvg(tracks: readonly IntervalTrack[], views: readonly Viewport[]): number[] {
  const each = SVG_INTERVALS / LANES;
  const marks = tracks.flatMap(({ starts, ends, styles }, lane) => {
    return Array.from({ length: each }, (_, index) => ({ lane, start: starts[index], end: ends[index], style: styles[index] }));
  });
  const svg = select(document.body).append('svg').attr('width', WIDTH).attr('height', LANES * LANE_HEIGHT);
  return views.map((view) => {
    const begun = performance.now();
    const scale = view.width / (view.end - view.start);
    svg.selectAll('rect').data(marks).join('rect')
      .attr('x', ({ start }) => (start - view.start) * scale)
      .attr('y', ({ lane }) => lane * LANE_HEIGHT)
      .attr('width', ({ start, end }) => Math.max(1, (end - start) * scale))
      .attr('height', LANE_HEIGHT - 4)
      .attr('fill', ({ style }) => palettes.light.styles[style].fill);
    svg.node()?.getBoundingClientRect();
    return performance.now() - begun;
  });
}
