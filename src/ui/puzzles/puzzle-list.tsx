import type { ReactElement } from 'react';
import { PUZZLES, type PuzzleEntry } from '../../lessons/puzzles/catalogue';
import { Button } from '../controls/button';
import { Icon } from '../controls/icon';
import page from '../lessons/lesson-path.module.css';
import { Phrase } from '../lessons/prose';
import { useLanguage, usePage, usePuzzles, useText } from '../page';
import styles from './puzzles.module.css';
import { Sections } from './sections';

/** All puzzles, and in how many choices the reader has solved them. */
export function PuzzleList(): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { course, play } = usePage();
  const progress = usePuzzles((state) => state.progress);
  const solved = PUZZLES.filter(({ id }) => progress[id] !== undefined).length;
  const next = PUZZLES.find(({ id }) => progress[id] === undefined);
  return (
    <main className={page.page}>
      <div className={page.column}>
        <header className={page.head}>
          <div className={page.ways}>
            <Button icon="back" onClick={course.close}>{text('lessons.path.close')}</Button>
            <Sections shown="puzzles" />
          </div>
          <h2>{text('puzzles.list.title')}</h2>
          <p>{text('puzzles.list.about')}</p>
          <div className={page.progress}>
            <progress max={PUZZLES.length} value={solved} aria-label={text('puzzles.list.done', { solved, count: PUZZLES.length })} />
            <span aria-hidden="true">{text('puzzles.list.done', { solved, count: PUZZLES.length })}</span>
          </div>
          {next && (
            <Button look="primary" icon="play" onClick={() => void play.open(next.id)}>
              {solved === 0 ? text('puzzles.list.begin') : text('puzzles.list.next', { title: next.title[language] })}
            </Button>
          )}
        </header>
        <ol className={styles.grid}>
          {PUZZLES.map((entry, index) => <PuzzleTile key={entry.id} entry={entry} number={index + 1} best={progress[entry.id]?.best} />)}
        </ol>
      </div>
    </main>
  );
}

function PuzzleTile({ entry, number, best }: {
  readonly entry: PuzzleEntry;
  readonly number: number;
  readonly best: number | undefined;
}): ReactElement {
  const text = useText();
  const { play } = usePage();
  return (
    <li>
      <button type="button" className={styles.tile} onClick={() => void play.open(entry.id)}>
        <span className={page.number} data-done={best !== undefined || undefined} aria-hidden="true">
          {best === undefined ? number : <Icon name="check" />}
        </span>
        <span className={page.name}><Phrase text={entry.title} /></span>
        <span className={page.about}><Phrase text={entry.goal} /></span>
        <span className={styles.par} data-best={best === undefined ? undefined : best <= entry.par ? 'par' : 'above'}>
          {best === undefined ? text('puzzles.list.par', { count: entry.par }) : text('puzzles.list.best', { count: best })}
        </span>
      </button>
    </li>
  );
}
