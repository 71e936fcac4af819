import { parseColor, toPixel } from '../color';
import type { ImageCanvas, MarkContext } from '../track-painter';

/** A pattern of this context: its tile, and how far it is moved to the right. */
class PixelPattern {
  shift = 0;
  constructor(readonly size: number, readonly tile: Uint32Array) {}

  setTransform(matrix: DOMMatrix2DInit = {}): void {
    this.shift = matrix.e ?? 0;
  }
}

/** A canvas of whole pixels: what painters ask for is drawn as a browser draws it. */
export class PixelContext implements MarkContext {
  fillStyle: string | CanvasGradient | CanvasPattern = '#000000';
  readonly pixels: Uint32Array;

  constructor(readonly width: number, readonly height: number, ground: Uint32Array) {
    this.pixels = Uint32Array.from({ length: width * height }, (_, index) => ground[index % width]);
  }

  fillRect(left: number, top: number, width: number, height: number): void {
    const { fillStyle } = this;
    const plain = typeof fillStyle === 'string' ? toPixel(parseColor(fillStyle)) : 0;
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y++) {
      for (let x = Math.max(0, left); x < Math.min(this.width, left + width); x++) {
        this.pixels[y * this.width + x] = fillStyle instanceof PixelPattern ? pixelOf(fillStyle, x, y) : plain;
      }
    }
  }

  putImageData(image: ImageData, x: number, y: number, dirtyX = 0, dirtyY = 0, width = image.width, height = image.height): void {
    const source = new Uint32Array(image.data.buffer);
    for (let row = dirtyY; row < dirtyY + height; row++) {
      for (let column = dirtyX; column < dirtyX + width; column++) {
        this.pixels[(y + row) * this.width + x + column] = source[row * image.width + column];
      }
    }
  }

  createImageData(width: number | ImageData, height = 0): ImageData {
    const columns = typeof width === 'number' ? width : width.width;
    return { width: columns, height, data: new Uint8ClampedArray(columns * height * 4), colorSpace: 'srgb' };
  }

  createPattern(image: CanvasImageSource): CanvasPattern {
    const { width, data } = image as unknown as ImageData;
    return new PixelPattern(width, new Uint32Array(data.buffer));
  }
}

/** An image stands for the canvas that would hold it. */
export const sameImage: ImageCanvas = (image) => image as unknown as CanvasImageSource;

function pixelOf({ size, shift, tile }: PixelPattern, x: number, y: number): number {
  return tile[(y % size) * size + ((((x - shift) % size) + size) % size)];
}
