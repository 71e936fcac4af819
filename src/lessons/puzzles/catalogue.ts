import type { Both } from '../lesson';

/** What the list of puzzles says of one. */
export interface PuzzleEntry {
  readonly id: string;
  readonly title: Both;
  readonly goal: Both;
  /** The fewest choices with which the goal can be reached; `npm run lessons -- --check puzzles` tries all schedules with fewer. */
  readonly par: number;
}

function entry(id: string, par: number, en: readonly [title: string, goal: string], zh: readonly [title: string, goal: string]): PuzzleEntry {
  return { id, par, title: { en: en[0], zh: zh[0] }, goal: { en: en[1], zh: zh[1] } };
}

/** From the easiest to the hardest. A new one: its folder beside this file, its line here. */
export const PUZZLES: readonly PuzzleEntry[] = [
  entry('lost-update', 1, ['One visitor too few', 'Two came in. Make the counter say 1.'], ['少数了一位', '进来了两位。让计数器只显示 1。']),
  entry('two-locks', 1, ['Pen and paper', 'Make Ann and Ben wait for each other for ever: a deadlock.'], ['笔和纸', '让 Ann 和 Ben 永远互相等待：死锁。']),
  entry('missed-notify', 1, ['A call that nobody heard', 'Make the reader sleep for ever, though the page is there.'], ['没人听见的通知', '那一页明明写好了，却让 reader 永远睡下去。']),
  entry('last-seat', 2, ['The last seat', 'Sell the one seat three times.'], ['最后一个座位', '把唯一的座位卖出三次。']),
  entry('stolen', 2, ['The stolen potato', 'Make a cook reach into an empty sack.'], ['被抢走的土豆', '让一个厨师把手伸进空袋子。']),
  entry('starve', 2, ['The patient writer', 'Keep the writer waiting while the board is read four times.'], ['耐心的写者', '板子被读四次，让 writer 一直等着。']),
  entry('philosophers', 1, ['Three philosophers', 'Let nobody eat: a circle of three.'], ['三位哲学家', '让谁也吃不上：三个人的环。']),
  entry('two', 4, ['How few are left?', 'Two threads count to three each. Make the counter end at 2.'], ['最少剩几个', '两个线程各数三次。让计数器最后是 2。']),
];

export const PUZZLE_IDS: readonly string[] = PUZZLES.map(({ id }) => id);

export function puzzleEntryOf(id: string): PuzzleEntry | undefined {
  return PUZZLES.find((one) => one.id === id);
}
