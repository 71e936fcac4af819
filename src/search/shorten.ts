import { isAlike, type Failure } from './failure';
import { BY_ITSELF, preemptionsOf, type Choices, type ScheduledRun } from './schedule';

/** A schedule that fails. */
export interface FailingSchedule {
  readonly choices: Choices;
  readonly failure: Failure;
}

/** Runs a list; what is wrong with the run, or undefined. */
type Try = (choices: Choices) => Promise<{ readonly run: ScheduledRun; readonly failure: Failure | undefined }>;

/**
 * Makes a failing schedule as short as it can: first its tail goes, what comes by itself anyway, then its preemptions, one
 * after the other, as long as something of the same sort goes wrong without it. At most `tries` runs.
 */
export async function shorten(found: FailingSchedule, attempt: Try, tries: number): Promise<FailingSchedule> {
  let best = found;
  let left = tries;

  /** Keeps the list where it fails in the same way and is shorter; where it does not fit the program, what was run instead. */
  const accept = async (choices: Choices): Promise<boolean> => {
    if (left-- <= 0) return false;
    const { run, failure } = await attempt(choices);
    if (failure === undefined || !isAlike(failure, found.failure)) return false;
    const followed = run.parted ? run.choices : choices;
    if (!isShorter(followed, best.choices)) return false;
    best = { choices: followed, failure };
    return true;
  };

  const cutTail = async (): Promise<void> => {
    let fails = best.choices.length / 2;
    let passes = -1;
    while (fails - passes > 1 && left > 0) {
      const middle = (fails + passes) >> 1;
      if (await accept(best.choices.slice(0, 2 * middle))) fails = middle;
      else passes = middle;
    }
  };

  await cutTail();
  for (let turn = best.choices.length / 2 - 1; turn >= 0 && left > 0; turn--) {
    if (2 * turn >= best.choices.length || best.choices[2 * turn + 1] === BY_ITSELF) continue;
    for (const choices of withoutInterruption(best.choices, turn)) {
      if (!await accept(choices)) continue;
      await cutTail();
      turn = best.choices.length / 2;
      break;
    }
  }
  return best;
}

/** Fewer preemptions, or as many and fewer choices. */
function isShorter(one: Choices, other: Choices): boolean {
  const difference = preemptionsOf(one) - preemptionsOf(other);
  return difference < 0 || (difference === 0 && one.length < other.length);
}

/**
 * Lists in which a task is not interrupted in its turn number `turn`: it does what it did in its next turn at once, or what it
 * did in this turn only in the next.
 */
function withoutInterruption(choices: Choices, turn: number): Choices[] {
  const task = choices[2 * turn];
  const steps = choices[2 * turn + 1];
  const next = choices.findIndex((other, index) => index > 2 * turn && index % 2 === 0 && other === task);
  if (next < 0) return [choices.with(2 * turn + 1, BY_ITSELF), choices.toSpliced(2 * turn, 2)];
  const both = choices[next + 1] === BY_ITSELF ? BY_ITSELF : steps + choices[next + 1];
  return [
    choices.with(2 * turn + 1, both).toSpliced(next, 2),
    choices.with(next + 1, both).toSpliced(2 * turn, 2),
  ];
}
