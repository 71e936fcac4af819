import { both, type Lesson } from '../../lesson';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'gevent',
  program,
  numbers: { TASKS: { from: 2, to: 6 }, NAP: { from: 1, to: 5 } },
  text: both(
    `To say at each place who is next is tiresome. \`gevent\` puts a loop beside the greenlets: whoever has to wait gives way to the loop, and the loop takes up whoever can go on. Programs look as if each greenlet had a thread of its own.

It works only where waiting is gevent’s waiting. An ordinary \`time.sleep\` stops the whole thread with all greenlets in it. \`monkey.patch_all()\`, before anything else, replaces such functions by ones that give way.`,
    `处处都要说下一个是谁，太麻烦了。\`gevent\` 在 greenlet 旁边放了一个循环：要等待的就让给循环，循环再挑一个能继续的来执行。程序看起来就像每个 greenlet 各有一个线程。

但只有用 gevent 的方式等待才行。普通的 \`time.sleep\` 会让整个线程连同里面的所有 greenlet 一起停住。在程序最开头调用 \`monkey.patch_all()\`，就会把这类函数换成会让出的版本。`,
  ),
  opens: 'sleep',
  moments: [
    {
      id: 'begin',
      title: both('The first begins', '第一个开始'),
      text: both('`spawn` only puts it on the list; it runs when the main program waits in `joinall`.', '`spawn` 只是把它登记下来；主程序在 `joinall` 里等待时它才运行。'),
      find: (run) => run.line(/^task 0 begins/),
    },
    {
      id: 'sleep',
      title: both('All asleep', '都睡了'),
      text: both('Each has given way when it went to sleep, so the next could begin. Now the whole thread sleeps, once, for all of them.', '每个去睡时都让出了，下一个才得以开始。现在整个线程睡一次，相当于大家一起睡。'),
      find: (run) => run.line(/begins/) && run.model.output.findLast(({ text }) => text.includes('begins')),
    },
    {
      id: 'end',
      title: both('All awake', '都醒了'),
      text: both('After {NAP} s they end one after the other, in the same thread.', '{NAP} 秒后它们在同一个线程里先后结束。'),
      find: (run) => run.line(/ends/),
    },
  ],
  question: {
    ask: both('Now {TASKS} greenlets sleep for {NAP} s each with `gevent.sleep`. How long does the run take?', '现在 {TASKS} 个 greenlet 各用 `gevent.sleep` 睡 {NAP} 秒。运行要多长时间？'),
    kind: 'seconds',
    answer: (run) => (run.finished ? run.seconds : undefined),
    because: both('They sleep at the same time: {answer} s, in one thread.', '它们同时睡：{answer} 秒，而且只有一个线程。'),
    see: (run) => run.line(/ends/),
    slips: [{ value: (_run, { TASKS, NAP }) => TASKS * NAP, say: both('So it would be with `time.sleep`, which does not give way.', '用不会让出的 `time.sleep` 才会这么久。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'This program sleeps with `time.sleep`, and the greenlets go one after the other. Make it take about 2 s. `work` should keep calling `time.sleep(2)`.',
      '这个程序用 `time.sleep` 睡觉，greenlet 变成了一个接一个。让它总共只用 2 秒左右。`work` 里仍要调用 `time.sleep(2)`。',
    ),
    hint: both('The two lines that do it stand before all other imports.', '只要两行，放在所有其他 import 之前。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 1,
    searched: 200,
    check: (run, { TASKS }) => {
      const text = run.whole.trace.header.program?.files[0].text ?? '';
      if (!/^\s+time\.sleep\(2\)/m.test(text)) return both('`work` should still call `time.sleep(2)`.', '`work` 里应当仍调用 `time.sleep(2)`。');
      if (run.count(/ends$/) !== TASKS || run.lines.at(-1) !== 'all ended') return both('All {TASKS} should end.', '{TASKS} 个都应当结束。');
      if (run.threads.length > 0) return both('Do it without threads.', '不要用线程。');
      return run.seconds < 2.5 && run.seconds > 1.9 ? true : both('It does not take about 2 s.', '用时不是 2 秒左右。');
    },
  },
};
