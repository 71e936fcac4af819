import { both } from '../../lesson';
import type { Puzzle } from '../puzzle';
import program from './program.py?raw';

export const puzzle: Puzzle = {
  id: 'two',
  program,
  text: both(
    'Two threads add one, three times each. Left alone the counter ends at 6. Three updates are easily lost; how few can be left?',
    '两个线程各加一，加三次。没有人干预时计数器最后是 6。丢三次更新不难；最少能剩下多少？',
  ),
  hints: [
    both('The last write decides. It must be a 2, so the one who does it must have seen a 1.', '最后一次写说了算。它必须写 2，所以写它的人看到的必须是 1。'),
    both('A 1 can be written late: by somebody who has read 0 at the very start and was held back since.', '1 可以很晚才写：由一个开头读到 0、之后一直被拦住的人来写。'),
    both('Ann reads 0 and is held back. Ben counts twice. Ann writes her 1. Ben reads it, and is held back until Ann is done.', 'Ann 读到 0 后被拦住。Ben 数两次。Ann 写下她的 1。Ben 读到它之后被拦住，直到 Ann 全部做完。'),
  ],
  check: (run) => {
    const counter = run.printed(/^counter: (\d+)$/);
    return counter === '2' || both(`The counter stands at ${counter ?? '?'}.`, `计数器停在 ${counter ?? '？'}。`);
  },
  moral: both(
    'Six increments, and 2 is left, however many there are: of n turns each, two threads can leave 2. What “usually works” says nothing about what the scheduler may do.',
    '加了六次，只剩下 2。无论各加多少次，两个线程都可能只留下 2。“通常没事”说明不了调度器可能做什么。',
  ),
};
