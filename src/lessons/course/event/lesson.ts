import { both, type Lesson } from '../../lesson';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'event',
  program,
  numbers: { RUNNERS: { from: 2, to: 5 }, WAIT: { from: 2, to: 6 } },
  text: both(
    `An *event* is a flag that tasks can wait for. It begins lowered. \`wait\` waits until somebody calls \`set\`; then *all* who wait go on, and whoever comes later does not wait at all, until the flag is lowered with \`clear\`.

It is the tool for “now”: the data are loaded, the race begins, please stop.`,
    `*事件*是一面可以等待的旗子。开始时旗子是放下的。\`wait\` 一直等到有人调用 \`set\`；这时*所有*等待者一起继续，之后再来的根本不用等，直到用 \`clear\` 把旗子放下。

它用来表达“现在可以了”：数据加载好了，比赛开始了，请停下。`,
  ),
  opens: 'set',
  moments: [
    {
      id: 'wait',
      title: both('On your marks', '各就各位'),
      text: both('Each runner waits for the flag; this one for {length}.', '每位选手都在等旗子；这一位等了 {length}。'),
      find: (run) => run.wait({ reason: 'event', on: 'start' }),
    },
    {
      id: 'set',
      title: both('Go', '跑'),
      text: both('One `set`, and an arrow to each of the {RUNNERS} runners.', '一次 `set`，{RUNNERS} 位选手每人一支箭头。'),
      find: (run) => run.event('set', { on: 'start' }),
    },
    {
      id: 'run',
      title: both('All run', '大家都跑'),
      text: both('They are all ready in the same instant. Which of them comes first to the CPU the scheduler decides, not the event.', '他们在同一瞬间就绪。谁先得到 CPU 由调度器决定，与事件无关。'),
      find: (run) => run.line(/^runner/),
    },
  ],
  question: {
    ask: both('Now {RUNNERS} runners wait, and after {WAIT} seconds `set` is called *once*. How many runners run?', '现在有 {RUNNERS} 位选手在等，{WAIT} 秒后调用*一次* `set`。有几位选手起跑？'),
    kind: 'number',
    answer: (run) => (run.finished ? run.count(/^runner/) : undefined),
    because: both('An event lets all of them go: {answer}. (A semaphore’s `release` would let one go.)', '事件放行所有等待者：{answer} 位。（信号量的 `release` 只放行一个。）'),
    see: (run) => run.event('set', { on: 'start' }),
    slips: [{ value: () => 1, say: both('One for each call: so it is with a semaphore.', '一次调用放行一个：那是信号量。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'The loader waves its flag too early, and the user finds nothing. Repair the order so that under any schedule `using a large file` is printed. Loading still takes {WAIT} s, and the user still waits for the event.',
      'loader 挥旗太早，user 什么也没找到。把顺序改对，使得无论怎样调度都打印 `using a large file`。加载仍要 {WAIT} 秒，user 仍要等待这个事件。',
    ),
    hint: both('First do the thing, then say that it is done.', '先把事做完，再说做完了。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 4,
    searched: 200,
    check: (run, { WAIT }) => {
      if (run.stuck) return both('Somebody waits for ever.', '有线程在永远等待。');
      if (run.printed(/^using a large file$/) === undefined) return both('The user does not find the file.', 'user 没有找到文件。');
      if (!run.wait({ task: 'loader', reason: 'sleep', seconds: WAIT - 0.01 })) return both('Loading should take {WAIT} s.', '加载应当花 {WAIT} 秒。');
      return run.wait({ task: 'user', reason: 'event', on: 'ready' }) ? true : both('The user should wait for the event.', 'user 应当等待这个事件。');
    },
  },
};
