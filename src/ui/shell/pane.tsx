import type { ReactElement, ReactNode } from 'react';
import styles from './pane.module.css';

interface PaneProps {
  /** Accessible name of the region. */
  readonly label: string;
  /** What the head shows at its beginning; the label where nothing else is given. */
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  /** Leaves out the head: where room is short and a tab says the same. Those who go by headings still find it. */
  readonly headless?: boolean;
  readonly children: ReactNode;
}

/** A part of the page: a head of one line, and a body that scrolls by itself. */
export function Pane({ label, title = label, actions, headless = false, children }: PaneProps): ReactElement {
  return (
    <section className={styles.pane} aria-label={label}>
      {headless ? <h2 className={styles.unseen}>{label}</h2> : (
        <header className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          <div className={styles.actions}>{actions}</div>
        </header>
      )}
      <div className={styles.body}>{children}</div>
    </section>
  );
}
