/** The part of a canvas context that views draw with. */
export type DrawingContext = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'lineJoin' | 'font' | 'textAlign' | 'textBaseline'
  | 'fillRect' | 'strokeRect' | 'clearRect' | 'beginPath' | 'closePath' | 'moveTo' | 'lineTo' | 'bezierCurveTo' | 'arc' | 'rect'
  | 'fill' | 'stroke' | 'fillText' | 'measureText' | 'setLineDash' | 'setTransform' | 'getTransform' | 'putImageData'
  | 'createImageData' | 'createPattern'
>;

/** What needs a real canvas: how wide letters are, and pixels as a picture's address. */
export interface SvgTools {
  readonly measure: (text: string, font: string) => TextMetrics;
  readonly imageData: (width: number, height: number) => ImageData;
  /** A `data:` address of the pixels. */
  readonly address: (image: ImageData) => string;
}

/** Stands for a pattern of pixels; what it fills names it. */
class SvgPattern {
  shift = 0;
  constructor(readonly id: string, readonly size: number, readonly address: string) {}

  setTransform(matrix: DOMMatrix2DInit = {}): void {
    this.shift = matrix.e ?? 0;
  }
}

/**
 * Draws into the text of an SVG what otherwise is drawn on a canvas, so that a picture to keep looks like the one on the
 * screen. Knows what the views use of a context, and no more.
 */
export class SvgContext implements DrawingContext {
  fillStyle: string | CanvasGradient | CanvasPattern = '#000000';
  strokeStyle: string | CanvasGradient | CanvasPattern = '#000000';
  lineWidth = 1;
  lineJoin: CanvasLineJoin = 'miter';
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  private readonly parts: string[] = [];
  private readonly patterns = new Map<string, SvgPattern>();
  private path = '';
  private dash: readonly number[] = [];
  private shiftX = 0;
  private shiftY = 0;

  /** `prefix` keeps the names of patterns apart where several drawings are one picture. */
  constructor(private readonly tools: SvgTools, private readonly prefix: string) {}

  /** All that was drawn, as the inside of an `svg` element. */
  content(): string {
    const patterns = [...this.patterns.values()].map(({ id, size, address }) =>
      `<pattern id="${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><image href="${address}" width="${size}" height="${size}"/></pattern>`);
    return `<defs>${patterns.join('')}</defs>${this.parts.join('')}`;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.parts.push(`<rect ${this.box(x, y, width, height)} ${paint('fill', this.fillStyle)}/>`);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.parts.push(`<rect ${this.box(x, y, width, height)} fill="none" ${this.pen()}/>`);
  }

  clearRect(): void {
    this.parts.length = 0;
  }

  beginPath(): void {
    this.path = '';
  }

  closePath(): void {
    this.path += 'Z';
  }

