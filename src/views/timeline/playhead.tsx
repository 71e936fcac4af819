import { useRef, type KeyboardEvent, type ReactElement } from 'react';
import { xOf, type Viewport } from '../../render/viewport';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { playheadLabel } from './playhead-label';
import { setText, useMoving } from './use-moving';
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
  const grip = useRef<HTMLDivElement>(null);
  const label = useRef<HTMLSpanElement>(null);
  useMoving(views, ({ viewport }) => {
    if (time === undefined || grip.current === null || label.current === null) return;
    const shown = playheadLabel(viewport, time);
    grip.current.style.transform = `translateX(${shown?.x ?? -100}px)`;
    if (shown === undefined) return;
    label.current.dataset.side = shown.side;
    setText(label.current, shown.text);
  });
  if (time === undefined) return null;
  const move = (event: KeyboardEvent): void => {
    const { viewport } = views.get();
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
      ref={grip} className="wt-grip" role="slider" tabIndex={0} aria-label={translate('timeline.playhead')} aria-valuemin={0}
      aria-valuemax={Math.round(end)} aria-valuenow={Math.round(time)} aria-valuetext={formatMoment(time)} onKeyDown={move}
    >
      <span ref={label} />
    </div>
  );
}

/** Its line over the lanes. */
export function PlayheadLine({ views, time }: Pick<PlayheadProps, 'views' | 'time'>): ReactElement | null {
  const line = useRef<HTMLDivElement>(null);
  useMoving(views, ({ viewport }) => {
    if (time === undefined || line.current === null) return;
    const x = xOf(viewport, time);
    line.current.hidden = isOutside(x, viewport);
    line.current.style.transform = `translateX(${x}px)`;
  });
  return time === undefined ? null : <div ref={line} className="wt-playhead" />;
}

function isOutside(x: number, { width }: Viewport): boolean {
  return x < -1 || x > width + 1;
}
