import { both, type Lesson } from '../../lesson';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'async-lost-update',
  program,
  numbers: { VISITORS: { from: 2, to: 7 }, PAUSE: { of: [0.1, 0.2, 0.3] } },
  text: both(
    `In one thread, without preemption: can an update still be lost? Yes, at every \`await\`. There the task gives way, and others run; what was read before is old afterwards.

The rule is simple, though, and that is the gain over threads: the danger is only where \`await\` is written. A change without an \`await\` in it needs no lock.`,
    `只有一个线程，也没有抢占：还会丢失更新吗？会，在每个 \`await\` 处。任务在那里让出，别人就会运行；之前读到的值，之后就旧了。

不过规则很简单，这正是胜过线程的地方：危险只在写着 \`await\` 的地方。中间没有 \`await\` 的修改不需要锁。`,
  ),
  opens: 'second',
  moments: [
    {
      id: 'first',
      title: both('Read, and given way', '读了，让出'),
      text: both('The first visitor has seen 0 and awaits {length}.', '第一位访客看到 0，等待 {length}。'),
      find: (run) => run.longestWait({ task: 'visitor-0' }),
    },
    {
      id: 'second',
      title: both('Read again', '又读了'),
      text: both('The next one runs now, and sees 0 as well.', '现在轮到下一位，看到的也是 0。'),
      find: (run) => run.longestWait({ task: 'visitor-1' }),
    },
    {
      id: 'end',
      title: both('One is left', '只剩一个'),
      text: both('{VISITORS} visitors came, and all wrote 1.', '来了 {VISITORS} 位访客，写下的都是 1。'),
      find: (run) => run.line(/^visitors/),
    },
  ],
  question: {
    ask: both('Now {VISITORS} visitors come at once, with a pause of {PAUSE} s between reading and writing. What does the program print: `visitors` …?', '现在 {VISITORS} 位访客同时到来，读和写之间停 {PAUSE} 秒。程序打印的 `visitors` 后面是多少？'),
    kind: 'number',
    answer: (run) => Number(run.printed(/^visitors (\d+)$/) ?? NaN),
    because: both('All have read 0 before anybody wrote: {answer}.', '在任何人写之前，大家都读到了 0：{answer}。'),
    see: (run) => run.longestWait({ task: 'visitor-1' }),
    slips: [{ value: (_run, { VISITORS }) => VISITORS, say: both('So it would be if the `await` did not stand between reading and writing.', '如果读和写之间没有 `await`，才会这样。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both('Repair `visit` so that every one of the {VISITORS} visitors counts. Each should still pause for {PAUSE} s.', '修复 `visit`，使 {VISITORS} 位访客都计入。每位仍要停 {PAUSE} 秒。'),
    hint: both('Either pause first and then count without an `await`, or hold an `asyncio.Lock` meanwhile.', '要么先停，然后不带 `await` 地计数；要么用 `asyncio.Lock` 把整段围起来。'),
    solution,
    holds: 'always',
    schedules: 1,
    searched: 200,
    check: (run, { VISITORS, PAUSE }) => {
      if (run.coroutines.filter(({ name }) => name.startsWith('visitor')).length !== VISITORS) return both('There should be {VISITORS} visitors.', '应当有 {VISITORS} 位访客。');
      if (run.seconds < PAUSE - 0.001) return both('The visitors should pause for {PAUSE} s.', '访客应当停 {PAUSE} 秒。');
      return run.printed(/^visitors (\d+)$/) === String(VISITORS) ? true : both('A visitor was not counted.', '有访客没有计入。');
    },
  },
};
