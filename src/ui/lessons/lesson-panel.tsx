import { useEffect, useId, useRef, type ReactElement } from 'react';
import { CHAPTERS, entryOf, LESSON_IDS } from '../../lessons/catalogue';
import type { LoadedLesson } from '../../lessons/load';
import { numbersOf } from '../../lessons/numbers';
import { puzzleEntryOf, type PuzzleEntry } from '../../lessons/puzzles/catalogue';
import { Button } from '../controls/button';
import { usePage, useText } from '../page';
import { ExerciseCard } from './exercise-card';
import styles from './lesson-panel.module.css';
import { MomentList } from './moment-list';
import { Phrase, Prose } from './prose';
import { QuestionCard } from './question-card';
import { useLessonRun, useLessons, useLook } from './use-lesson';

/**
 * The open lesson, beside its program and its run: to read, to say beforehand, to run, to do. `alone`: without the course around
 * it.
 */
export function LessonPanel({ alone = false }: { readonly alone?: boolean }): ReactElement {
  const text = useText();
  const { course } = usePage();
  const place = useLessons((state) => state.place);
  const loaded = useLessons((state) => state.loaded);
  const trouble = useLessons((state) => state.trouble);
  const id = place.kind === 'lesson' ? place.id : '';
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (top.current !== null) top.current.scrollTop = 0;
  }, [id]);
  return (
    <section className={styles.panel} aria-label={text('lessons.panel.label')}>
      {!alone && (
        <header className={styles.head}>
          <Button icon="back" onClick={course.openPath}>{text('lessons.panel.back')}</Button>
          <span className={styles.space} />
          <Button icon="close" compact="always" title={text('lessons.panel.close')} onClick={course.close}>
            {text('lessons.panel.close')}
          </Button>
        </header>
      )}
      <div ref={top} className={styles.scroll} tabIndex={-1}>
        {loaded !== undefined && loaded.lesson.id === id && <Opened key={id} loaded={loaded} alone={alone} />}
        {loaded === undefined && trouble === undefined && <p className={styles.note}>{text('lessons.panel.loading')}</p>}
        {trouble !== undefined && (
          <div className={styles.note} role="alert">
            <p>{trouble.kind === 'unknown' ? text('lessons.panel.unknown') : text('lessons.panel.fetchFailed', { reason: trouble.reason })}</p>
            {trouble.kind === 'fetch' && <Button look="outlined" onClick={() => void course.open(id)}>{text('lessons.panel.again')}</Button>}
          </div>
        )}
      </div>
    </section>
  );
}

function Opened({ loaded, alone }: { readonly loaded: LoadedLesson; readonly alone: boolean }): ReactElement {
  const text = useText();
  const { lesson } = loaded;
  const entry = entryOf(lesson.id);
  const puzzle = lesson.puzzle === undefined ? undefined : puzzleEntryOf(lesson.puzzle);
  const shown = useLessonRun(lesson);
  useLook(lesson, shown?.run);
  const chapter = CHAPTERS.find(({ lessons }) => lessons.some(({ id }) => id === lesson.id));
  return (
    <article className={styles.lesson}>
      <p className={styles.kicker}>
        {text('lessons.path.lesson', { number: LESSON_IDS.indexOf(lesson.id) + 1 })}
        {chapter && <> · <Phrase text={chapter.title} /></>}
      </p>
      {entry && <h2 className={styles.title}><Phrase text={entry.title} /></h2>}
      <div className={styles.prose}><Prose text={lesson.text} values={numbersOf(lesson.program, lesson.numbers)} /></div>
      <MomentList lesson={lesson} shown={shown} />
      <QuestionCard lesson={lesson} />
      <ExerciseCard lesson={lesson} />
      {!alone && puzzle && <PuzzleCard puzzle={puzzle} />}
      {!alone && <Neighbours id={lesson.id} />}
    </article>
  );
}

/** The same, with the reader as the scheduler. */
function PuzzleCard({ puzzle: { id, goal, par } }: { readonly puzzle: PuzzleEntry }): ReactElement {
  const text = useText();
  const { play } = usePage();
  const heading = useId();
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <h3 id={heading}>{text('puzzles.list.title')}</h3>
      <p><Phrase text={goal} /> {text('puzzles.play.par', { count: par })}</p>
      <p className={styles.row}>
        <Button look="outlined" icon="puzzle" onClick={() => void play.open(id)}>{text('lessons.panel.puzzle')}</Button>
      </p>
    </section>
  );
}

/** The lessons before and after. */
function Neighbours({ id }: { readonly id: string }): ReactElement {
  const text = useText();
  const { course } = usePage();
  const at = LESSON_IDS.indexOf(id);
  const [before, after] = [LESSON_IDS[at - 1], LESSON_IDS[at + 1]].map((other) => (other === undefined ? undefined : entryOf(other)));
  return (
    <nav className={styles.neighbours} aria-label={text('lessons.panel.next')}>
      {before && (
        <button type="button" onClick={() => void course.open(before.id)}>
          <small>{text('lessons.panel.previous')}</small>
          <span><Phrase text={before.title} /></span>
        </button>
      )}
      {after && (
        <button type="button" data-direction="next" onClick={() => void course.open(after.id)}>
          <small>{text('lessons.panel.next')}</small>
          <span><Phrase text={after.title} /></span>
        </button>
      )}
    </nav>
  );
}
