import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const nap = (task: string, index = 0) => (run: RunReader) => run.waits({ task, reason: 'sleep' })[index];

export const lesson: Lesson = {
  id: 'lost-update',
  program,
  numbers: { DEPOSITS: { from: 2, to: 6 }, THREADS: { from: 2, to: 4 } },
  text: both(
    `Threads share variables, and that is their danger too. \`balance = balance + 1\` looks like one step but is three: read, add, write. If another thread reads in between, both write the same number, and one deposit is lost.

In real programs the moment between reading and writing is short, and the error rare: it comes once in ten thousand runs, on the customer’s machine. Here a short sleep stands in it, so that it comes always. Then one can study it.`,
    `线程共享变量，危险也在这里。\`balance = balance + 1\` 看起来是一步，其实是三步：读、加、写。如果另一个线程在中间读了，双方就会写回同一个数，丢掉一次存款。

真实程序里，读和写之间的空隙极短，错误很少出现：一万次里出一次，而且出在客户的机器上。这里在空隙里放了一小段睡眠，让它每次都出现，才好研究。`,
  ),
  opens: 'second',
  moments: [
    {
      id: 'first',
      title: both('The first has read', '第一个读过了'),
      text: both('It has seen 0 and will write 1. But not yet: for {length} it does nothing.', '它看到 0，将要写 1。但还没有写：它歇了 {length}。'),
      find: nap('teller-0'),
    },
    {
      id: 'second',
      title: both('So has the second', '第二个也读过了'),
      text: both('It has seen 0 as well, for nobody has written. It too will write 1. From now on a deposit is as good as lost.', '它看到的也是 0，因为还没有人写。它也将写 1。从这时起，已经注定要丢一次存款。'),
      find: nap('teller-1'),
    },
    {
      id: 'again',
      title: both('And again', '再来一次'),
      text: both('All have written 1. They begin the next round, and all read 1.', '大家都写了 1。下一轮开始，又都读到 1。'),
      find: nap('teller-0', 1),
    },
    {
      id: 'end',
      title: both('What is left', '结果'),
      text: both('{THREADS} threads made {DEPOSITS} deposits each. The balance does not show it.', '{THREADS} 个线程各存了 {DEPOSITS} 次，余额却看不出来。'),
      find: (run) => run.line(/^balance/),
    },
  ],
  question: {
    ask: both('Now {THREADS} threads make {DEPOSITS} deposits of 1 each, all in step with each other. What is the balance at the end?', '现在 {THREADS} 个线程步调一致，各存 {DEPOSITS} 次，每次 1。最后余额是多少？'),
    kind: 'number',
    answer: (run) => Number(run.printed(/^balance (\d+)$/) ?? NaN),
    because: both('In each round all read the same number and write the same number: of {THREADS} deposits one counts. After {DEPOSITS} rounds the balance is {answer}.', '每一轮里大家读到同一个数，写回同一个数：{THREADS} 次存款只有一次算数。{DEPOSITS} 轮之后余额是 {answer}。'),
    see: nap('teller-1'),
    slips: [{ value: (_run, { THREADS, DEPOSITS }) => THREADS * DEPOSITS, say: both('So it should be.', '本应如此。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Repair the program so that under any schedule every deposit counts. There should still be {THREADS} threads with {DEPOSITS} deposits each.',
      '修复程序，使得无论怎样调度，每次存款都算数。仍应有 {THREADS} 个线程，各存 {DEPOSITS} 次。',
    ),
    hint: both('Put a lock around everything from the reading to the writing.', '从读到写，整段都用锁围起来。'),
    solution,
    holds: 'always',
    schedules: 4,
    searched: 200,
    check: (run, { THREADS, DEPOSITS }) => {
      if (run.threads.length !== THREADS) return both('There should be {THREADS} threads.', '应当有 {THREADS} 个线程。');
      if (!run.finished) return both('The program does not come to its end.', '程序没有运行到结尾。');
      if (run.threads.some(({ name }) => run.waits({ task: name, reason: 'sleep' }).length < DEPOSITS)) {
        return both('Each thread should still make {DEPOSITS} deposits, with its short sleep.', '每个线程仍应存 {DEPOSITS} 次，每次都有那一小段睡眠。');
      }
      return run.printed(/^balance (\d+)$/) === String(THREADS * DEPOSITS) ? true : both('A deposit was lost.', '有存款丢失了。');
    },
  },
  puzzle: 'lost-update',
};
