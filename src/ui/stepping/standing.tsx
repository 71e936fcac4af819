import type { ReactElement } from 'react';
import { lineOfPlace } from '../../protocol/ids';
import type { PauseState, TaskChoice } from '../../protocol/pause';
import { formatMoment } from '../../text/duration';
import { usePage, useRun, useText } from '../page';
import { useShownRun } from '../shown-run';
import { choicesInOrder, sourceOf } from './choices';
import { sentenceOfHit } from './stop-sentence';
import styles from './step-bar.module.css';

/** Where the run stands, and the tasks of which one goes next. `isOver`: it has just gone on. */
export function Standing({ pause, isOver }: { readonly pause: PauseState; readonly isOver: boolean }): ReactElement {
  const text = useText();
  const { cause, step, time } = pause;
  return (
    <div className={styles.standing} aria-busy={isOver}>
      <span className={styles.where} role="status">
        <b><Why pause={pause} /></b> · {text('ui.step.at', { step, time: formatMoment(time) })}
      </span>
      <span className={styles.choices} role="group" aria-label={text('ui.step.choices')} data-asked={cause === 'question' || undefined}>
        {choicesInOrder(pause).map((choice, index) => (
          <Choice key={choice.tid} choice={choice} index={index} pause={pause} isOver={isOver} />
        ))}
      </span>
    </div>
  );
}

/** Why it stands still; at a breakpoint on events, what has happened. */
function Why({ pause: { cause, event } }: { readonly pause: PauseState }): string {
  const text = useText();
  const model = useShownRun().whole;
  if (cause !== 'event') return text(`ui.step.why.${cause}`);
  return model === undefined || event === undefined ? text('ui.step.why.line') : text('ui.stops.stopped', { what: sentenceOfHit(model, event) });
}

function Choice({ choice, index, pause, isOver }: {
  readonly choice: TaskChoice;
  readonly index: number;
  readonly pause: PauseState;
  readonly isOver: boolean;
}): ReactElement {
  const text = useText();
  const { run } = usePage();
  const program = useRun((state) => state.model?.trace.header.program);
  const line = lineOfPlace(choice.place);
  const isTurn = choice.tid === pause.task;
  const isAsked = pause.cause === 'question';
  const tip = isAsked ? 'ui.step.chooseTip' : isTurn ? 'ui.step.turnTip' : 'ui.step.insteadTip';
  const isOff = isOver || (!isAsked && isTurn);
  // Not disabled: the keyboard's focus would be lost each time that the run goes on.
  return (
    <button
      type="button" className={styles.choice} aria-current={isTurn || undefined} aria-disabled={isOff || undefined}
      title={text(tip, { task: choice.name, key: index + 1 })} onClick={isOff ? undefined : () => void run.choose(choice.tid)}
    >
      <kbd>{index + 1}</kbd>
      {choice.name}
      {line > 0 && <small>{text('ui.step.line', { line })}</small>}
      {line > 0 && <code>{sourceOf(choice, program)}</code>}
    </button>
  );
}
