import type { ReactElement } from 'react';
import { answerByRule, byItself, readersAnswers } from '../../lessons/puzzles/choice';
import type { Puzzle } from '../../lessons/puzzles/puzzle';
import { FIRST_TID, lineOfPlace, type Tid } from '../../protocol/ids';
import type { PauseState } from '../../protocol/pause';
import { intervalAt, stateAt } from '../../trace/lookup';
import type { TaskInfo, TraceModel } from '../../trace/trace';
import { intervalLabels } from '../../views/timeline';
import { usePage, useRun, useText } from '../page';
import { isRunning } from '../run-phase';
import { useShownRun } from '../shown-run';
import { choicesInOrder } from '../stepping/choices';
import { useLingering } from '../stepping/use-lingering';
import styles from './puzzles.module.css';

/** Lines of the program that are shown around the one at which a task stands. */
const AROUND = 1;

/** The tasks of a puzzle side by side: where each stands, and which could go next. */
export function Board({ puzzle }: { readonly puzzle: Puzzle }): ReactElement {
  const text = useText();
  const { model } = useShownRun();
  const pause = useRun((state) => state.pause);
  const phase = useRun((state) => state.phase);
  const answers = useRun((state) => state.answers);
  const shown = useLingering(pause?.cause === 'question' ? pause : undefined, isRunning(phase));
  const isOver = pause === undefined || pause !== shown || phase !== 'running' || answerByRule(pause) !== undefined;
  if (model === undefined || shown === undefined) return <p className={styles.quiet}>{text('puzzles.play.running')}</p>;
  const isFirst = readersAnswers(answers.filter((answer) => answer.pause !== shown)).length === 0;
  const tasks = model.tasks.filter(({ tid, pid, method }) => tid > FIRST_TID && (method === 'thread' || tid === pid));
  return (
    <ol className={styles.board} aria-label={text('ui.step.choices')} aria-busy={isOver}>
      {tasks.map((task) => (
        <TaskCard
          key={task.tid} task={task} model={model} pause={shown} lines={puzzle.program.split('\n')}
          goesOn={byItself(shown, isFirst)} isOver={isOver}
        />
      ))}
    </ol>
  );
}

interface TaskCardProps {
  readonly task: TaskInfo;
  readonly model: TraceModel;
  readonly pause: PauseState;
  readonly lines: readonly string[];
  /** The task that goes on by itself. */
  readonly goesOn: Tid;
  /** The question has been answered, or is none for the reader. */
  readonly isOver: boolean;
}

function TaskCard({ task, model, pause, lines, goesOn, isOver }: TaskCardProps): ReactElement {
  const text = useText();
  const { run } = usePage();
  const index = choicesInOrder(pause).findIndex(({ tid }) => tid === task.tid);
  const choice = choicesInOrder(pause)[index];
  const kind = choice === undefined ? 'waits' : task.tid === goesOn ? 'goesOn' : 'ready';
  const isOff = isOver || choice === undefined;
  const line = choice === undefined ? 0 : lineOfPlace(choice.place);
  // Not disabled: the keyboard's focus would be lost each time that the run goes on.
  return (
    <li>
      <button
        type="button" className={styles.task} data-kind={kind} aria-disabled={isOff || undefined}
        onClick={isOff ? undefined : () => void run.choose(task.tid)}
      >
        <span className={styles.taskHead}>
          {choice !== undefined && <kbd>{index + 1}</kbd>}
          <b>{task.name}</b>
          <span className={styles.taskState}>
            {kind === 'waits' ? standingOf(model, task, text('puzzles.play.done')) : text(`puzzles.play.${kind}`)}
          </span>
        </span>
        {line > 0 && <Excerpt lines={lines} line={line} />}
      </button>
    </li>
  );
}

/** The line at which a task stands, with those around it. */
function Excerpt({ lines, line }: { readonly lines: readonly string[]; readonly line: number }): ReactElement {
  const from = Math.max(1, line - AROUND);
  const shown = lines.slice(from - 1, line + AROUND);
  const indent = Math.min(...shown.filter((one) => one.trim() !== '').map((one) => one.length - one.trimStart().length));
  return (
    <code className={styles.excerpt}>
      {shown.map((one, index) => (
        <span key={index} data-here={from + index === line || undefined}>
          <i>{from + index}</i>
          {one.slice(indent)}
        </span>
      ))}
    </code>
  );
}

/** What a task does that cannot go on. */
function standingOf(model: TraceModel, { tid }: TaskInfo, ended: string): string {
  const interval = intervalAt(model, tid, model.endTime);
  if (interval !== undefined && interval.state !== 'zombie') return intervalLabels(model, interval)[0] ?? '';
  return ['zombie', 'dead', 'free'].includes(stateAt(model, tid, model.endTime)) ? ended : '';
}
