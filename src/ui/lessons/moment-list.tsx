import { useId, type ReactElement } from 'react';
import { fill, momentValues } from '../../lessons/fill';
import type { Lesson, Moment } from '../../lessons/lesson';
import type { Numbers } from '../../lessons/numbers';
import { timeOf, type Found, type RunReader } from '../../lessons/run-reader';
import { formatMoment } from '../../text/duration';
import { usePage, useText } from '../page';
import styles from './lesson-panel.module.css';
import { Prose } from './prose';
import { useIsRecording, useLessons } from './use-lesson';

interface MomentListProps {
  readonly lesson: Lesson;
  readonly shown: { readonly run: RunReader; readonly numbers: Numbers } | undefined;
}

/** What to look at in the run that is shown, each a way to it. */
export function MomentList({ lesson, shown }: MomentListProps): ReactElement {
  const text = useText();
  const heading = useId();
  const recorded = useIsRecording();
  return (
    <section className={styles.section} aria-labelledby={heading}>
      <h3 id={heading}>{text('lessons.moments.title')}</h3>
      <p className={styles.about}>{text(recorded ? 'lessons.moments.about' : 'lessons.moments.aboutOwn')}</p>
      <ol className={styles.moments}>
        {lesson.moments.map((moment) => (
          <MomentItem key={moment.id} moment={moment} shown={shown} found={shown && moment.find(shown.run)} />
        ))}
      </ol>
    </section>
  );
}

interface MomentItemProps extends Pick<MomentListProps, 'shown'> {
  readonly moment: Moment;
  readonly found: Found | undefined;
}

function MomentItem({ moment, shown, found }: MomentItemProps): ReactElement {
  const text = useText();
  const { course, view } = usePage();
  const look = useLessons((state) => state.look);
  const current = look?.kind === 'moment' && look.id === moment.id;
  const title = fill(moment.title);
  return (
    <li data-current={current || undefined}>
      <button
        type="button" className={styles.moment} disabled={found === undefined} aria-current={current || undefined}
        title={text('lessons.moments.look', { title })}
        onClick={() => {
          course.look(moment.id);
          view.setTab('timeline');
        }}
      >
        <span className={styles.momentTitle}>{title}</span>
        {found && <time>{formatMoment(timeOf(found))}</time>}
      </button>
      {found && shown
        ? <Prose text={moment.text} values={momentValues(moment, found, shown.run, shown.numbers)} />
        : <p className={styles.missing}>{text('lessons.moments.missing')}</p>}
    </li>
  );
}

