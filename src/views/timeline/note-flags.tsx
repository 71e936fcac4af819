import { useSyncExternalStore, type ReactElement } from 'react';
import { xOf } from '../../render/viewport';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import type { TimelineNote } from './timeline-types';
import type { ViewStore } from './view-store';

interface NoteFlagsProps {
  readonly notes: readonly TimelineNote[];
  readonly views: ViewStore;
  readonly onTime: (time: number) => void;
}

/** Moments that somebody has marked, as flags on the axis. */
export function NoteFlags({ notes, views, onTime }: NoteFlagsProps): ReactElement {
  const { viewport } = useSyncExternalStore(views.subscribe, views.get, views.get);
  return (
    <>
      {notes.map(({ time, text }) => {
        const x = xOf(viewport, time);
        if (x < 0 || x > viewport.width) return null;
        const label = translate(text === '' ? 'timeline.note.bookmark' : 'timeline.note.note', { text, at: formatMoment(time) });
        return (
          <button
            key={time} type="button" className="wt-flag" style={{ transform: `translateX(${x}px)` }} aria-label={label} title={label}
            onPointerDown={(event) => event.stopPropagation()} onClick={() => onTime(time)}
          />
        );
      })}
    </>
  );
}
