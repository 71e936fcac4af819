/**
 * Which schedules of a puzzle there are, those with the fewest choices first: as a search over schedules makes them (src/search),
 * but with the reader's questions instead of the machine's branches.
 */

/** At question number `question` (from 0) of a run, choice number `choice` (from 1; 0 is who goes on by itself). */
export interface Deviation {
  readonly question: number;
  readonly choice: number;
}

/** A run with some deviations: how many could go next at each question, and whether it reached the goal. */
export interface PlayedSchedule {
  readonly options: readonly number[];
  readonly reached: boolean;
}

export interface Solution {
  /** The first schedule that reaches the goal; undefined where none of those that were tried does. */
  readonly found?: readonly Deviation[];
  /** All schedules with fewer choices were tried. */
  readonly tried: number;
}

/** Tries all schedules with at most `most` choices, until one reaches the goal. */
export async function solve(play: (deviations: readonly Deviation[]) => Promise<PlayedSchedule>, most: number): Promise<Solution> {
  let level: (readonly Deviation[])[] = [[]];
  let tried = 0;
  for (let choices = 0; choices <= most; choices++) {
    const next: (readonly Deviation[])[] = [];
    for (const deviations of level) {
      tried++;
      const { options, reached } = await play(deviations);
      if (reached) return { found: deviations, tried };
      if (choices < most) next.push(...longerBy(deviations, options));
    }
    level = next;
  }
  return { tried };
}

/** The same schedule with one choice more, behind its last: so each comes once. */
function longerBy(deviations: readonly Deviation[], options: readonly number[]): (readonly Deviation[])[] {
  const from = (deviations.at(-1)?.question ?? -1) + 1;
  return options.flatMap((count, question) => (question < from ? [] : Array.from(
    { length: count - 1 }, (_, index) => [...deviations, { question, choice: index + 1 }],
  )));
}
