import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const firstWait = (run: RunReader) => run.waits({ task: run.main?.name, seconds: 0.5 })[0];

export const lesson: Lesson = {
  id: 'executor',
  program,
  numbers: { PAGES: { from: 3, to: 6 }, WORKERS: { from: 2, to: 3 } },
  text: both(
    `\`concurrent.futures\` has one face for two kinds of pool: \`ThreadPoolExecutor\` for work that mostly waits, \`ProcessPoolExecutor\` for work that computes. \`submit\` gives back a *future*: a receipt for a result that is not there yet.

\`future.result()\` waits for it, and raises the exception if the job raised one. Leaving the \`with\` block waits for all jobs.`,
    `\`concurrent.futures\` 用同一套接口提供两种池：\`ThreadPoolExecutor\` 适合主要在等待的工作，\`ProcessPoolExecutor\` 适合主要在计算的工作。\`submit\` 返回一个 *Future*：一张结果的提货单，结果还没有出来。

\`future.result()\` 等待结果；如果任务抛出了异常，它也会抛出。离开 \`with\` 块时会等所有任务完成。`,
  ),
  opens: 'result',
  moments: [
    {
      id: 'submitted',
      title: both('All are submitted', '都提交了'),
      text: both('The main thread holds {PAGES} receipts. {WORKERS} threads have begun; the other jobs wait in a queue.', '主线程手里有 {PAGES} 张提货单。{WORKERS} 个线程已经开工，其余任务在队列里等。'),
      find: (run) => run.line(/^all are submitted/),
    },
    {
      id: 'result',
      title: both('Not there yet', '还没有出来'),
      text: both('`result()` of the first future waits {length}.', '第一个 Future 的 `result()` 等了 {length}。'),
      find: firstWait,
    },
    {
      id: 'last',
      title: both('The last page', '最后一页'),
      text: both('It takes longest, and began only when a thread was free.', '它用时最长，而且要等有线程空出来才开始。'),
      find: (run) => run.model.output.findLast(({ text }) => text.startsWith('page')),
    },
  ],
  question: {
    ask: both('Now {WORKERS} threads fetch {PAGES} pages; page 1 takes 1 s, page 2 takes 2 s, and so on. After how many seconds is `page 3` printed?', '现在 {WORKERS} 个线程取 {PAGES} 个页面；第 1 页要 1 秒，第 2 页要 2 秒，依此类推。过多少秒打印 `page 3`？'),
    kind: 'seconds',
    answer: (run) => {
      const line = run.line(/^page 3/);
      return line && line.time / 1e9;
    },
    because: both('With {WORKERS} threads page 3 begins as soon as one is free, and takes 3 s from then on: {answer} s.', '有 {WORKERS} 个线程，一有空闲就开始取第 3 页，从那时起再花 3 秒：{answer} 秒。'),
    see: (run) => run.line(/^page 3/),
    slips: [{ value: () => 6, say: both('So it would be one after the other.', '一个接一个取，才会这么久。') }],
  },
  exercise: {
    kind: 'change',
    ask: both(
      'Here page 1 takes longest, and the others, ready long before, are printed after it. Change the program so that each page is printed as soon as it is there, the quickest first.',
      '这里第 1 页用时最长，其他页早就取好了，却要等它打印完才打印。修改程序，使每一页一取到就打印，最快的最先。',
    ),
    hint: both('`as_completed(futures)` gives the futures in the order in which they finish.', '`as_completed(futures)` 按完成的先后给出各个 Future。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 4,
    searched: 100,
    check: (run, { PAGES }) => {
      const pages = run.model.output.filter(({ text }) => text.startsWith('page'));
      if (pages.length !== PAGES) return both('{PAGES} pages should be printed.', '应当打印 {PAGES} 页。');
      const late = pages.findIndex(({ text, time }, index) => text.trim() !== `page ${PAGES - index}` || time > (index + 1.3) * 1e9);
      return late < 0 ? true : both('A page is printed later than it is there, or out of turn.', '有一页取到之后没有立刻打印，或者顺序不对。');
    },
  },
};
