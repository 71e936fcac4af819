import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const longest = (run: RunReader) => run.longestWait({ reason: 'barrier', on: 'meeting' });

export const lesson: Lesson = {
  id: 'barrier',
  program,
  numbers: { WALKERS: { from: 3, to: 4 }, SLOWEST: { from: 4, to: 8 } },
  text: both(
    `A *barrier* is a meeting point for a fixed number of tasks. Whoever comes waits; when the last one has come, all go on together.

It is used where work is done in rounds: nobody begins the next round before everybody has finished this one. So everyone is as slow as the slowest.`,
    `*屏障*是固定数目的任务的会合点。先到的等着；最后一个到了，大家一起继续。

它用于一轮一轮进行的工作：所有人做完这一轮，才有人开始下一轮。所以，大家都和最慢的一样慢。`,
  ),
  opens: 'open',
  moments: [
    {
      id: 'first',
      title: both('The first is there', '第一个到了'),
      text: both('It has been quick, and has to wait {length} for the others.', '它走得快，却要等其他人 {length}。'),
      find: longest,
    },
    {
      id: 'last',
      title: both('The last one comes', '最后一个到了'),
      text: both('`walker-0` has taken {SLOWEST} s. It is the one the barrier was waiting for, and does not wait itself.', '`walker-0` 用了 {SLOWEST} 秒。屏障等的就是它，它自己不用等。'),
      find: (run) => run.event('barrier-arrive', { task: 'walker-0' }) ?? run.line(/^walker 0 is there/),
    },
    {
      id: 'open',
      title: both('All go on', '一起继续'),
      text: both('In one moment everybody is ready again.', '在同一时刻，所有人重新就绪。'),
      find: (run) => run.event('barrier-open', { on: 'meeting' }) ?? run.line(/goes on/),
    },
  ],
  question: {
    ask: both('Now there are {WALKERS} walkers. `walker-0` needs {SLOWEST} s, every other as many seconds as its number. How long does `walker-1` wait at the barrier?', '现在有 {WALKERS} 位步行者。`walker-0` 要 {SLOWEST} 秒，其他人所需的秒数等于自己的编号。`walker-1` 在屏障处等多久？'),
    kind: 'seconds',
    answer: (run) => {
      const wait = run.longestWait({ task: 'walker-1', reason: 'barrier' });
      return wait && (wait.end - wait.start) / 1e9;
    },
    because: both('It is there after one second and waits for the slowest: {answer} seconds.', '它 1 秒后到达，然后等最慢的那个：{answer} 秒。'),
    see: (run) => run.longestWait({ task: 'walker-1', reason: 'barrier' }),
    slips: [{ value: (_run, { SLOWEST }) => SLOWEST, say: both('It has been walking itself for one of these seconds.', '其中有一秒它自己也在走。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Nobody gets past this barrier. Find out for how many it waits and how many come, and repair it so that all {WALKERS} walkers go on, none before the last has come.',
      '没有人能越过这道屏障。看看它要等几个、实际来了几个，修复它，使 {WALKERS} 位步行者都能继续，而且谁也不早于最后一位到达。',
    ),
    hint: both('The main thread does not walk.', '主线程并不参加步行。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 1,
    searched: 60,
    check: (run, { WALKERS }) => {
      if (run.stuck) return both('They still wait at the barrier for ever.', '他们仍在屏障处永远等待。');
      const lines = run.model.output.filter(({ text }) => /walker \d+ goes on/.test(text));
      if (lines.length !== WALKERS) return both('Not all {WALKERS} walkers go on.', '不是 {WALKERS} 位步行者都继续了。');
      if (lines.some(({ time }) => time < (WALKERS - 1) * 1e9)) return both('Somebody goes on before the last one has come.', '有人在最后一位到达之前就继续了。');
      return run.lines.at(-1) === 'all home' ? true : both('The last line is missing.', '最后一行没有打印。');
    },
  },
};
