/**
 * Vector clocks (Mattern 1989): of each task how far it has come, and how much of each other's deeds come before its own. Tasks
 * are numbered from 0 in the order in which they are first seen.
 */
export type Clock = number[];

/** Everything that comes before `from` comes before `into` from here on. */
export function join(into: Clock, from: Clock): void {
  for (let index = 0; index < from.length; index++) {
    const time = from[index] ?? 0;
    if (time > (into[index] ?? 0)) into[index] = time;
  }
}

/** Clocks of tasks, and of what they pass each other their clocks by: locks, queues. */
export class Clocks {
  private readonly numbers = new Map<number, number>();
  private readonly clocks: Clock[] = [];
  private readonly left = new Map<number, Clock>();

  /** The number of a task's clock. */
  numberOf(task: number): number {
    const known = this.numbers.get(task);
    if (known !== undefined) return known;
    const number = this.clocks.length;
    this.numbers.set(task, number);
    const clock = new Array<number>(number).fill(0);
    clock.push(1);
    this.clocks.push(clock);
    return number;
  }

  /** `alias` does what it does as a part of `task`: a coroutine. */
  alias(alias: number, task: number): void {
    this.numbers.set(alias, this.numberOf(task));
  }

  /** How far the task with this number has come. */
  timeOf(number: number): number {
    return this.clocks[number][number];
  }

  /** Whether what the task `number` did at its time `time` comes before all that `task` does from here on. */
  isBefore(number: number, time: number, task: number): boolean {
    return (this.clocks[task][number] ?? 0) >= time;
  }

  /** All that `from` has done comes before what `to` does from here on. */
  pass(from: number, to: number): void {
    const source = this.numberOf(from);
    const target = this.numberOf(to);
    if (source === target) return;
    join(this.clocks[target], this.clocks[source]);
    this.clocks[source][source]++;
  }

  /** `task` leaves its clock with `object`, for those who `take` it. */
  leave(task: number, object: number): void {
    const number = this.numberOf(task);
    const clock = this.clocks[number];
    let kept = this.left.get(object);
    if (kept === undefined) this.left.set(object, (kept = []));
    join(kept, clock);
    clock[number]++;
  }

  take(task: number, object: number): void {
    const kept = this.left.get(object);
    if (kept !== undefined) join(this.clocks[this.numberOf(task)], kept);
  }
}
