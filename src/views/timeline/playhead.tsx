import { useSyncExternalStore, type KeyboardEvent, type ReactElement } from 'react';
import { xOf } from '../../render/viewport';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import type { ViewStore } from './view-store';

interface PlayheadProps {
  readonly views: ViewStore;
  readonly time: number | undefined;
  readonly end: number;
  readonly onMove: (time: number) => void;
}

/** The part of the view that one press of an arrow key moves the playhead by. */
const KEY_STEP = 1 / 100;

/** The grip of the playhead, on the axis: a slider over the length of the run. */
export function PlayheadGrip({ views, time, end, onMove }: PlayheadProps): ReactElement | null {
  const { viewport } = useSyncExternalStore(views.subscribe, views.get, views.get);
  if (time === undefined) return null;
  const x = xOf(viewport, time);
  const outside = x < -1 || x > viewport.width + 1;
  const move = (event: KeyboardEvent): void => {
    const step = (viewport.end - viewport.start) * KEY_STEP * (event.shiftKey ? 10 : 1);
    const to = { ArrowLeft: time - step, ArrowRight: time + step, ArrowDown: time - step, ArrowUp: time + step, Home: 0, End: end }[
      event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(Math.min(end, Math.max(0, to)));
  };
  return (
    <div
      className="wt-grip" role="slider" tabIndex={0} aria-label={translate('timeline.playhead')} aria-valuemin={0}
      aria-valuemax={Math.round(end)} aria-valuenow={Math.round(time)} aria-valuetext={formatMoment(time)} onKeyDown={move}
      style={{ transform: `translateX(${outside ? -100 : x}px)` }}
    >
      <span data-side={x > viewport.width - 90 ? 'left' : 'right'}>{formatMoment(time, stepOf(viewport))}</span>
    </div>
  );
}

/** Its line over the lanes. */
export function PlayheadLine({ views, time }: Pick<PlayheadProps, 'views' | 'time'>): ReactElement | null {
  const { viewport } = useSyncExternalStore(views.subscribe, views.get, views.get);
  if (time === undefined) return null;
  const x = xOf(viewport, time);
  if (x < -1 || x > viewport.width + 1) return null;
  return <div className="wt-playhead" style={{ transform: `translateX(${x}px)` }} />;
}

function stepOf({ start, end, width }: { start: number; end: number; width: number }): number {
  return Math.max(1, (end - start) / Math.max(1, width));
}
