import type { MarkContext } from '../track-painter';

export interface DrawCall {
  readonly name: 'fillRect' | 'putImageData';
  readonly fill: string;
  readonly box: readonly [x: number, y: number, width: number, height: number];
}

/** Stands in for a canvas: remembers what is drawn, and draws it into pixels that a test can look at. */
export class RecordingContext implements MarkContext {
  readonly calls: DrawCall[] = [];
  fillStyle: string | CanvasGradient | CanvasPattern = '#000000';
  /** What was put as an image, by its top. */
  readonly images = new Map<number, ImageData>();

  fillRect(x: number, y: number, width: number, height: number): void {
    const fill = typeof this.fillStyle === 'string' ? this.fillStyle : 'pattern';
    this.calls.push({ name: 'fillRect', fill, box: [x, y, width, height] });
  }

  putImageData(image: ImageData, x: number, y: number): void {
    this.calls.push({ name: 'putImageData', fill: 'image', box: [x, y, image.width, image.height] });
    this.images.set(y, image);
  }

  createImageData(width: number | ImageData, height = 0): ImageData {
    const columns = typeof width === 'number' ? width : width.width;
    const data = new Uint8ClampedArray(columns * height * 4);
    return { width: columns, height, data, colorSpace: 'srgb' };
  }

  createPattern(): CanvasPattern {
    return { setTransform: () => undefined };
  }
}

export function fakeImageCanvas(): CanvasImageSource {
  return {} as CanvasImageSource;
}
