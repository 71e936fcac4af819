import { useEffect, useId, useRef, type CSSProperties, type ReactElement } from 'react';
import type { Race } from '../../analysis/happens-before';
import type { Tid } from '../../protocol/ids';
import type { OrderWindow } from '../../analysis/order-window';
import { translate } from '../../text/translate';
import { describeEvent, objectLabel, taskLabel, valueLabel } from '../../trace/describe';
import { processColorOf, toneStyle } from '../parts/names';
import type { ViewProps } from '../view-props';
import { COLUMN, DOT, edgePath, layoutOrder } from './layout';

interface PictureProps extends ViewProps {
  readonly shown: OrderWindow;
  readonly centre: number;
  readonly race: Race | undefined;
  readonly onPick: (event: number) => void;
}

/** Tasks as lines, their events as dots from left to right, and an arrow for each thing that made a later one later. */
export function OrderPicture({ model, whole, theme, shown, centre, race, onPick }: PictureProps): ReactElement {
  const marker = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { width, height, left, rows, events, edges, at } = layoutOrder(shown);
  const middle = at.get(centre)?.x ?? 0;
  useEffect(() => {
    const box = scroller.current;
    if (box !== null) box.scrollLeft = middle - box.clientWidth / 2;
  }, [middle]);
  const [first, second] = [race && at.get(race.first), race && at.get(race.second)];
  const colorOf = (task: Tid): CSSProperties => toneStyle(processColorOf(model, model.taskByTid.get(task)?.pid ?? task, theme));
  return (
    <div className="wv-order">
      <ul className="wv-order-names" aria-hidden="true" style={{ height }}>
        {rows.map(({ task, y }) => (
          <li key={task} className="wv-task" style={{ ...colorOf(task), top: y }}>{valueLabel(taskLabel(model, task), 17)}</li>
        ))}
      </ul>
      <div ref={scroller} className="wv-scroll wv-graph" role="region" tabIndex={0} aria-label={translate('views.order.picture')}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
          <defs>
            <marker id={`${marker}-head`} viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0 8 4 0 8Z" className="wv-arrow" />
            </marker>
          </defs>
          {rows.map(({ task, y }) => (
            <line key={task} x1={left - COLUMN / 2} x2={width} y1={y} y2={y} className="wv-lifeline" />
          ))}
          {edges.map(({ edge, path }) => (
            <path key={`${edge.from} ${edge.to}`} d={path} className="wv-order-edge" markerEnd={`url(#${marker}-head)`} />
          ))}
          {first !== undefined && second !== undefined && race !== undefined && (
            <g className="wv-missing">
              <path d={edgePath(first, second)} />
              <text x={(first.x + second.x) / 2} y={(first.y + second.y) / 2 - 6} textAnchor="middle">
                {translate('views.order.missing', { object: objectLabel(whole, race.object) })}
              </text>
            </g>
          )}
          {events.map(({ event, x, y, order }) => (
            <g key={event} className="wv-dot" data-order={order} data-event={event} onClick={() => onPick(event)}>
              <title>{describeEvent(model, event)}</title>
              <rect x={x - COLUMN / 2} y={y - 14} width={COLUMN} height={28} />
              {order === 'none'
                ? <rect x={x - DOT + 1} y={y - DOT + 1} width={2 * DOT - 2} height={2 * DOT - 2} className="wv-shape" transform={`rotate(45 ${x} ${y})`} />
                : <circle cx={x} cy={y} r={order === 'same' ? DOT + 1 : DOT - 1} className="wv-shape" />}
            </g>
          ))}
        </svg>
      </div>
    </div>
  );
}
