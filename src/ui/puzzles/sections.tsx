import type { ReactElement } from 'react';
import { usePage, useText } from '../page';
import styles from './puzzles.module.css';

/** From the lessons to the puzzles and back. */
export function Sections({ shown }: { readonly shown: 'lessons' | 'puzzles' }): ReactElement {
  const text = useText();
  const { course, play } = usePage();
  return (
    <nav className={styles.sections} aria-label={text('puzzles.sections')}>
      <button type="button" aria-current={shown === 'lessons' ? 'page' : undefined} onClick={course.openPath}>{text('lessons.lessons')}</button>
      <button type="button" aria-current={shown === 'puzzles' ? 'page' : undefined} onClick={play.openList}>{text('puzzles.open')}</button>
    </nav>
  );
}
