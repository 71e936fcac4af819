type TextContext = Pick<CanvasRenderingContext2D, 'measureText' | 'font'>;

const KEPT_AT_MOST = 5000;

/** Says how wide texts are, remembering each: measuring takes longer than drawing. */
export class TextFitter {
  private readonly widths = new Map<string, number>();

  constructor(private readonly context: TextContext) {}

  width(text: string): number {
    const key = `${this.context.font} ${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      if (this.widths.size > KEPT_AT_MOST) this.widths.clear();
      this.widths.set(key, (width = this.context.measureText(text).width));
    }
    return width;
  }

  /** Measures all anew: the fonts have changed. */
  forget(): void {
    this.widths.clear();
  }

  /** The first of `texts` that is no wider than `room`; none where even the last is too wide. */
  fit(texts: readonly string[], room: number): string | undefined {
    return texts.find((text) => this.width(text) <= room);
  }
}