  moveTo(x: number, y: number): void {
    this.path += `M${this.x(x)} ${this.y(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.path += `${this.path === '' ? 'M' : 'L'}${this.x(x)} ${this.y(y)}`;
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.path += `C${this.x(x1)} ${this.y(y1)} ${this.x(x2)} ${this.y(y2)} ${this.x(x)} ${this.y(y)}`;
  }

  /** Whole circles only: the views draw no others. */
  arc(x: number, y: number, radius: number): void {
    const [left, right] = [this.x(x - radius), this.x(x + radius)];
    const [r, middle] = [digits(radius), this.y(y)];
    this.path += `M${left} ${middle}A${r} ${r} 0 1 0 ${right} ${middle}A${r} ${r} 0 1 0 ${left} ${middle}Z`;
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path += `M${this.x(x)} ${this.y(y)}h${digits(width)}v${digits(height)}h${digits(-width)}Z`;
  }

  fill(): void {
    this.parts.push(`<path d="${this.path}" ${paint('fill', this.fillStyle)}/>`);
  }

  stroke(): void {
    this.parts.push(`<path d="${this.path}" fill="none" ${this.pen()}/>`);
  }

  fillText(text: string, x: number, y: number): void {
    const baseline = this.textBaseline === 'middle' ? 'central' : 'alphabetic';
    const anchor = this.textAlign === 'center' ? 'middle' : this.textAlign === 'right' || this.textAlign === 'end' ? 'end' : 'start';
    this.parts.push(
      `<text x="${this.x(x)}" y="${this.y(y)}" style="font:${escaped(this.font)}" dominant-baseline="${baseline}" `
      + `text-anchor="${anchor}" ${paint('fill', this.fillStyle)}>${escaped(text)}</text>`,
    );
  }

  measureText(text: string): TextMetrics {
    return this.tools.measure(text, this.font);
  }

  setLineDash(segments: Iterable<number>): void {
    this.dash = [...segments];
  }

  /** Shifts only: a picture to keep is drawn one to one. */
  setTransform(a?: number | DOMMatrix2DInit, _b?: number, _c?: number, _d?: number, e?: number, f?: number): void {
    if (typeof a === 'object') [this.shiftX, this.shiftY] = [a.e ?? 0, a.f ?? 0];
    else [this.shiftX, this.shiftY] = [e ?? 0, f ?? 0];
  }

  getTransform(): DOMMatrix {
    return { a: 1, b: 0, c: 0, d: 1, e: this.shiftX, f: this.shiftY } as DOMMatrix;
  }

  createImageData(width: number | ImageData, height?: number): ImageData {
    return typeof width === 'number' ? this.tools.imageData(width, height ?? 1) : this.tools.imageData(width.width, width.height);
  }

  putImageData(image: ImageData, x: number, y: number): void {
    this.parts.push(`<image href="${this.tools.address(image)}" x="${digits(x)}" y="${digits(y)}" width="${image.width}" height="${image.height}"/>`);
  }

  /** Made of what {@link svgImage} gave. */
  createPattern(image: CanvasImageSource): CanvasPattern {
    const { width, address } = image as unknown as SvgImage;
    let pattern = this.patterns.get(address);
    if (pattern === undefined) {
      pattern = new SvgPattern(`${this.prefix}${this.patterns.size}`, width, address);
      this.patterns.set(address, pattern);
    }
    return pattern;
  }

  private box(x: number, y: number, width: number, height: number): string {
    return `x="${this.x(x)}" y="${this.y(y)}" width="${digits(Math.max(0, width))}" height="${digits(Math.max(0, height))}"`;
  }

  private pen(): string {
    const dash = this.dash.length > 0 ? ` stroke-dasharray="${this.dash.join(' ')}"` : '';
    return `${paint('stroke', this.strokeStyle)} stroke-width="${digits(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"${dash}`;
  }

  private x(x: number): string {
    return digits(x + this.shiftX);
  }

  private y(y: number): string {
    return digits(y + this.shiftY);
  }
}

/** An image for {@link SvgContext.createPattern}: only its address counts. */
interface SvgImage {
  readonly width: number;
  readonly address: string;
}

export function svgImage(image: ImageData, tools: SvgTools): CanvasImageSource {
  const made: SvgImage = { width: image.width, address: tools.address(image) };
  return made as unknown as CanvasImageSource;
}

/** Text as it may stand in an element or an attribute. */
export function escaped(text: string): string {
  const letters: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  // Control characters are not allowed in XML at all.
  return text.replace(/[&<>"]/g, (letter) => letters[letter]).replace(/[^\t\n\r\u0020-\uffff]/g, '�');
}

/** `#rrggbbaa` as programs that draw SVG know it: a colour and its strength. */
function paint(name: 'fill' | 'stroke', style: string | CanvasGradient | CanvasPattern): string {
  if (style instanceof SvgPattern) return `${name}="url(#${style.id})"`;
  if (typeof style !== 'string') return `${name}="none"`;
  const faded = /^#([0-9a-f]{6})([0-9a-f]{2})$/i.exec(style);
  if (faded === null) return `${name}="${style}"`;
  return `${name}="#${faded[1]}" ${name}-opacity="${digits(Number.parseInt(faded[2], 16) / 255)}"`;
}

function digits(number: number): string {
  return String(Math.round(number * 100) / 100);
}
