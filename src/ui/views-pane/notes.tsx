import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { NOTE_LENGTH_AT_MOST } from '../../state/notes-store';
import { formatMoment } from '../../text/duration';
import { Button } from '../controls/button';
import { usePage, useText } from '../page';
import styles from './notes.module.css';

/** The moments that are marked, each a way back to it and a place to say what is to be seen there. */
export function Notes(): ReactElement {
  const text = useText();
  const { notes: store, view } = usePage();
  const { notes } = useStore(store);
  return (
    <section className={styles.notes} aria-label={text('views.notes.label')}>
      {notes.length === 0 && <p className="wv-empty">{text('views.notes.none')}</p>}
      <ul>
        {notes.map(({ time, text: words }) => {
          const at = formatMoment(time);
          return (
            <li key={time}>
              <Button className={styles.moment} title={text('views.notes.go', { at })} onClick={() => view.setPlayhead(time)}>{at}</Button>
              <input
                value={words} maxLength={NOTE_LENGTH_AT_MOST} aria-label={text('views.notes.text', { at })}
                placeholder={text('views.notes.placeholder')} onChange={(event) => store.setText(time, event.currentTarget.value)}
              />
              <Button icon="close" compact="always" onClick={() => store.remove(time)}>{text('views.notes.remove', { at })}</Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
