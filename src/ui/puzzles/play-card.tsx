import { useId, type ReactElement } from 'react';
import type { PuzzleEntry } from '../../lessons/puzzles/catalogue';
import { answerByRule, choicesAmong, readersAnswers, type ReadersAnswer } from '../../lessons/puzzles/choice';
import type { Puzzle } from '../../lessons/puzzles/puzzle';
import { lineOfPlace, type Tid } from '../../protocol/ids';
import { isPlayOf } from '../../state/puzzle-session';
import { Button } from '../controls/button';
import panel from '../lessons/lesson-panel.module.css';
import { Prose } from '../lessons/prose';
import { usePage, usePuzzles, useRun, useText } from '../page';
import { isRunning, KEYS } from '../run-phase';
import { Board } from './board';
import styles from './puzzles.module.css';

interface PlayProps {
  readonly puzzle: Puzzle;
  readonly entry: PuzzleEntry;
}

/** Where the reader plays: the question who goes next, what was chosen so far, and what it came to. */
export function PlayCard({ puzzle, entry }: PlayProps): ReactElement {
  const text = useText();
  const heading = useId();
  const { play } = usePage();
  const phase = useRun((state) => state.phase);
  const isPlay = useRun((state) => isPlayOf(puzzle, state));
  const outcome = usePuzzles((state) => state.outcome);
  const answers = useRun((state) => state.answers);
  const isAsked = useRun(({ pause }) => pause?.cause === 'question' && answerByRule(pause) === undefined);
  const running = isRunning(phase);
  const playing = running && (isPlay || phase === 'starting');
  const choices = isPlay ? choicesAmong(answers) : [];
  return (
    <section className={`${panel.card} ${styles.play}`} aria-labelledby={heading}>
      <h3 id={heading}>
        {text('puzzles.play.title')}
        {playing && (
          <span className={styles.count} role="status">
            {text('puzzles.play.count', { count: choices.length })}
            <small data-above={choices.length > entry.par || undefined}>{text('puzzles.play.parIs', { par: entry.par })}</small>
          </span>
        )}
      </h3>
      {!playing && outcome === undefined && (
        <>
          <p>{text('puzzles.play.rules')}</p>
          <p className={panel.about}>{text('puzzles.play.par', { count: entry.par })}</p>
        </>
      )}
      {playing && (isPlay ? <Board puzzle={puzzle} /> : <p className={panel.about}>{text('puzzles.play.starting')}</p>)}
      <div role="status">{!playing && outcome !== undefined && <Outcome puzzle={puzzle} entry={entry} />}</div>
      <p className={panel.row}>
        {!playing && outcome === undefined && (
          <Button look="primary" icon="play" onClick={() => void play.begin()}>{text('puzzles.play.begin')}</Button>
        )}
        {(playing || outcome !== undefined) && (
          <Button
            look="outlined" icon="stepBack" title={text('puzzles.play.undoTip', { key: KEYS.stepBack })}
            disabled={readersAnswers(answers).length === 0 || (playing && !isAsked)} onClick={() => void play.undo()}
          >
            {text('puzzles.play.undo')}
          </Button>
        )}
        {playing && (
          <Button look="outlined" icon="toHere" title={text('puzzles.play.letGoTip')} disabled={!isAsked} onClick={play.letGo}>
            {text('puzzles.play.letGo')}
          </Button>
        )}
        {(playing || outcome !== undefined) && (
          <Button look="outlined" icon="restart" compact={playing ? 'always' : 'never'} title={text('puzzles.play.again')} onClick={() => void play.begin()}>
            {text(outcome?.verdict === true && outcome.choices > entry.par ? 'puzzles.outcome.retry' : 'puzzles.play.again')}
          </Button>
        )}
      </p>
      {choices.length > 0 && (playing || outcome !== undefined) && <Choices choices={choices} />}
    </section>
  );
}

/** What the reader chose, in words. */
function Choices({ choices }: { readonly choices: readonly ReadersAnswer[] }): ReactElement {
  const text = useText();
  const nameOf = ({ pause }: ReadersAnswer, task: Tid): string => pause.choices.find(({ tid }) => tid === task)?.name ?? '';
  const lineOf = ({ pause, byItself }: ReadersAnswer): number => lineOfPlace(pause.choices.find(({ tid }) => tid === byItself)?.place ?? pause.choices[0].place);
  return (
    <div className={styles.choices}>
      <h4>{text('puzzles.play.choices')}</h4>
      <ol>
        {choices.map((choice) => (
          <li key={choice.pause.step}>
            {text('puzzles.play.choice', {
              line: lineOf(choice), task: nameOf(choice, choice.task), other: nameOf(choice, choice.byItself),
            })}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Outcome({ puzzle, entry: { par } }: PlayProps): ReactElement | null {
  const text = useText();
  const outcome = usePuzzles((state) => state.outcome);
  if (outcome === undefined) return null;
  const { verdict, choices } = outcome;
  if (verdict !== true) {
    return (
      <div className={panel.verdict}>
        <p className={panel.verdictWord}>{text('puzzles.outcome.failed')}</p>
        <Prose text={verdict} />
      </div>
    );
  }
  return (
    <div className={panel.verdict} data-tone="right">
      <p className={panel.verdictWord}>
        {text('puzzles.outcome.solved', { count: choices })}{' '}
        {choices <= par ? text('puzzles.outcome.atPar') : text('puzzles.outcome.abovePar', { count: par })}
      </p>
      <Prose text={puzzle.moral} />
    </div>
  );
}
