import { useLayoutEffect, useRef, type ReactElement } from 'react';
import { palettes, StyleCode, type StyleName, type ThemeName } from '../../render/palette';
import { makeTile } from '../../render/pattern';
import { linkDashes } from './link-geometry';
import { linkColor } from './paint-overlay';
import { isFilled, traceSign } from './paint-markers';
import type { Sign } from './markers';
import type { Link } from '../../trace/trace';

const WIDTH = 30;
const HEIGHT = 16;

interface SwatchProps {
  readonly theme: ThemeName;
  readonly draw: { readonly style: StyleName } | { readonly link: Link['kind'] } | { readonly sign: Sign };
}

/** A sample for the legend, drawn as the timeline draws it. */
export function Swatch({ theme, draw }: SwatchProps): ReactElement {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (canvas === null || !context) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(WIDTH * ratio);
    canvas.height = Math.round(HEIGHT * ratio);
    if ('style' in draw) drawStyle(context, theme, draw.style, ratio);
    else if ('link' in draw) drawLink(context, theme, draw.link, ratio);
    else drawSign(context, theme, draw.sign, ratio);
  }, [theme, draw]);
  return <canvas ref={ref} className="wt-swatch" style={{ width: WIDTH, height: HEIGHT }} aria-hidden="true" />;
}

function drawStyle(context: CanvasRenderingContext2D, theme: ThemeName, name: StyleName, ratio: number): void {
  const { width, height } = context.canvas;
  const style = palettes[theme].styles[StyleCode[name]];
  const { size, pixels } = makeTile(style.pattern, style.fill, style.line, ratio);
  const image = context.createImageData(width, height);
  const target = new Uint32Array(image.data.buffer);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) target[y * width + x] = pixels[(y % size) * size + (x % size)];
  }
  context.putImageData(image, 0, 0);
  if (style.pattern === 'plain') return;
  context.fillStyle = style.color;
  context.fillRect(0, height - Math.round(2 * ratio), width, Math.round(2 * ratio));
}

function drawLink(context: CanvasRenderingContext2D, theme: ThemeName, kind: Link['kind'], ratio: number): void {
  context.scale(ratio, ratio);
  context.strokeStyle = context.fillStyle = linkColor(kind, palettes[theme]);
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(2, 3);
  context.bezierCurveTo(14, 3, 12, 12.5, 22, 12.5);
  context.setLineDash(linkDashes(kind));
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.arc(3, 3, 2, 0, Math.PI * 2);
  context.moveTo(28, 12.5);
  context.lineTo(21.5, 9.75);
  context.lineTo(21.5, 15.25);
  context.fill();
}

function drawSign(context: CanvasRenderingContext2D, theme: ThemeName, sign: Sign, ratio: number): void {
  const palette = palettes[theme];
  const color = sign === 'fail' ? palette.danger : palette.text;
  context.scale(ratio, ratio);
  context.strokeStyle = color;
  context.fillStyle = sign === 'give' ? palette.panel : color;
  context.lineWidth = 1.25;
  traceSign(context, sign, WIDTH / 2, HEIGHT / 2);
  if (isFilled(sign)) context.fill();
  context.stroke();
}
