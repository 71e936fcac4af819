import { useId, useState, type ReactElement } from 'react';
import { fill } from '../../lessons/fill';
import { canAnswer } from '../../lessons/judge';
import type { Lesson, Question } from '../../lessons/lesson';
import type { Numbers } from '../../lessons/numbers';
import type { QuestionState } from '../../state/lesson-store';
import { Button } from '../controls/button';
import { usePage, useText } from '../page';
import styles from './lesson-panel.module.css';
import { Phrase, Prose } from './prose';
import { useLessons } from './use-lesson';

/** Asks what a run with other numbers will do, before it is run; then says whether it was so. */
export function QuestionCard({ lesson }: { readonly lesson: Lesson }): ReactElement | null {
  const state = useLessons(({ question }) => question);
  const asked = useLessons(({ progress }) => progress[lesson.id]?.asked ?? 0);
  if (state === undefined) return null;
  // A new question begins with an empty answer.
  return <Asked key={`${asked} ${state.phase === 'asked'}`} question={lesson.question} state={state} />;
}

function Asked({ question, state }: { readonly question: Question; readonly state: QuestionState }): ReactElement {
  const text = useText();
  const heading = useId();
  const { course } = usePage();
  const [given, setGiven] = useState(state.given);
  const { numbers, phase } = state;
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <h3 id={heading}>{text('lessons.question.title')}</h3>
      <Prose text={question.ask} values={numbers} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void course.answer(given);
        }}
      >
        <fieldset disabled={phase !== 'asked'}>
          <legend className={styles.hidden}>{text('lessons.question.yours')}</legend>
          {question.choices === undefined
            ? <Typed question={question} given={given} onGiven={setGiven} />
            : <Chosen question={question} numbers={numbers} given={given} onGiven={setGiven} />}
          {phase !== 'judged' && (
            <Button type="submit" look="primary" icon="play" disabled={phase === 'running' || !canAnswer(question, given)}>
              {text(phase === 'running' ? 'lessons.question.running' : 'lessons.question.run')}
            </Button>
          )}
        </fieldset>
      </form>
      <div role="status">{phase === 'judged' && <Judged question={question} state={state} />}</div>
    </section>
  );
}

interface GivenProps {
  readonly question: Question;
  readonly given: string;
  readonly onGiven: (given: string) => void;
}

function Typed({ question, given, onGiven }: GivenProps): ReactElement {
  const text = useText();
  return (
    <label className={styles.typed}>
      <span>
        {text('lessons.question.yours')}
        {question.kind === 'seconds' && <small> {text('lessons.question.seconds')}</small>}
      </span>
      <input
        value={given} autoComplete="off" spellCheck={false} inputMode={question.kind === 'text' ? 'text' : 'decimal'}
        maxLength={200} onChange={(event) => onGiven(event.currentTarget.value)}
      />
    </label>
  );
}

function Chosen({ question, numbers, given, onGiven }: GivenProps & { readonly numbers: Numbers }): ReactElement {
  const name = useId();
  return (
    <div className={styles.choices}>
      {question.choices?.(numbers).map(({ value, text }) => (
        <label key={value}>
          <input type="radio" name={name} value={value} checked={given === value} onChange={() => onGiven(value)} />
          <span><Phrase text={text} values={numbers} /></span>
        </label>
      ))}
    </div>
  );
}

function Judged({ question, state: { judgement, numbers } }: { readonly question: Question; readonly state: QuestionState }): ReactElement | null {
  const text = useText();
  const { course, view } = usePage();
  if (judgement === undefined) return null;
  const chosen = question.choices?.(numbers).find(({ value }) => value === judgement.answer);
  const answer = chosen === undefined ? judgement.answer : fill(chosen.text, numbers);
  return (
    <div className={styles.verdict} data-tone={judgement.kind}>
      <p className={styles.verdictWord}>
        {judgement.kind === 'wrong' && text('lessons.question.wrong', { answer })}
        {judgement.kind === 'right' && text('lessons.question.right')}
        {judgement.kind === 'unknown' && text('lessons.question.unknown')}
      </p>
      {judgement.kind === 'wrong' && judgement.slip && <Prose text={judgement.slip} values={numbers} />}
      {judgement.kind !== 'unknown' && <Prose text={question.because} values={{ ...numbers, answer }} />}
      <p className={styles.row}>
        {question.see && (
          <Button
            look="outlined" icon="lanes"
            onClick={() => {
              course.lookAtAnswer();
              view.setTab('timeline');
            }}
          >
            {text('lessons.question.see')}
          </Button>
        )}
        <Button look="outlined" icon="restart" onClick={course.askAgain}>{text('lessons.question.again')}</Button>
      </p>
    </div>
  );
}
