import { both, type Lesson } from '../../lesson';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'asyncio',
  program,
  numbers: { TASKS: { from: 2, to: 5 }, NAP: { from: 1, to: 4 } },
  text: both(
    `\`asyncio\` is Python’s own way: functions that may stop are marked \`async def\`, and the places where they may are marked \`await\`. An *event loop* runs them in one thread. Calling such a function does nothing yet; it gives a coroutine, and a *task* made of it is what the loop runs.

Here each task has a lane of its own. At \`await\` it gives way, and the loop goes on with another. Between two \`await\`s nobody comes in.`,
    `\`asyncio\` 是 Python 自带的方式：可以停下的函数用 \`async def\` 标出，可以停下的地方用 \`await\` 标出。*事件循环*在一个线程里执行它们。调用这样的函数还不会做任何事，只得到一个协程；把它包装成*任务*（task），循环才会执行。

这里每个任务有自己的泳道。到 \`await\` 处它让出，循环就去执行别的任务。两个 \`await\` 之间谁也插不进来。`,
  ),
  opens: 'await',
  moments: [
    {
      id: 'begin',
      title: both('The first cup', '第一杯'),
      text: both('It runs until its first `await`, without a break.', '它一口气执行到第一个 `await`。'),
      find: (run) => run.line(/^cup 0 begins/),
    },
    {
      id: 'await',
      title: both('It gives way', '让出'),
      text: both('At `await asyncio.sleep` the task waits for {length}; the loop has already begun the next.', '在 `await asyncio.sleep` 处任务等了 {length}；循环早已开始执行下一个。'),
      find: (run) => run.longestWait({ task: 'cup-0' }),
    },
    {
      id: 'ready',
      title: both('Ready', '好了'),
      text: both('Their time is over at the same moment. The task group is left when all have ended.', '大家的时间同时到了。所有任务都结束后，才离开任务组。'),
      find: (run) => run.line(/is ready/),
    },
  ],
  question: {
    ask: both('Now {TASKS} cups take {NAP} s each. After how many seconds are *all* of them ready?', '现在有 {TASKS} 杯，每杯要 {NAP} 秒。过多少秒*全部*都好了？'),
    kind: 'seconds',
    answer: (run) => {
      const line = run.line(/^all are ready/);
      return line && line.time / 1e9;
    },
    because: both('They wait at the same time: {answer} s.', '它们同时等待：{answer} 秒。'),
    see: (run) => run.longestWait({ task: 'cup-0' }),
    slips: [{ value: (_run, { TASKS, NAP }) => TASKS * NAP, say: both('So it would be if each were awaited before the next is begun.', '如果等完一个再开始下一个，才会这么久。') }],
  },
  exercise: {
    kind: 'change',
    ask: both(
      'This program awaits one cup after the other. Make it brew all {TASKS} at the same time, in about 2 s, without threads. `all are ready` stays the last line.',
      '这个程序等完一杯才做下一杯。让它同时做 {TASKS} 杯，总共约 2 秒，不用线程。`all are ready` 仍是最后一行。',
    ),
    hint: both('`asyncio.gather` takes several coroutines and waits for all of them; a `TaskGroup` does too.', '`asyncio.gather` 接收多个协程，一起执行并等待；`TaskGroup` 也可以。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 1,
    searched: 200,
    check: (run, { TASKS }) => {
      if (run.count(/is ready$/) !== TASKS || run.lines.at(-1) !== 'all are ready') return both('All {TASKS} cups should be ready before the last line.', '最后一行之前，{TASKS} 杯都应当好了。');
      if (run.threads.length > 0) return both('Do it without threads.', '不要用线程。');
      return run.seconds < 2.5 && run.seconds > 1.9 ? true : both('It does not take about 2 s.', '用时不是 2 秒左右。');
    },
  },
};
