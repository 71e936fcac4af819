import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const blocked = (run: RunReader) => run.waits({ task: 'report', reason: 'sleep' }).at(-1) ?? run.longestWait({ reason: 'sleep' });
/** The longest time between two ticks, in seconds. */
const gap = (run: RunReader): number | undefined => {
  const ticks = run.model.output.filter(({ text }) => text.startsWith('tick')).map(({ time }) => time);
  return ticks.length < 2 ? undefined : Math.max(...ticks.slice(1).map((time, index) => time - ticks[index])) / 1e9;
};

export const lesson: Lesson = {
  id: 'blocking-loop',
  program,
  numbers: { TICKS: { from: 4, to: 6 }, BLOCK: { from: 2, to: 5 } },
  text: both(
    `All tasks of an event loop share one thread. If one of them calls something that *blocks*, \`time.sleep\`, a long computation, an ordinary socket, then not it alone waits: the loop stands still, and everybody with it.

So inside \`async\` code use what can be awaited. What cannot be helped goes into a thread: \`await asyncio.to_thread(function, …)\`.`,
    `事件循环里的所有任务共用一个线程。如果其中一个调用了*阻塞*的东西——\`time.sleep\`、长时间的计算、普通的套接字——那么等待的不只是它自己：循环停住了，大家都停住了。

所以在 \`async\` 代码里要用可以 \`await\` 的东西。实在避不开的，就放到线程里：\`await asyncio.to_thread(function, …)\`。`,
  ),
  opens: 'block',
  moments: [
    {
      id: 'tick',
      title: both('The clock ticks', '时钟在走'),
      text: both('Every half second, as long as the loop can run.', '每半秒一次，只要循环还能运行。'),
      find: (run) => run.line(/^tick 1/),
    },
    {
      id: 'block',
      title: both('The loop stands still', '循环停住了'),
      text: both('`time.sleep` blocks the thread for {length}. The clock’s time comes and goes, and nobody looks.', '`time.sleep` 把线程堵住了 {length}。时钟该走的时候到了又过了，没有人理会。'),
      find: blocked,
    },
    {
      id: 'late',
      title: both('Late', '晚了'),
      text: both('Only now the loop comes back to the clock.', '循环这时才回到时钟。'),
      find: (run) => run.line(/^tick 2/),
    },
  ],
  question: {
    ask: both('Now the report blocks for {BLOCK} s, 0.7 s after the start. The clock should tick every half second, {TICKS} times. How many seconds pass at most between two ticks?', '现在 report 在开始后 0.7 秒时阻塞 {BLOCK} 秒。时钟本应每半秒走一次，共 {TICKS} 次。两次之间最多隔了多少秒？'),
    kind: 'seconds',
    answer: gap,
    because: both('Tick 1 comes at 0.5 s; then the loop is blocked from 0.7 s on, for {BLOCK} s. The next tick is {answer} s after tick 1.', '第 1 次在 0.5 秒；随后循环从 0.7 秒起被阻塞 {BLOCK} 秒。下一次在第 1 次之后 {answer} 秒。'),
    see: blocked,
    slips: [
      { value: () => 0.5, say: both('So it would be if the report were awaited, or slept in a thread.', '如果 report 用 await 等待，或在线程里睡，才会这样。') },
      { value: (_run, { BLOCK }) => BLOCK, say: both('Nearly: the tick before came 0.2 s before the loop was blocked.', '差一点：上一次走在循环被阻塞之前 0.2 秒。') },
    ],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Repair the report so that the clock keeps its time: never more than 0.6 s between two ticks. The report should still take {BLOCK} s.',
      '修复 report，让时钟准时：两次之间从不超过 0.6 秒。report 仍要花 {BLOCK} 秒。',
    ),
    hint: both('Either there is a sleep that can be awaited, or the blocking one goes into a thread.', '要么用可以 await 的睡眠，要么把阻塞的睡眠放到线程里。'),
    solution,
    holds: 'always',
    schedules: 2,
    searched: 60,
    check: (run, { TICKS, BLOCK }) => {
      if (run.count(/^tick/) !== TICKS) return both('The clock should tick {TICKS} times.', '时钟应当走 {TICKS} 次。');
      if ((gap(run) ?? Infinity) > 0.6) return both('The clock is still held up.', '时钟仍被耽搁。');
      const report = run.line(/^report is written/);
      return report && report.time >= (0.69 + BLOCK) * 1e9 ? true : both('The report should take {BLOCK} s.', 'report 应当花 {BLOCK} 秒。');
    },
  },
};
