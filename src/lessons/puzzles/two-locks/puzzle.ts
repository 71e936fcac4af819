import { both } from '../../lesson';
import type { Puzzle } from '../puzzle';
import program from './program.py?raw';

export const puzzle: Puzzle = {
  id: 'two-locks',
  program,
  text: both(
    'Ann takes the pen and then the paper, Ben the paper and then the pen. Left alone both get to write.',
    'Ann 先拿笔再拿纸，Ben 先拿纸再拿笔。没有人干预时，两人都能写成。',
  ),
  hints: [
    both('Each must hold one thing that the other still needs.', '要让两人各占住一样对方还需要的东西。'),
    both('Ann has the pen and is about to take the paper: now Ben must get there first.', 'Ann 拿到了笔，正要拿纸：这时要让 Ben 抢先拿到纸。'),
  ],
  check: (run) => run.deadlocked || both('Both have written.', '两人都写成了。'),
  moral: both(
    'Each holds what the other waits for, and neither lets go: a circle. If everybody took the pen first, no schedule could close it.',
    '各自占着对方等待的东西，谁也不放手，等待就首尾相接成了环。只要大家都先拿笔，任何调度都合不上这个环。',
  ),
};
