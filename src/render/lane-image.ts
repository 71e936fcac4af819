/** The part of a canvas context that images are written with. */
export type ImageContext = Pick<CanvasRenderingContext2D, 'putImageData' | 'createImageData'>;

export interface LaneImage {
  readonly data: ImageData;
  /** Its pixels as one number each, row by row. */
  readonly pixels: Uint32Array;
}

/** Images for lanes, by height: lanes have a few heights, and memory for each lane of each frame would have to be collected. */
export class LaneImages {
  private readonly images = new Map<number, LaneImage>();

  constructor(private readonly context: Pick<ImageContext, 'createImageData'>) {}

  /** The image for a lane as nothing is on it: empty, or the row `ground` again and again. */
  clear(width: number, height: number, ground: Uint32Array | undefined): LaneImage {
    let image = this.images.get(height);
    if (image?.data.width !== width) {
      const data = this.context.createImageData(width, height);
      image = { data, pixels: new Uint32Array(data.data.buffer) };
      this.images.set(height, image);
    } else if (ground === undefined) image.pixels.fill(0);
    if (ground !== undefined) for (let y = 0; y < height; y++) image.pixels.set(ground, y * width);
    return image;
  }
}
