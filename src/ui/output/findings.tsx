import type { ReactElement } from 'react';
import { formatMoment } from '../../text/duration';
import { describeFinding } from '../../trace/describe-finding';
import type { TraceModel } from '../../trace/trace';
import { Icon } from '../controls/icon';
import { usePage, useText } from '../page';
import styles from './output-pane.module.css';

/** What was found while running: each a sentence, and a way to its moment. */
export function Findings({ model }: { readonly model: TraceModel }): ReactElement | null {
  const text = useText();
  const { view } = usePage();
  const { findings } = model;
  if (findings.length === 0) return null;
  return (
    <section className={styles.findings} aria-label={text('ui.output.findings', { count: findings.length })}>
      {findings.map((finding) => (
        <button
          key={finding.event}
          type="button"
          className={styles.finding}
          onClick={() => view.setPlayhead(finding.time)}
        >
          <Icon name="warning" />
          <span>{describeFinding(model, finding.event)}</span>
          <small>{formatMoment(finding.time)}</small>
        </button>
      ))}
    </section>
  );
}
