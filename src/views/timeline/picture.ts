import type { Palette, StyleName } from '../../render/palette';
import { StyleCode } from '../../render/palette';
import { makeTile } from '../../render/pattern';
import { escaped, SvgContext, svgImage, type SvgTools } from '../../render/svg-context';
import { seriesValueAt } from '../../trace/lookup';
import { translate } from '../../text/translate';
import { laneName, sectionName } from './lane-names';
import { AXIS_HEIGHT, paintAxis } from './paint-axis';
import { LanePainter } from './paint-lanes';
import { paintOverlay } from './paint-overlay';
import type { Row } from './rows';
import { FONT, type Scene } from './scene';
import { amountLabel } from './sentences';
import { TextFitter } from './text-fitter';

/** The part of a picture's width that names stand in. */
export const PICTURE_GUTTER = 190;
/** Lanes of more marks are images in it. */
const SHAPES_AT_MOST = 160;
const LEGEND_LINE = 20;
const LEGEND_SWATCH = 22;
const MARGIN = 12;

/** What is in view of the timeline as an SVG: names, axis, lanes, arrows and what the colours mean. `fonts` is CSS. */
export function timelineSvg(shown: Scene, tools: SvgTools, fonts: string): string {
  const { layout, viewport, palette } = shown;
  const scene: Scene = { ...shown, window: { top: 0, height: layout.height }, pixelRatio: 1, hover: undefined };
  const context = (prefix: string): SvgContext => new SvgContext(tools, prefix);
  const [axis, lanes, overlay, names, legend] = ['a', 'l', 'o', 'n', 'g'].map(context);
  paintAxis(axis, viewport, palette, 1, new TextFitter(axis));
  new LanePainter(lanes, (image) => svgImage(image, tools), SHAPES_AT_MOST).paint(scene);
  paintOverlay(overlay, scene);
  paintNames(names, scene);
  const width = PICTURE_GUTTER + viewport.width;
  const legendHeight = paintLegend(legend, scene, width, tools);
  const height = AXIS_HEIGHT + layout.height + legendHeight;
  const part = (drawn: SvgContext, x: number, y: number, partWidth: number, partHeight: number): string =>
    `<svg x="${x}" y="${y}" width="${partWidth}" height="${partHeight}">${drawn.content()}</svg>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(translate('timeline.name'))}</title><style>${fonts}</style>`,
    `<rect width="${width}" height="${height}" fill="${palette.panel}"/>`,
    part(axis, PICTURE_GUTTER, 0, viewport.width, AXIS_HEIGHT),
    part(lanes, PICTURE_GUTTER, AXIS_HEIGHT, viewport.width, layout.height),
    part(overlay, PICTURE_GUTTER, AXIS_HEIGHT, viewport.width, layout.height),
    part(names, 0, AXIS_HEIGHT, PICTURE_GUTTER, layout.height),
    part(legend, 0, AXIS_HEIGHT + layout.height, width, legendHeight),
    '</svg>\n',
  ].join('');
}

function paintNames(context: SvgContext, scene: Scene): void {
  const { layout, palette } = scene;
  context.textBaseline = 'middle';
  for (const row of layout.rows) {
    const middle = row.top + row.height / 2;
    context.fillStyle = row.kind === 'heading' ? palette.sunken : palette.panel;
    context.fillRect(0, row.top, PICTURE_GUTTER, row.height);
    if (row.kind === 'task') {
      context.fillStyle = palette.processes[row.group.order % palette.processes.length];
      context.fillRect(0, row.top + 3, 3, row.height - 6);
    }
    context.font = `${row.kind === 'heading' ? 500 : 600} 12px ${FONT}`;
    context.textAlign = 'left';
    context.fillStyle = row.kind === 'heading' ? palette.textMuted : palette.text;
    context.fillText(nameOf(scene, row), row.kind === 'task' && row.depth === 1 ? 26 : MARGIN, middle);
    context.font = `400 11px ${FONT}`;
    context.textAlign = 'right';
    context.fillStyle = palette.textFaint;
    context.fillText(besideName(scene, row), PICTURE_GUTTER - MARGIN, middle);
  }
}

function nameOf({ data }: Scene, row: Row): string {
  switch (row.kind) {
    case 'heading': return sectionName(data.model, row);
    case 'task': return laneName(data.model, row.lane);
    case 'object': return laneName(data.model, row.object);
    default: return laneName(data.model, row.owner);
  }
}

function besideName({ end }: Scene, row: Row): string {
  if (row.kind === 'task') return row.depth === 0 ? translate('timeline.lane.pid', { pid: row.lane.info.pid }) : '';
  if (row.kind !== 'object') return '';
  const value = seriesValueAt(row.object.track, end);
  return value === undefined ? '' : amountLabel(row.object.info.type, value);
}

/** Samples of the states that occur, line by line; answers how high they are. */
function paintLegend(context: SvgContext, scene: Scene, width: number, tools: SvgTools): number {
  const { palette } = scene;
  context.font = `400 11px ${FONT}`;
  context.textBaseline = 'middle';
  let x = MARGIN;
  let y = MARGIN;
  for (const name of usedStyles(scene, palette)) {
    const text = translate(`timeline.style.${name}`);
    const room = LEGEND_SWATCH + 6 + tools.measure(text, context.font).width + 18;
    if (x + room > width && x > MARGIN) [x, y] = [MARGIN, y + LEGEND_LINE];
    const style = palette.styles[StyleCode[name]];
    context.fillStyle = legendFill(context, style, tools);
    context.fillRect(x, y, LEGEND_SWATCH, 12);
    context.fillStyle = style.color;
    context.fillRect(x, y + 10, LEGEND_SWATCH, 2);
    context.fillStyle = palette.textMuted;
    context.fillText(text, x + LEGEND_SWATCH + 6, y + 6.5);
    x += room;
  }
  return y + LEGEND_LINE + MARGIN;
}

/** As the lanes are filled: who prints without colours tells the states by their hatching. */
function legendFill(context: SvgContext, { pattern, fill, line }: Palette['styles'][number], tools: SvgTools): string | CanvasPattern {
  if (pattern === 'plain') return fill;
  const { size, pixels } = makeTile(pattern, fill, line, 1);
  const image = tools.imageData(size, size);
  new Uint32Array(image.data.buffer).set(pixels);
  return context.createPattern(svgImage(image, tools));
}

function usedStyles({ data }: Scene, palette: Palette): readonly StyleName[] {
  const used = new Set<number>();
  for (const { track } of data.lanes.values()) for (let index = 0; index < track.count; index++) used.add(track.styles[index]);
  return palette.styles.filter((_, code) => used.has(code)).map(({ name }) => name);
}
