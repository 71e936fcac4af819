import type { Tid } from '../protocol/ids';
import type { PauseState, StopWish } from '../protocol/pause';
import type { RunSettings } from '../protocol/program';
import { choicesOf } from '../trace/choices';
import type { Trace } from '../trace/trace';

/**
 * Going back in a run. A run in virtual time is a function of program, settings and choices, so the state at a step before is
 * reached by running it again to there; nothing of it need have been kept.
 */

/**
 * Settings that do the run of `trace` again, as far as `stop` says. What the reader chose later is forgotten there. Breakpoints are
 * passed by on the way.
 */
export function settingsUpTo(settings: RunSettings, trace: Trace, stop: StopWish): RunSettings {
  return { ...settings, ...(settings.policy === 'manual' && { replay: choicesOf(trace) }), stop };
}

/** A question to the reader who schedules: what the run had done when it was asked. */
export interface Question {
  readonly step: number;
  readonly events: number;
}

/** Settings that do the run of `trace` again up to a question in it, which is asked once more. */
export function settingsUpToQuestion(settings: RunSettings, trace: Trace, { step, events }: Question): RunSettings {
  return { ...settings, replay: choicesOf(trace, events), stop: { askFrom: step } };
}

/**
 * Settings that do the run up to where it stands and let `task` go next; from there on the reader schedules. The task whose turn
 * it was gives up its CPU where it stands.
 */
export function settingsWithChoice(settings: RunSettings, trace: Trace, pause: PauseState, task: Tid): RunSettings {
  const choices = choicesOf(trace);
  const given = pause.choices.find(({ tid }) => tid === pause.task);
  const turn = lastTurnOf(choices, pause.task);
  if (given !== undefined && turn >= 0) choices[turn + 1] = given.turnSteps;
  return {
    ...settings, policy: 'manual', replay: [...choices, task, -1],
    stop: { atStep: pause.step + 1 },
  };
}

function lastTurnOf(choices: readonly number[], task: Tid): number {
  for (let at = choices.length - 2; at >= 0; at -= 2) if (choices[at] === task) return at;
  return -1;
}
