import { both } from '../../lesson';
import type { Puzzle } from '../puzzle';
import program from './program.py?raw';

export const puzzle: Puzzle = {
  id: 'lost-update',
  program,
  text: both(
    'Ann and Ben each let one visitor in. Left alone they do it one after the other, and the counter says 2.',
    'Ann 和 Ben 各放进一位访客。没有人干预时，他们一先一后，计数器最后是 2。',
  ),
  hints: [
    both('`seen` is each one’s own. What happens to what Ann has seen if Ben counts meanwhile?', '`seen` 是各自的。如果 Ann 看过之后 Ben 也数了一位，Ann 看到的那个数还对吗？'),
    both('Let Ann read the counter. Before she writes, let Ben go.', '让 Ann 先读计数器；在她写之前，让 Ben 走。'),
  ],
  check: (run) => {
    if (run.printed(/^visitors: (\d+)$/) === '1') return true;
    return both('Both visitors were counted.', '两位访客都数到了。');
  },
  moral: both(
    'Between a read and the write that rests on it, nobody else may write. One choice of the scheduler is enough to lose an update; a lock around both lines takes that choice away.',
    '读与依赖它的写之间，不能有别人来写。调度器只需一次选择就能丢掉一次更新；用锁把这两行围起来，就没有这个选择了。',
  ),
};
