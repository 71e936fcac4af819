import { useLayoutEffect, useRef, type ReactElement } from 'react';
import type { IntervalTrack } from '../../render/interval-track';
import { palettes, type ThemeName } from '../../render/palette';
import { markTrack, TrackMarks } from '../../render/track-marks';
import { TrackPainter } from '../../render/track-painter';
import type { TimeRange } from '../../render/viewport';

interface LaneStripsProps {
  readonly tracks: readonly IntervalTrack[];
  readonly range: TimeRange;
  readonly theme: ThemeName;
  /** CSS pixels of each strip, and between two; strips of less than a pixel share one. */
  readonly height: number;
  readonly gap?: number;
}

/** Lanes seen from afar: no words, no arrows, nothing to point at. */
export function LaneStrips({ tracks, range, theme, height, gap = 0 }: LaneStripsProps): ReactElement {
  const ref = useRef<HTMLCanvasElement>(null);
  const { start, end } = range;
  const whole = Math.max(1, tracks.length * (height + gap) - gap);
  useLayoutEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (canvas === null || !context) return undefined;
    const draw = (): void => {
      const ratio = window.devicePixelRatio || 1;
      const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
      canvas.width = width;
      canvas.height = Math.round(whole * ratio);
      const painter = new TrackPainter(context, palettes[theme], ratio, imageCanvas);
      const marks = new TrackMarks();
      tracks.forEach((track, index) => {
        markTrack(track, { start, end, width }, marks);
        const top = Math.round(index * (height + gap) * ratio);
        painter.paint(track, marks, { top, height: Math.max(1, Math.round(height * ratio)), width }, 0);
      });
    };
    const observer = new ResizeObserver(draw);
    observer.observe(canvas);
    return () => observer.disconnect();
  }, [tracks, start, end, theme, height, gap, whole]);
  return <canvas ref={ref} aria-hidden="true" style={{ display: 'block', width: '100%', height: whole }} />;
}

function imageCanvas(image: ImageData): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}
