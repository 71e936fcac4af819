import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const ready = (run: RunReader) => run.intervals('busy-2', 'ready').reduce(
  (longest, interval) => (longest === undefined || interval.end - interval.start > longest.end - longest.start ? interval : longest),
  run.intervals('busy-2', 'ready').at(0),
);

export const lesson: Lesson = {
  id: 'states',
  program,
  settings: { cpus: 1 },
  numbers: { TURNS: { of: [50000, 60000, 70000, 80000] }, NAP: { of: [0.01, 0.02, 0.03] } },
  text: both(
    `At every moment a process is in one *state*. It is *running* when a CPU carries it out. It is *ready* when it could run, but all CPUs are taken. It is *waiting* (blocked) when it could do nothing with a CPU: it sleeps, or needs data that are not there yet.

This machine has one CPU. Two processes compute, a third sleeps. The computing ones take turns: each gets the CPU for a *time slice*, here 5 milliseconds, then the next has its turn.`,
    `进程在每一时刻都处于一种*状态*。*运行*：正有 CPU 在执行它。*就绪*：它可以运行，但没有空闲的 CPU。*等待*（阻塞）：就算给它 CPU 也没用，因为它在睡觉，或者需要的数据还没有到。

这台机器只有一个 CPU。两个进程在计算，第三个在睡觉。计算的两个轮流使用 CPU：每次得到一个*时间片*，这里是 5 毫秒，然后轮到下一个。`,
  ),
  opens: 'ready',
  moments: [
    {
      id: 'running',
      title: both('Running', '运行'),
      text: both(
        'One process has the CPU. On this machine there is only one, so at no moment can two lanes be green.',
        '一个进程占有 CPU。这台机器只有一个 CPU，所以任何时刻都不会有两条泳道同时是绿色。',
      ),
      find: (run) => run.intervals('busy-1', 'running')[0],
    },
    {
      id: 'ready',
      title: both('Ready', '就绪'),
      text: both(
        'This process has all that it needs except a CPU. It has to let the other one run for {length}.',
        '这个进程什么都不缺，只缺 CPU。它得让另一个先运行 {length}。',
      ),
      find: ready,
    },
    {
      id: 'waiting',
      title: both('Waiting', '等待'),
      text: both(
        'The sleeper waits for time to pass. It is not even a candidate for the CPU until its {length} are over; then it is ready, and must queue like everybody.',
        '睡眠者在等时间过去。在这 {length} 结束之前，它连争用 CPU 的资格都没有；之后它变为就绪，和大家一样排队。',
      ),
      find: (run) => run.wait({ task: 'sleeper', reason: 'sleep' }),
    },
  ],
  question: {
    ask: both(
      'Now each busy process makes {TURNS} turns of its loop, and the sleeper sleeps for {NAP} seconds, on one CPU. In which state does the process `busy-2` spend more time?',
      '现在每个计算进程循环 {TURNS} 次，睡眠者睡 {NAP} 秒，仍是一个 CPU。进程 `busy-2` 在哪种状态下的时间更长？',
    ),
    kind: 'choice',
    choices: () => [
      { value: 'running', text: both('running', '运行') },
      { value: 'ready', text: both('ready', '就绪') },
      { value: 'blocked', text: both('waiting', '等待') },
    ],
    answer: (run) => {
      const times = (['running', 'ready', 'blocked'] as const).map((state) => [state, run.timeIn('busy-2', state)] as const);
      const [state, time] = times.reduce((most, one) => (one[1] > most[1] ? one : most));
      return time > 0 ? state : undefined;
    },
    because: both(
      'It never waits for data or time. Its longest time is: {answer}. It computes as long as `busy-1` does, but has to stand back for each turn of the other, and `busy-1` came first.',
      '它从不等待数据或时间。它待得最久的状态是：{answer}。它的计算量和 `busy-1` 一样，但另一个每用一轮 CPU 它都要让着，而且 `busy-1` 先来。',
    ),
    see: ready,
  },
  exercise: {
    kind: 'change',
    ask: both(
      'Change the program so that no process is ready for longer than a millisecond at a time: none should have to stand in line for the CPU. All three still have to do their work.',
      '修改程序，使任何进程一次处于就绪状态都不超过 1 毫秒：谁也不必排队等 CPU。三个进程仍要完成各自的工作。',
    ),
    hint: both('Nobody stands in line if only one is there.', '只有一个人的时候就不用排队。'),
    solution,
    holds: 'always',
    schedules: 1,
    searched: 12,
    check: (run) => {
      if (!run.finished || run.children.length < 3) return both('Three processes should come to their end.', '应当有三个进程运行到结束。');
      if (run.children.filter((child) => run.timeIn(child, 'running') > 4e6).length < 2) {
        return both('Two processes should still compute.', '应当仍有两个进程在计算。');
      }
      if (run.waits({ reason: 'sleep' }).length === 0) return both('Nobody sleeps any more.', '没有进程睡觉了。');
      const queued = run.children.some((child) => run.intervals(child, 'ready').some(({ start, end }) => end - start > 1e6));
      return queued ? both('A process still has to stand in line for the CPU.', '仍有进程要排队等 CPU。') : true;
    },
  },
};
