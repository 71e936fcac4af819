import { both } from '../../lesson';
import type { Puzzle } from '../puzzle';
import program from './program.py?raw';

export const puzzle: Puzzle = {
  id: 'stolen',
  program,
  text: both(
    'A cook who finds no potato waits until the driver calls. There are as many potatoes as cooks: left alone each gets one.',
    '厨师发现没有土豆，就等 driver 来叫。土豆和厨师一样多：没有人干预时，每人一个。',
  ),
  hints: [
    both('To be woken is not to go on: the cook that was called must first get the lock again.', '被叫醒还不等于继续：被叫到的厨师得先重新拿到锁。'),
    both('One cook waits. The driver brings the first potato and calls. Now the *other* cook, who has not waited at all, takes it.', '一个厨师在等。driver 送来第一个土豆并叫了他。这时让*另一个*还没等过的厨师把它拿走。'),
  ],
  check: (run) => run.whole.output.some(({ text }) => text.includes('IndexError')) || both('Each cook got a potato.', '每个厨师都拿到了土豆。'),
  moral: both(
    'A wake-up is a hint, not a promise: what was true at the notify may be over when the woken one has the lock. So it looks again, with `while` instead of `if`.',
    '唤醒只是提示，不是保证：通知时成立的事，等被叫醒的一方拿到锁时可能已经过去了。所以要再看一次：用 `while`，而不是 `if`。',
  ),
};
