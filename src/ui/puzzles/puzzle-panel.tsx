import { useEffect, useRef, type ReactElement } from 'react';
import { PUZZLES, puzzleEntryOf, type PuzzleEntry } from '../../lessons/puzzles/catalogue';
import type { Puzzle } from '../../lessons/puzzles/puzzle';
import { Button } from '../controls/button';
import panel from '../lessons/lesson-panel.module.css';
import { Phrase, Prose } from '../lessons/prose';
import { useLessons } from '../lessons/use-lesson';
import { usePage, usePuzzles, useText } from '../page';
import { PlayCard } from './play-card';
import styles from './puzzles.module.css';

/** The open puzzle, beside its program and its run. */
export function PuzzlePanel(): ReactElement {
  const text = useText();
  const { course, play } = usePage();
  const id = useLessons(({ place }) => (place.kind === 'puzzle' ? place.id : ''));
  const puzzle = usePuzzles((state) => state.puzzle);
  const trouble = usePuzzles((state) => state.trouble);
  const entry = puzzleEntryOf(id);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (top.current !== null) top.current.scrollTop = 0;
  }, [id]);
  return (
    <section className={panel.panel} aria-label={text('puzzles.panel.label')}>
      <header className={panel.head}>
        <Button icon="back" onClick={play.openList}>{text('puzzles.panel.back')}</Button>
        <span className={panel.space} />
        <Button icon="close" compact="always" title={text('puzzles.panel.close')} onClick={course.close}>{text('puzzles.panel.close')}</Button>
      </header>
      <div ref={top} className={panel.scroll} tabIndex={-1}>
        {entry !== undefined && puzzle?.id === id && <Opened key={id} puzzle={puzzle} entry={entry} />}
        {puzzle === undefined && trouble === undefined && <p className={panel.note}>{text('puzzles.panel.loading')}</p>}
        {trouble !== undefined && (
          <div className={panel.note} role="alert">
            <p>{trouble.kind === 'unknown' ? text('puzzles.panel.unknown') : text('puzzles.panel.fetchFailed', { reason: trouble.reason })}</p>
            {trouble.kind === 'fetch' && <Button look="outlined" onClick={() => void play.open(id)}>{text('puzzles.panel.again')}</Button>}
          </div>
        )}
      </div>
    </section>
  );
}

function Opened({ puzzle, entry }: { readonly puzzle: Puzzle; readonly entry: PuzzleEntry }): ReactElement {
  const text = useText();
  const number = PUZZLES.indexOf(entry) + 1;
  return (
    <article className={panel.lesson}>
      <p className={panel.kicker}>{text('puzzles.panel.number', { number, count: PUZZLES.length })}</p>
      <h2 className={panel.title}><Phrase text={entry.title} /></h2>
      <div className={styles.goal}>
        <small>{text('puzzles.panel.goal')}</small>
        <Prose text={entry.goal} />
      </div>
      <Prose text={puzzle.text} />
      <PlayCard puzzle={puzzle} entry={entry} />
      <Hints puzzle={puzzle} />
      <Neighbours at={number - 1} />
    </article>
  );
}

function Hints({ puzzle: { hints } }: { readonly puzzle: Puzzle }): ReactElement {
  const text = useText();
  const { play } = usePage();
  const shown = usePuzzles((state) => state.hints);
  return (
    <section className={styles.hints} aria-label={text('puzzles.panel.hints')}>
      <div role="status">
        {shown > 0 && <ol>{hints.slice(0, shown).map((hint, index) => <li key={index}><Phrase text={hint} /></li>)}</ol>}
      </div>
      {shown < hints.length && (
        <Button icon="help" onClick={play.showHint}>{text('puzzles.panel.hint', { number: shown + 1, count: hints.length })}</Button>
      )}
    </section>
  );
}

/** The puzzles before and after. */
function Neighbours({ at }: { readonly at: number }): ReactElement {
  const text = useText();
  const { play } = usePage();
  const [before, after] = [PUZZLES[at - 1], PUZZLES[at + 1]];
  return (
    <nav className={panel.neighbours} aria-label={text('puzzles.panel.next')}>
      {before && (
        <button type="button" onClick={() => void play.open(before.id)}>
          <small>{text('puzzles.panel.previous')}</small>
          <span><Phrase text={before.title} /></span>
        </button>
      )}
      {after && (
        <button type="button" data-direction="next" onClick={() => void play.open(after.id)}>
          <small>{text('puzzles.panel.next')}</small>
          <span><Phrase text={after.title} /></span>
        </button>
      )}
    </nav>
  );
}
