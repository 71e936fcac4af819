import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const stores = (run: RunReader) => run.events('store', { on: 'balance' });

export const lesson: Lesson = {
  id: 'shared-value',
  program,
  numbers: { START: { of: [100, 150, 200, 250] }, FIRST: { of: [10, 20, 30, 40] }, SECOND: { of: [50, 60, 70, 80] } },
  text: both(
    `\`Value\` and \`Array\` of \`multiprocessing\` are pieces of memory that several processes see: what one writes, the others read. No message is sent.

With shared memory comes its old trouble. To change a number one reads it, computes, and writes it back. If another process does the same in between, one of the two changes is lost: a *lost update*. Here the bank thinks for a second in between, so that it surely happens.`,
    `\`multiprocessing\` 的 \`Value\` 和 \`Array\` 是多个进程都看得到的一块内存：一个进程写，其他进程就读得到，不需要发送消息。

有了共享内存，老问题也就来了。要修改一个数，得先读出来，计算，再写回去。如果另一个进程在中间也这样做，两次修改就会丢掉一次：这叫*丢失更新*。这里银行在中间要考虑一秒钟，所以必然会发生。`,
  ),
  opens: 'lost',
  moments: [
    {
      id: 'read',
      title: both('Both have read', '双方都读过了'),
      text: both('The second process reads the balance before the first has written: both have seen {START}.', '第一个进程还没写回，第二个进程就读了余额：双方看到的都是 {START}。'),
      find: (run) => run.event('load', { task: 'second', on: 'balance' }),
    },
    {
      id: 'write',
      title: both('The first writes', '第一个写回'),
      text: both('The first change is there. The chart of `balance` shows it for an instant.', '第一次修改写进去了。`balance` 的图上能看到它的一瞬间。'),
      find: (run) => stores(run).find(({ task }) => run.nameOf(task) !== '' && task !== run.main?.tid),
    },
    {
      id: 'lost',
      title: both('And is overwritten', '随即被覆盖'),
      text: both('The other one writes what *it* has computed from the old balance. The first change is gone, without a trace and without an error.', '另一个进程写入*它*根据旧余额算出的结果。第一次修改消失了，不留痕迹，也没有报错。'),
      find: (run) => stores(run).at(-1),
    },
  ],
  question: {
    ask: both(
      'Now the balance begins with {START}; the process `first` takes {FIRST} and `second` takes {SECOND}. Both start at the same time, and `first` writes first. What is left?',
      '现在余额从 {START} 开始，进程 `first` 取 {FIRST}，`second` 取 {SECOND}。两者同时开始，`first` 先写回。最后剩多少？',
    ),
    kind: 'number',
    answer: (run) => Number(run.printed(/^left (-?\d+)$/) ?? NaN),
    because: both('Whoever writes last wins: {START} less {SECOND} are {answer}. What `first` took was never booked.', '谁最后写，谁说了算：{START} 减 {SECOND} 等于 {answer}。`first` 取走的钱没有记上。'),
    see: (run) => stores(run).at(-1),
    slips: [
      { value: (_run, { START, FIRST, SECOND }) => START - FIRST - SECOND, say: both('So it should be.', '本应如此。') },
      { value: (_run, { START, FIRST }) => START - FIRST, say: both('That was there for an instant, until the other one wrote.', '有一瞬间是这样，随后另一个进程就写进去了。') },
    ],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Repair `withdraw` so that under any schedule both withdrawals count. The bank should still think for a second over each.',
      '修复 `withdraw`，使得无论怎样调度，两次取款都算数。银行对每次取款仍要考虑一秒。',
    ),
    hint: both('Reading, thinking and writing must be one thing that nobody comes into: `balance.get_lock()`.', '读、考虑、写要成为别人插不进来的一个整体：用 `balance.get_lock()`。'),
    solution,
    holds: 'always',
    schedules: 4,
    searched: 24,
    check: (run, { START, FIRST, SECOND }) => {
      if (run.children.length !== 2) return both('Two processes should take money.', '应当有两个进程取款。');
      if (run.printed(/^left (-?\d+)$/) !== String(START - FIRST - SECOND)) return both('A withdrawal was lost.', '有一次取款丢失了。');
      const naps = run.waits({ reason: 'sleep', seconds: 0.99 }).filter(({ task }) => task !== run.main?.tid);
      return naps.length === 2 ? true : both('The bank should think for a second over each withdrawal.', '银行对每次取款都应考虑一秒。');
    },
  },
};
