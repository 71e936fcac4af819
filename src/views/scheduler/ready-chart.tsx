import type { PointerEvent, ReactElement } from 'react';
import { translate } from '../../text/translate';

const WIDTH = 1000;
const HEIGHT = 48;
/** More steps than pixels cannot be told apart: the greatest of each pixel is drawn. */
const COLUMNS = 500;

interface ReadyChartProps {
  readonly times: readonly number[];
  readonly counts: readonly number[];
  readonly most: number;
  readonly end: number;
  readonly time: number;
  readonly onTime: (time: number) => void;
}

/** How many tasks stood in line for a CPU over the whole run; a click goes to the moment. */
export function ReadyChart({ times, counts, most, end, time, onTime }: ReadyChartProps): ReactElement {
  const x = (moment: number): number => (moment / Math.max(1, end)) * WIDTH;
  const click = (event: PointerEvent<SVGElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    onTime(Math.max(0, Math.min(end, ((event.clientX - left) / Math.max(1, width)) * end)));
  };
  return (
    <svg
      className="wv-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" height={HEIGHT} role="img"
      aria-label={translate('views.scheduler.chart', { most })} onPointerDown={click}
    >
      <path d={areaOf(times, counts, most, end)} className="wv-area" />
      <line x1={x(time)} x2={x(time)} y1={0} y2={HEIGHT} className="wv-now" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

/** The chart as one closed path, at most {@link COLUMNS} steps of it. */
export function areaOf(times: readonly number[], counts: readonly number[], most: number, end: number): string {
  const greatest = new Array<number>(COLUMNS).fill(0);
  times.forEach((time, index) => {
    const from = columnOf(time, end);
    const to = columnOf(times[index + 1] ?? end, end);
    for (let column = from; column <= Math.max(from, to - 1); column++) greatest[column] = Math.max(greatest[column], counts[index]);
  });
  const step = WIDTH / COLUMNS;
  const path = greatest.map((count, column) => {
    const y = (HEIGHT * (1 - count / most)).toFixed(1);
    return `L${column * step} ${y}H${(column + 1) * step}`;
  });
  return `M0 ${HEIGHT}${path.join('')}V${HEIGHT}Z`;
}

function columnOf(time: number, end: number): number {
  return Math.min(COLUMNS - 1, Math.floor((time / Math.max(1, end)) * COLUMNS));
}
