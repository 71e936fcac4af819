/** One choice of a known solution. Everywhere else the program goes on by itself. */
export interface Move {
  /** Where this task would go on with a line that has this in it; for the `time`-th time since the move before, from 1. */
  readonly at: readonly [task: string, line: string];
  readonly time?: number;
  /** The task that goes on instead. */
  readonly goes: string;
}

/** Of each puzzle a way to reach the goal in as few choices as can be: proof that it can be done. */
export const SOLUTIONS: Readonly<Record<string, readonly Move[]>> = {
  'lost-update': [{ at: ['Ann', 'visitors = seen + 1'], goes: 'Ben' }],
  'two-locks': [{ at: ['Ann', 'with paper'], goes: 'Ben' }],
  'missed-notify': [{ at: ['reader', 'with changed'], goes: 'writer' }],
  'last-seat': [{ at: ['north', 'seats.value -= 1'], goes: 'south' }, { at: ['south', 'seats.value -= 1'], goes: 'west' }],
  'stolen': [{ at: ['Ben', 'with delivered'], goes: 'driver' }, { at: ['driver', 'for number in'], time: 2, goes: 'Ben' }],
  'starve': [{ at: ['Ann', 'reads'], goes: 'writer' }, { at: ['Ben', 'reads'], time: 2, goes: 'Ann' }],
  'philosophers': [{ at: ['Zhuangzi', 'with forks[right]'], goes: 'Spinoza' }],
  'two': [
    { at: ['Ann', 'counter = seen + 1'], goes: 'Ben' },
    { at: ['Ben', 'for turn in'], time: 3, goes: 'Ann' },
    { at: ['Ann', 'for turn in'], goes: 'Ben' },
    { at: ['Ben', 'counter = seen + 1'], goes: 'Ann' },
  ],
};
