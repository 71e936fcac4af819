import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { EVENTS_AT_MOST } from '../../state/run-store';
import { Button } from '../controls/button';
import { Icon } from '../controls/icon';
import { usePage, useRun, useText } from '../page';
import styles from './notices.module.css';

/**
 * Sentences that are about the page and not about one place in it. They take no room: nothing moves when one
 * comes.
 */
export function Notices(): ReactElement {
  const text = useText();
  const { notices: store } = usePage();
  const notices = useStore(store, (state) => state.notices);
  const full = useRun((state) => state.traceFull);
  return (
    <div className={styles.notices} role="region" aria-label={text('ui.notice.label')} aria-live="polite">
      {full && (
        <p className={styles.notice}>
          <Icon name="warning" />
          {text('ui.notice.traceFull', { count: EVENTS_AT_MOST })}
        </p>
      )}
      {notices.map((notice) => (
        <div key={notice.id} className={styles.notice} data-tone={notice.tone}>
          <Icon name={notice.tone === 'busy' ? 'open' : 'warning'} />
          <span>{notice.text}</span>
          <Button icon="close" compact="always" onClick={() => store.dismiss(notice.id)}>
            {text('ui.notice.dismiss')}
          </Button>
        </div>
      ))}
    </div>
  );
}
