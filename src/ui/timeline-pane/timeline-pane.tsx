import type { ReactElement } from 'react';
import { formatMoment } from '../../text/duration';
import type { TraceModel } from '../../trace/trace';
import { useRun, useText, useView } from '../page';
import { Pane } from '../shell/pane';
import { EmptyTimeline } from './empty-timeline';
import styles from './timeline-pane.module.css';

/** The timeline of the run, or what it will show. */
export function TimelinePane(): ReactElement {
  const text = useText();
  const model = useRun((state) => state.model);
  return (
    <Pane label={text('ui.timeline.title')} actions={model !== undefined && <Summary model={model} />}>
      {model === undefined ? <EmptyTimeline /> : <div />}
    </Pane>
  );
}

function Summary({ model }: { readonly model: TraceModel }): ReactElement {
  const text = useText();
  const playhead = useView((state) => state.playhead);
  return (
    <>
      {playhead !== undefined && <span className={styles.playhead}>{formatMoment(playhead)}</span>}
      <span>{text('ui.timeline.tasks', { count: model.tasks.length })}</span>
      <span className={styles.events}>{text('ui.timeline.events', { count: model.trace.length })}</span>
    </>
  );
}
