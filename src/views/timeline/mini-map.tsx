import { useMemo, useRef, type PointerEvent, type ReactElement } from 'react';
import type { ThemeName } from '../../render/palette';
import { translate } from '../../text/translate';
import { LaneStrips } from '../parts/lane-strips';
import type { TimelineData } from './derive';
import { useMoving } from './use-moving';
import type { ViewStore } from './view-store';

interface MiniMapProps {
  readonly data: TimelineData;
  readonly views: ViewStore;
  readonly theme: ThemeName;
  /** Brings a moment into the middle. */
  readonly onCentre: (time: number) => void;
}

const HEIGHT = 18;
/** More lanes than this would be less than half a pixel each: every second, third, ... stands for its neighbours. */
const STRIPS_AT_MOST = 18;

/** The whole run, small, and which part of it is in view: click or drag to go elsewhere. */
export function MiniMap({ data, views, theme, onCentre }: MiniMapProps): ReactElement {
  const { end } = data.bounds;
  const tracks = useMemo(() => {
    const all = data.processes.flatMap(({ lanes }) => lanes).map(({ track }) => track);
    const stride = Math.ceil(all.length / STRIPS_AT_MOST);
    return all.filter((_, index) => index % Math.max(1, stride) === 0);
  }, [data]);
  const frame = useRef<HTMLElement>(null);
  const placed = useRef<readonly [left: string, width: string]>(['', '']);
  useMoving(views, ({ viewport }) => {
    const left = Math.min(1, Math.max(0, viewport.start / end));
    const right = Math.min(1, Math.max(left, viewport.end / end));
    const place = [percent(left), percent(right - left)] as const;
    if (frame.current === null || (place[0] === placed.current[0] && place[1] === placed.current[1])) return;
    placed.current = place;
    frame.current.style.left = place[0];
    frame.current.style.width = place[1];
  });
  const move = (event: PointerEvent<HTMLElement>): void => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const box = event.currentTarget.getBoundingClientRect();
    onCentre(((event.clientX - box.left) / Math.max(1, box.width)) * end);
  };
  return (
    <div className="wt-mini" title={translate('timeline.tool.miniMap')} aria-hidden="true" onPointerDown={move} onPointerMove={move}>
      <LaneStrips tracks={tracks} range={data.bounds} theme={theme} height={HEIGHT / Math.max(1, tracks.length)} />
      <i ref={frame} />
    </div>
  );
}

/** Finer than one sees: seen from near, the frame would have the page laid out anew for each thousandth of a pixel. */
function percent(part: number): string {
  return `${Math.round(part * 2000) / 20}%`;
}
