import { FIRST_TID, lineOfPlace, type Tid } from '../../protocol/ids';
import type { Answer, PauseState } from '../../protocol/pause';

/** An answer where it was the reader who was asked. */
export interface ReadersAnswer extends Answer {
  /** Who would have gone on if the reader had not interfered. */
  readonly byItself: Tid;
}

/**
 * Who goes next where the reader of a puzzle is not asked: the task that starts the others, and whoever is still, or again, in the
 * library's code, of which there is nothing to see. So all have begun, and each stands at a line, when the first question comes.
 * Undefined: the reader is asked.
 */
export function answerByRule({ choices }: PauseState): Tid | undefined {
  return (choices.find(({ tid }) => tid === FIRST_TID) ?? choices.find(({ place }) => lineOfPlace(place) === 0))?.tid;
}

/** The reader's answers among those that a run has got so far. */
export function readersAnswers(answers: readonly Answer[]): readonly ReadersAnswer[] {
  return answers
    .filter(({ pause }) => answerByRule(pause) === undefined)
    .map((answer, index) => ({ ...answer, byItself: byItself(answer.pause, index === 0) }));
}

/** Who goes on if nobody interferes: whoever executes; at first, where all have just begun, the one that was started first. */
export function byItself({ choices }: PauseState, isFirst: boolean): Tid {
  return isFirst ? choices.reduce((least, { tid }) => (tid < least ? tid : least), choices[0].tid) : choices[0].tid;
}

/** Those answers that count as choices: another went on than would have by itself. */
export function choicesAmong(answers: readonly Answer[]): readonly ReadersAnswer[] {
  return readersAnswers(answers).filter((answer) => answer.task !== answer.byItself);
}
