import { useRef, type ReactElement } from 'react';
import { xOf } from '../../render/viewport';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import type { TimelineNote } from './timeline-types';
import { useMoving } from './use-moving';
import type { ViewStore } from './view-store';

interface NoteFlagsProps {
  readonly notes: readonly TimelineNote[];
  readonly views: ViewStore;
  readonly onTime: (time: number) => void;
}

/** Moments that somebody has marked, as flags on the axis. */
export function NoteFlags({ notes, views, onTime }: NoteFlagsProps): ReactElement {
  const flags = useRef(new Map<number, HTMLButtonElement>());
  useMoving(views, ({ viewport }) => {
    for (const [time, flag] of flags.current) {
      const x = xOf(viewport, time);
      flag.hidden = x < 0 || x > viewport.width;
      flag.style.transform = `translateX(${x}px)`;
    }
  });
  const keep = (time: number) => (flag: HTMLButtonElement | null): void => {
    if (flag === null) flags.current.delete(time);
    else flags.current.set(time, flag);
  };
  return (
    <>
      {notes.map(({ time, text }) => {
        const label = translate(text === '' ? 'timeline.note.bookmark' : 'timeline.note.note', { text, at: formatMoment(time) });
        return (
          <button
            key={time} ref={keep(time)} type="button" className="wt-flag" aria-label={label} title={label}
            onPointerDown={(event) => event.stopPropagation()} onClick={() => onTime(time)}
          />
        );
      })}
    </>
  );
}
