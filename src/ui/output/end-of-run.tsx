import type { ReactElement } from 'react';
import { useRun, useText } from '../page';
import { describeRun } from './describe-run';
import styles from './output-pane.module.css';

/** How the run goes, or how it ended, in words. */
export function EndOfRun(): ReactElement {
  const text = useText();
  const state = useRun((whole) => whole);
  const { tone, words } = describeRun(state, text);
  return (
    <span className={styles.end} data-tone={tone} role="status" data-testid="status">
      {state.source.kind === 'file' && (
        <span className={styles.file}>{text('ui.end.file', { name: state.source.name })}</span>
      )}
      {words !== '' && (
        <span className={styles.words} title={words}>
          <i aria-hidden="true" />
          {words}
        </span>
      )}
    </span>
  );
}
