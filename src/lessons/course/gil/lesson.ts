import { both, type Lesson, type Verdict } from '../../lesson';
import type { Numbers } from '../../numbers';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const ready = (run: RunReader) => {
  const [first, ...others] = run.intervals('task-1').filter(({ state, reason }) => state === 'ready' || reason === 'gil');
  return first && others.reduce((longest, one) => (one.end - one.start > longest.end - longest.start ? one : longest), first);
};

/** How many tasks run at the same time, on average over the time in which any task of these runs. */
const parallel = (run: RunReader): number => {
  const running = run.model.tasks.filter(({ name }) => name.startsWith('task-')).flatMap((task) => run.intervals(task, 'running'));
  const sum = running.reduce((total, { start, end }) => total + end - start, 0);
  const [begin, end] = [Math.min(...running.map(({ start }) => start)), Math.max(...running.map((one) => one.end))];
  return sum / (end - begin);
};

/** Whether each task has done all of its work. */
const computed = (run: RunReader, { TASKS, TURNS }: Numbers): Verdict => {
  const tasks = run.model.tasks.filter(({ name }) => name.startsWith('task-'));
  if (tasks.length !== TASKS || !run.finished) return both('{TASKS} tasks should come to their end.', '应当有 {TASKS} 个任务运行到结束。');
  return tasks.some((task) => run.timeIn(task, 'running') < TURNS * 90)
    ? both('A task does less than {TURNS} turns.', '有任务没有循环满 {TURNS} 次。') : true;
};

export const lesson: Lesson = {
  id: 'gil',
  program,
  settings: { cpus: 2 },
  numbers: { TURNS: { of: [150000, 200000, 250000, 300000] }, TASKS: { from: 2, to: 4 } },
  text: both(
    `CPython’s interpreter has a lock of its own, the *global interpreter lock* (GIL). A thread may run Python code only while it has it. There is one for each process. So of the threads of one process only one computes at a time, however many CPUs there are.

This machine has 2 CPUs. One computing thread uses half of them. Two threads: still half, taking turns. Two *processes*: all of it, for each has a GIL of its own. These are figures in virtual time; on real cores it is the same picture, with threads even a little slower, for handing the GIL over costs time.`,
    `CPython 解释器有一把自己的锁：*全局解释器锁*（GIL）。线程只有拿着它才能执行 Python 代码。每个进程一把。所以，一个进程的多个线程里，同一时刻只有一个在计算，不管有多少个 CPU。

这台机器有 2 个 CPU。一个计算线程用掉一半。两个线程：轮流使用，仍是一半。两个*进程*：全部用上，因为各有各的 GIL。这些是虚拟时间里的数字；在真实的核心上情形相同，线程甚至还要慢一点，因为交接 GIL 也要花时间。`,
  ),
  opens: 'turn',
  moments: [
    {
      id: 'start',
      title: both('It has the GIL', '拿着 GIL'),
      text: both('The first thread computes. One of the two CPUs has nothing to do: open *Who ran where* below the lanes.', '第一个线程在计算。两个 CPU 中有一个没事可做：展开泳道下方的*谁在哪里运行*。'),
      find: (run) => run.intervals('task-0', 'running').find(({ start, end }) => end - start > 1e5),
    },
    {
      id: 'turn',
      title: both('It could run, and may not', '能运行，却轮不到'),
      text: both('A CPU is free, but the GIL is not. This thread has to stand back for {length}, until the other is asked to give it up.', '有空闲的 CPU，但 GIL 不空闲。这个线程要让 {length}，直到另一个被要求交出 GIL。'),
      find: ready,
    },
    {
      id: 'end',
      title: both('No gain', '没有收获'),
      text: both('All threads together took as long as if they had run one after the other.', '所有线程加起来用的时间，和一个接一个运行一样。'),
      find: (run) => run.events('task-exit').filter(({ task }) => run.nameOf(task).startsWith('task-')).at(-1),
    },
  ],
  question: {
    ask: both('Now {TASKS} *threads* compute, with {TURNS} turns each, on 2 CPUs. How many of them run at the same time, on average?', '现在有 {TASKS} 个*线程*在计算，各循环 {TURNS} 次，共 2 个 CPU。平均有几个在同时运行？'),
    kind: 'choice',
    choices: () => [
      { value: '1', text: both('1: half of the machine', '1 个：用掉机器的一半') },
      { value: '1.5', text: both('1.5: three quarters', '1.5 个：四分之三') },
      { value: '2', text: both('2: all of the machine', '2 个：用掉整台机器') },
    ],
    answer: (run) => (run.finished ? String(Math.round(parallel(run) * 2) / 2) : undefined),
    because: both('They share one GIL, so one runs at a time. More threads do not compute faster.', '它们共用一把 GIL，所以同一时刻只有一个在运行。线程再多，计算也不会更快。'),
    see: ready,
  },
  exercise: {
    kind: 'change',
    ask: both(
      'Change the program so that both CPUs compute at the same time: on average at least 1.8 tasks should run while any does. The work of the {TASKS} tasks should stay as it is.',
      '修改程序，让两个 CPU 同时计算：有任务运行期间，平均至少有 1.8 个在运行。{TASKS} 个任务的工作量保持不变。',
    ),
    hint: both('Each process has a GIL of its own. `Process` is called as `Thread` is.', '每个进程有自己的 GIL。`Process` 的用法和 `Thread` 一样。'),
    solution,
    holds: 'always',
    schedules: 1,
    searched: 4,
    check: (run, numbers) => {
      const verdict = computed(run, numbers);
      if (verdict !== true) return verdict;
      return parallel(run) >= 1.8 ? true : both('Not enough of them run at the same time.', '同时运行的还不够多。');
    },
    inAnyOrder: computed,
  },
};
