import { useId, type ReactElement } from 'react';
import type { Exercise, Lesson } from '../../lessons/lesson';
import { schedulesOf } from '../../lessons/judge';
import { numbersOf } from '../../lessons/numbers';
import { describeJudged, describeTrial } from '../../state/exercise-sentences';
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
            {text('lessons.exercise.check')}
          </Button>
        )}
        {busy && <Button look="outlined" icon="stop" onClick={course.stopCheck}>{text('lessons.exercise.stop')}</Button>}
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
      {busy && <p className={styles.about}>{attempt.progress === undefined ? text('lessons.question.running') : describeTrial(attempt.progress)}</p>}
      <div role="status">
        {(attempt.phase === 'open' || busy) && <About lesson={lesson} />}
        {(attempt.phase === 'solved' || attempt.phase === 'wrong') && <Outcome exercise={exercise} attempt={attempt} />}
      </div>
    </section>
  );
}

/** How a program will be judged. */
function About({ lesson }: { readonly lesson: Lesson }): ReactElement {
  const text = useText();
  const [schedules, { searched }] = [schedulesOf(lesson).length, lesson.exercise];
  return (
    <p className={styles.about}>
      {lesson.exercise.holds === 'once'
        ? text('lessons.exercise.aboutSearchOnce', { searched })
        : text('lessons.exercise.aboutSearch', { count: schedules, searched })}
    </p>
  );
}

function Outcome({ exercise, attempt }: { readonly exercise: Exercise; readonly attempt: ExerciseAttempt }): ReactElement {
  // For its language: what it shows is said by others.
  useText();
  const { phase, judged, why, numbers } = attempt;
  return (
    <div className={styles.verdict} data-tone={phase === 'solved' ? 'right' : 'wrong'}>
      {why && <Prose text={why} values={numbers} />}
      {judged && <p className={styles.verdictWord}>{describeJudged(judged, exercise, true)}</p>}
    </div>
  );
}
