import type { ReactElement } from 'react';
import { CHAPTERS, entryOf, LESSON_IDS, type Entry } from '../../lessons/catalogue';
import { Button } from '../controls/button';
import { Icon } from '../controls/icon';
import { useLanguage, usePage, useText } from '../page';
import { Sections } from '../puzzles/sections';
import styles from './lesson-path.module.css';
import { Phrase } from './prose';
import { useLessons } from './use-lesson';

/** The course: its chapters and lessons, and how far the reader has come. */
export function LessonPath(): ReactElement {
  const text = useText();
  const language = useLanguage();
  const { course } = usePage();
  const progress = useLessons((state) => state.progress);
  const solved = LESSON_IDS.filter((id) => progress[id]?.solved).length;
  const next = entryOf(LESSON_IDS.find((id) => !progress[id]?.solved) ?? '');
  const begun = LESSON_IDS.some((id) => progress[id]?.opened);
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <header className={styles.head}>
          <div className={styles.ways}>
            <Button icon="back" onClick={course.close}>{text('lessons.path.close')}</Button>
            <Sections shown="lessons" />
          </div>
          <h2>{text('lessons.path.title')}</h2>
          <p>{text('lessons.path.about')}</p>
          <div className={styles.progress}>
            <progress max={LESSON_IDS.length} value={solved} aria-label={text('lessons.path.done', { solved, count: LESSON_IDS.length })} />
            <span aria-hidden="true">{text('lessons.path.done', { solved, count: LESSON_IDS.length })}</span>
          </div>
          {next && (
            <Button look="primary" icon="play" onClick={() => void course.open(next.id)}>
              {begun ? text('lessons.path.next', { title: next.title[language] }) : text('lessons.path.begin')}
            </Button>
          )}
        </header>
        {CHAPTERS.map(({ id, title, lessons }) => (
          <section key={id} className={styles.chapter} aria-labelledby={`chapter-${id}`}>
            <h3 id={`chapter-${id}`}><Phrase text={title} /></h3>
            <ol>
              {lessons.map((entry) => <LessonRow key={entry.id} entry={entry} />)}
            </ol>
          </section>
        ))}
      </div>
    </main>
  );
}

function LessonRow({ entry }: { readonly entry: Entry }): ReactElement {
  const text = useText();
  const { course } = usePage();
  const done = useLessons((state) => state.progress[entry.id]);
  const steps = (['opened', 'answered', 'solved'] as const).filter((step) => done?.[step]);
  const whole = done?.solved === true;
  return (
    <li>
      <button type="button" className={styles.row} onClick={() => void course.open(entry.id)}>
        <span className={styles.number} data-done={whole || undefined} aria-hidden="true">
          {whole ? <Icon name="check" /> : LESSON_IDS.indexOf(entry.id) + 1}
        </span>
        <span className={styles.words}>
          <span className={styles.name}><Phrase text={entry.title} /></span>
          <span className={styles.about}><Phrase text={entry.about} /></span>
        </span>
        {steps.length > 0 && <span className={styles.steps}>{text(`lessons.path.${steps[steps.length - 1]}`)}</span>}
      </button>
    </li>
  );
}
