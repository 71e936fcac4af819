import { useId, type ReactElement } from 'react';
import type { Exercise, Lesson } from '../../lessons/lesson';
import { schedulesOf } from '../../lessons/judge';
import { numbersOf } from '../../lessons/numbers';
import type { ExerciseAttempt } from '../../state/lesson-store';
import { Button } from '../controls/button';
import { usePage, useText } from '../page';
import styles from './lesson-panel.module.css';
import { Prose } from './prose';
import { useLessons } from './use-lesson';

/** Something to do to a program, tried under many schedules. */
export function ExerciseCard({ lesson }: { readonly lesson: Lesson }): ReactElement {
  const text = useText();
  const heading = useId();
  const { course, view } = usePage();
  const attempt = useLessons((state) => state.exercise);
  const { exercise } = lesson;
  const numbers = numbersOf(exercise.program ?? lesson.program, lesson.numbers);
  const busy = attempt.phase === 'checking';
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <h3 id={heading}>
        {text('lessons.exercise.title')}
        <span className={styles.badge}>{text(`lessons.exercise.kind.${exercise.kind}`)}</span>
      </h3>
      <Prose text={exercise.ask} values={numbers} />
      <details className={styles.hint}>
        <summary>{text('lessons.exercise.hint')}</summary>
        <Prose text={exercise.hint} values={numbers} />
      </details>
      <p className={styles.row}>
        {attempt.phase !== 'closed' && (
          <Button look="primary" icon="check" disabled={busy} onClick={() => void course.check()}>
            {busy
              ? text('lessons.exercise.checking', { number: Math.min(attempt.tried + 1, attempt.of), count: attempt.of })
              : text('lessons.exercise.check')}
          </Button>
        )}
        <Button
          look="outlined" icon={attempt.phase === 'closed' ? 'code' : 'restart'} disabled={busy}
          onClick={() => {
            course.openExercise();
            view.setTab('code');
          }}
        >
          {text(attempt.phase === 'closed' ? 'lessons.exercise.open' : 'lessons.exercise.reopen')}
        </Button>
      </p>
      <div role="status">
        {(attempt.phase === 'open' || busy) && (
          <p className={styles.about}>{text('lessons.exercise.about', { count: schedulesOf(lesson).length })}</p>
        )}
        {(attempt.phase === 'solved' || attempt.phase === 'wrong') && <Outcome exercise={exercise} attempt={attempt} />}
      </div>
    </section>
  );
}

function Outcome({ exercise, attempt }: { readonly exercise: Exercise; readonly attempt: ExerciseAttempt }): ReactElement {
  const text = useText();
  const { phase, tried: number, of: count, why, numbers } = attempt;
  const word = phase === 'wrong'
    ? text('lessons.exercise.wrong', { number, count })
    : exercise.holds === 'once'
      ? text('lessons.exercise.solvedOnce', { number, count })
      : text('lessons.exercise.solved', { count });
  return (
    <div className={styles.verdict} data-tone={phase === 'solved' ? 'right' : 'wrong'}>
      {why && <Prose text={why} values={numbers} />}
      {number > 0 && <p className={styles.verdictWord}>{word}</p>}
    </div>
  );
}
