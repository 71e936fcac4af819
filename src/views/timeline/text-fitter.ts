type TextContext = Pick<CanvasRenderingContext2D, 'measureText' | 'font'>;

const KEPT_AT_MOST = 5000;

/** Says how wide texts are, remembering each: measuring takes longer than drawing. */
export class TextFitter {
  private readonly byFont = new Map<string, Map<string, number>>();
  private widths = new Map<string, number>();

  constructor(private readonly context: TextContext) {}

  /** Draws and measures in `font` from now on. */
  use(font: string): void {
    this.context.font = font;
    const known = this.byFont.get(font);
    this.widths = known ?? new Map<string, number>();
    if (known === undefined) this.byFont.set(font, this.widths);
  }

  width(text: string): number {
    let width = this.widths.get(text);
    if (width === undefined) {
      if (this.widths.size > KEPT_AT_MOST) this.widths.clear();
      this.widths.set(text, (width = this.context.measureText(text).width));
    }
    return width;
  }

  /** Measures all anew: the fonts have changed. */
  forget(): void {
    for (const widths of this.byFont.values()) widths.clear();
  }

  /** The first of `texts` that is no wider than `room`; none where even the last is too wide. */
  fit(texts: readonly string[], room: number): string | undefined {
    return texts.find((text) => this.width(text) <= room);
  }
}
