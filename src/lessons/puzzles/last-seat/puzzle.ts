import { both } from '../../lesson';
import type { Puzzle } from '../puzzle';
import program from './program.py?raw';

export const puzzle: Puzzle = {
  id: 'last-seat',
  program,
  text: both(
    'Three processes share one number. Left alone the first sells the seat, and the others see that none is left.',
    '三个进程共用一个数。没有人干预时，第一个卖掉座位，另外两个看到已经没有了。',
  ),
  hints: [
    both('What an office has seen stays true for it, whatever the others do after that.', '一个售票点看过一眼之后，不管别人又做了什么，它都当那一眼仍然成立。'),
    both('All three must have looked before the first one sells. You have to hold two of them back, each just behind its look.', '要让三家都看过，才让第一家卖。你得把其中两家各拦在刚看完的地方。'),
  ],
  check: (run) => {
    const left = run.printed(/^seats left: (-?\d+)$/);
    if (left === '-2') return true;
    if (left === '-1') return both('The seat was sold twice. A third office still looked too late.', '座位卖了两次，还有一家看得太晚。');
    return both('The seat was sold once.', '座位只卖了一次。');
  },
  moral: both(
    'First check, then act: between the two the world may change. The lock that a shared `Value` brings along guards each access by itself, not the two together.',
    '先检查，后行动：两者之间世界可能已经变了。共享的 `Value` 自带的锁只保护单次访问，并不把两次访问连在一起。',
  ),
};
