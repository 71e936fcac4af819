import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

/** The jobs that were done, each a second of sleep. */
const jobs = (run: RunReader) => run.waits({ reason: 'sleep', seconds: 0.5 });

export const lesson: Lesson = {
  id: 'pool',
  program,
  numbers: { JOBS: { from: 4, to: 9 }, WORKERS: { from: 2, to: 3 } },
  text: both(
    `Starting a process costs time; a hundred processes on two CPUs do not work faster than two. A *pool* starts a few worker processes once and gives them one job after another.

\`pool.map(work, things)\` is like the built-in \`map\`: it gives the results in the order of the things, whoever did them and whenever. A worker takes the next job as soon as it has finished one, so nobody idles while there is work.`,
    `启动进程要花时间；在两个 CPU 上开一百个进程，不会比两个进程更快。*进程池*一次启动几个工作进程，再把任务一个接一个交给它们。

\`pool.map(work, things)\` 和内置的 \`map\` 一样：结果按 things 的顺序给出，不管是谁做的、什么时候做完的。工作进程做完一个就取下一个，只要还有任务就不会闲着。`,
  ),
  opens: 'start',
  moments: [
    {
      id: 'wait',
      title: both('All is ordered', '全部交出去了'),
      text: both('`map` has handed all {JOBS} jobs over at once. The main process waits {length} for the pool.', '`map` 把 {JOBS} 个任务一次交了出去。主进程等进程池等了 {length}。'),
      find: (run) => run.longestWait({ task: run.main?.name, reason: 'pool' }),
    },
    {
      id: 'start',
      title: both('A worker takes one', '工作进程取走一个'),
      text: both('{WORKERS} workers take a job each. The other jobs have to wait until one of them is free.', '{WORKERS} 个工作进程各取一个，其余任务要等有人空出来。'),
      find: (run) => jobs(run)[0],
    },
    {
      id: 'last',
      title: both('The last job', '最后一个任务'),
      text: both('It begins when a worker is free, and takes one second as all do. With it `map` has its results.', '有工作进程空出来它才开始，和其他任务一样用 1 秒。做完它，`map` 的结果就齐了。'),
      find: (run) => jobs(run).at(-1),
    },
  ],
  question: {
    ask: both('Now {WORKERS} workers do {JOBS} jobs of one second each. After how many seconds is the list of results printed?', '现在 {WORKERS} 个工作进程做 {JOBS} 个任务，每个 1 秒。过多少秒才打印结果列表？'),
    kind: 'seconds',
    answer: (run) => {
      const line = run.line(/^\[/);
      return line && line.time / 1e9;
    },
    because: both('{JOBS} jobs by {WORKERS} at a time make {answer} rounds of one second.', '{JOBS} 个任务，每轮 {WORKERS} 个，共 {answer} 轮，每轮 1 秒。'),
    see: (run) => jobs(run).at(-1),
    slips: [
      { value: (_run, { JOBS }) => JOBS, say: both('So it would be without a pool, one after the other.', '不用进程池、一个接一个做，才会这么久。') },
      { value: () => 1, say: both('So it would be with as many workers as jobs.', '工作进程和任务一样多，才会这么快。') },
    ],
  },
  exercise: {
    kind: 'change',
    ask: both(
      'Change the pool so that the results are there after little more than one second. The jobs should still take one second each, and their list be the same.',
      '修改进程池，使结果在一秒多一点之后就出来。每个任务仍要 1 秒，结果列表不变。',
    ),
    hint: both('How many jobs have to be done at the same time?', '要有多少个任务同时进行？'),
    solution,
    holds: 'always',
    schedules: 2,
    searched: 4,
    check: (run, { JOBS }) => {
      const wanted = `[${Array.from({ length: JOBS }, (_, n) => n * n).join(', ')}]`;
      if (!run.lines.includes(wanted)) return both(`The list should be ${wanted}.`, `列表应当是 ${wanted}。`);
      if (run.waits({ reason: 'sleep', seconds: 0.99 }).length < JOBS) return both('Each job should take one second.', '每个任务都应花一秒。');
      return run.seconds < 1.5 ? true : both('It still takes longer than a second and a half.', '仍然超过一秒半。');
    },
  },
};
