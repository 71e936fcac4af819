import type { CSSProperties, ReactElement, ReactNode } from 'react';
import type { Tab } from '../../state/view-store';
import { usePage, useText, useView } from '../page';
import frame from './app.module.css';
import styles from './panes.module.css';
import { Splitter } from './splitter';

/** The lesson, where one is open; the editor; timeline above output on the right. Their shares are the reader's. */
export function Panes({ parts }: { readonly parts: Partial<Record<Tab, ReactNode>> }): ReactElement {
  const text = useText();
  const { view } = usePage();
  const { editorShare, timelineShare } = useView((state) => state);
  const columns = { '--first': `${editorShare}fr`, '--second': `${100 - editorShare}fr` } as CSSProperties;
  const rows = { '--first': `${timelineShare}fr`, '--second': `${100 - timelineShare}fr` } as CSSProperties;
  const panes = (
    <main className={styles.columns} style={columns}>
      <div className={styles.part}>{parts.code}</div>
      <Splitter
        between="columns"
        label={text('ui.pane.resizeEditor')}
        share={editorShare}
        usual={40}
        least={15}
        most={85}
        onShare={(share) => view.setShares({ editorShare: share })}
      />
      <div className={styles.rows} style={rows}>
        <div className={styles.part}>{parts.timeline}</div>
        <Splitter
          between="rows"
          label={text('ui.pane.resizeTimeline')}
          share={timelineShare}
          usual={62}
          least={15}
          most={85}
          onShare={(share) => view.setShares({ timelineShare: share })}
        />
        <div className={styles.part}>{parts.output}</div>
      </div>
    </main>
  );
  return (
    <div className={parts.lesson === undefined ? frame.page : frame.withLesson}>
      {parts.lesson !== undefined && <div className={styles.part}>{parts.lesson}</div>}
      <div className={styles.rest}>{panes}</div>
    </div>
  );
}
