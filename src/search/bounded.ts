import { choicesAt, isPreemption, type Branch, type Choices, type ScheduledRun } from './schedule';

/** A schedule to be tried: a run's choices up to a branch, and there the other task. */
export interface Candidate {
  readonly choices: Choices;
  /** Where the last of its changes is: for {@link Frontier}, which prefers places that were tried less. */
  readonly key: string;
  /** How often it takes the CPU from a task that could go on, and how often it does not do what comes by itself. */
  readonly preemptions: number;
  readonly changes: number;
}

/** Of a run: what it differs from the first run in. */
export type Ancestry = Pick<Candidate, 'key' | 'preemptions' | 'changes'>;
export const FIRST_RUN: Ancestry = { key: '', preemptions: 0, changes: 0 };

/**
 * The schedules that are still to be tried, systematically. A change is made only after the last one of the run that it is made
 * to, so each schedule comes exactly once. Two orders take turns:
 *
 * - *in depth*: all that differ from the first run in one change before all that differ in two, and so on (Musuvathi & Qadeer,
 *   "Iterative Context Bounding", PLDI 2007; that a choice where the CPU is free counts as a change as well is Emmi, Qadeer &
 *   Rakamaric's delay bounding, POPL 2011). This is what proves something;
 * - *in breadth*: a place in the program that was tried before counts as a change more for each time, so two changes at new places come
 *   before the third bytecode of a line. This is what finds something where one change alone has hundreds of points.
 *
 * Among those with as many changes those with fewer preemptions come first, and among these those whose places were tried least
 * often: loops and libraries make a hundred points of one line.
 */
export class Frontier {
  /** By the number of changes, and of preemptions among them. */
  private readonly levels: Level[][] = [];
  /** The fewest preemptions and changes that a schedule has which was left out. */
  private leftOut = { preemptions: Infinity, changes: Infinity };
  private isInBreadth = false;

  /** Schedules of more preemptions are left out. */
  constructor(private readonly mostPreemptions: number) {}

  /** The schedules that branch off from `run`, which was `from`. */
  add(run: ScheduledRun, from: Ancestry): void {
    const changes = from.changes + 1;
    for (const branch of run.branches) {
      const preemptions = from.preemptions + (isPreemption(branch) ? 1 : 0);
      const ancestry = { key: `${from.key}|${branch.place}>${branch.other}`, preemptions, changes };
      if (preemptions > this.mostPreemptions) this.leaveOut(preemptions, changes);
      else this.levelOf(changes, preemptions).add({ choices: run.choices, branch, ancestry });
    }
    // What is behind the last that was recorded nobody knows.
    if (run.branchesCut) this.leaveOut(from.preemptions, changes);
  }

  /** The next schedule, or undefined: there are no more. */
  take(): Candidate | undefined {
    const levels = this.levels.flatMap((same, changes) => same.flatMap((level) => {
      const round = level.round;
      return round === undefined ? [] : [{ level, cost: this.isInBreadth ? changes + round : changes }];
    }));
    this.isInBreadth = !this.isInBreadth;
    if (levels.length === 0) return undefined;
    // Of equals the first: that of fewer changes, and of fewer preemptions.
    const { level } = levels.reduce((best, other) => (other.cost < best.cost ? other : best));
    const { choices, branch, ancestry } = level.take();
    return { ...ancestry, choices: choicesAt(choices, branch) };
  }

  /** What was taken was not run. */
  skip({ preemptions, changes }: Candidate): void {
    this.leaveOut(preemptions, changes);
  }

  /** All schedules with at most so many preemptions have been taken; Infinity: all that there are; -1: not even those without. */
  get provedPreemptions(): number {
    return this.fewest('preemptions') - 1;
  }

  /** The same for changes. */
  get provedChanges(): number {
    return this.fewest('changes') - 1;
  }

  private fewest(what: 'preemptions' | 'changes'): number {
    let fewest = this.leftOut[what];
    for (const level of this.levels.flat()) for (const { ancestry } of level?.left() ?? []) fewest = Math.min(fewest, ancestry[what]);
    return fewest;
  }

  private levelOf(changes: number, preemptions: number): Level {
    const sameChanges = (this.levels[changes] ??= []);
    return (sameChanges[preemptions] ??= new Level());
  }

  private leaveOut(preemptions: number, changes: number): void {
    this.leftOut = {
      preemptions: Math.min(this.leftOut.preemptions, preemptions), changes: Math.min(this.leftOut.changes, changes),
    };
  }
}

interface Entry {
  readonly choices: Choices;
  readonly branch: Branch;
  readonly ancestry: Ancestry;
}

/** Candidates of one key, those from `next` on still to be tried. */
interface SameKey {
  readonly all: Entry[];
  next: number;
}

/** Candidates with as many changes and preemptions: in rounds, of each key one. */
class Level {
  private readonly keys = new Map<string, SameKey>();
  /** Keys by how often they were tried, those from `starts` on. A key that has nothing left is in none. */
  private readonly rounds: SameKey[][] = [];
  private readonly starts: number[] = [];

  add(entry: Entry): void {
    const same = this.keys.get(entry.ancestry.key);
    if (same === undefined) {
      const first: SameKey = { all: [entry], next: 0 };
      this.keys.set(entry.ancestry.key, first);
      this.queue(first);
    } else if (same.all.push(entry) === same.next + 1) {
      this.queue(same);
    }
  }

  /** How often those that come next were tried; undefined: nothing is left. */
  get round(): number | undefined {
    const round = this.rounds.findIndex((keys, index) => (this.starts[index] ?? 0) < keys.length);
    return round === -1 ? undefined : round;
  }

  /** The next. There must be one. */
  take(): Entry {
    const round = this.round!;
    const start = this.starts[round] ?? 0;
    this.starts[round] = start + 1;
    const same = this.rounds[round][start];
    const entry = same.all[same.next++];
    if (same.next < same.all.length) this.queue(same);
    return entry;
  }

  *left(): Generator<Entry> {
    for (const { all, next } of this.keys.values()) yield* all.slice(next);
  }

  private queue(same: SameKey): void {
    (this.rounds[same.next] ??= []).push(same);
  }
}
