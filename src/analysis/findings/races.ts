import type { Access, LostUpdateData, Moment, RaceData } from '../../protocol/findings';
import type { Clocks } from './clocks';

/** A load or a store of a variable. */
export interface Touch {
  readonly task: number;
  /** Number of the task's clock, and how far that had come. */
  readonly number: number;
  readonly clock: number;
  readonly access: Access;
  readonly place: number;
  readonly time: number;
  /** How many touches there had been before, of any variable. */
  readonly nth: number;
}

/** What is remembered of a variable. */
interface Variable {
  readonly name: string;
  lastWrite: Touch | undefined;
  /** The last read of each task since the last write that came after all reads. */
  reads: Map<number, Touch>;
  /** Each task's last touch that was a read, for lost updates; gone when it has written. */
  readonly lastReads: Map<number, Touch>;
}

/** Of a finding: the task whom it concerns is the one that touches now. */
export type RaceFound =
  | { readonly kind: 'data race'; readonly other: number; readonly data: RaceData }
  | { readonly kind: 'lost update'; readonly other: number; readonly data: LostUpdateData };

/**
 * Data races, by vector clocks and epochs: of a variable only the last write and the last read of each task are kept, and a
 * pair is reported where neither comes before the other (Flanagan and Freund, "FastTrack: Efficient and Precise Dynamic Race
 * Detection", PLDI 2009). And lost updates: a task reads, another writes, and the first writes what it had made of its read.
 * Each pair of lines is reported once for a variable's name.
 */
export class Races {
  private readonly variables = new Map<string, Variable>();
  private readonly reported = new Set<string>();
  /** When each task last did something else that is recorded: what it writes after that may have nothing to do with a read. */
  private readonly acted = new Map<number, number>();
  private touches = 0;

  /** Without `clocks` only lost updates are looked for. */
  constructor(private readonly clocks: Clocks | undefined, private readonly momentOf: (touch: Touch) => Moment) {}

  /** `task` did something else than touch variables and use locks. */
  act(task: number): void {
    this.acted.set(this.clocks?.numberOf(task) ?? task, this.touches);
  }

  touch(key: string, name: string, task: number, access: Access, place: number, time: number): RaceFound[] {
    let variable = this.variables.get(key);
    if (variable === undefined) {
      variable = { name, lastWrite: undefined, reads: new Map(), lastReads: new Map() };
      this.variables.set(key, variable);
    }
    const { clocks } = this;
    const number = clocks?.numberOf(task) ?? task;
    const touch: Touch = { task, number, clock: clocks?.timeOf(number) ?? 0, access, place, time, nth: this.touches++ };
    const found: RaceFound[] = [];
    if (access === 'write') this.findLostUpdate(variable, touch, found);
    if (clocks !== undefined) this.findRaces(clocks, variable, touch, found);
    if (access === 'read') {
      variable.reads.set(number, touch);
      variable.lastReads.set(number, touch);
    } else {
      variable.lastWrite = touch;
      variable.lastReads.delete(number);
    }
    return found;
  }

  private findRaces(clocks: Clocks, variable: Variable, touch: Touch, found: RaceFound[]): void {
    const { lastWrite, reads } = variable;
    const races = (earlier: Touch): boolean => (
      earlier.number !== touch.number && !clocks.isBefore(earlier.number, earlier.clock, touch.number)
    );
    if (lastWrite !== undefined && races(lastWrite)) this.report(variable, lastWrite, touch, found);
    if (touch.access === 'read') return;
    for (const [number, read] of reads) {
      if (races(read)) this.report(variable, read, touch, found);
      else reads.delete(number); // whoever comes after this write comes after that read
    }
  }

  private report(variable: Variable, earlier: Touch, touch: Touch, found: RaceFound[]): void {
    if (!this.isNew('race', variable, earlier, touch)) return;
    const { name } = variable;
    const before = { ...this.momentOf(earlier), access: earlier.access };
    found.push({ kind: 'data race', other: earlier.task, data: { variable: name, access: touch.access, before } });
  }

  private findLostUpdate(variable: Variable, write: Touch, found: RaceFound[]): void {
    const { lastWrite: lost, name } = variable;
    const read = variable.lastReads.get(write.number);
    if (lost === undefined || read === undefined || lost.number === write.number || lost.nth < read.nth) return;
    const isOneDeed = read.place === write.place || (this.acted.get(write.number) ?? -1) <= read.nth;
    if (!isOneDeed || !this.isNew('lost', variable, lost, write)) return;
    found.push({ kind: 'lost update', other: lost.task, data: { variable: name, read: this.momentOf(read), lost: this.momentOf(lost) } });
  }

  private isNew(what: string, { name }: Variable, one: Touch, other: Touch): boolean {
    const [first, second] = one.place < other.place ? [one, other] : [other, one];
    const pair = `${what} ${name} ${first.place} ${second.place}`;
    if (this.reported.has(pair)) return false;
    this.reported.add(pair);
    return true;
  }
}
