import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const unfinished = (run: RunReader) => run.longestWait({ task: run.main?.name, reason: 'unfinished' });

export const lesson: Lesson = {
  id: 'joinable-queue',
  program,
  numbers: { JOBS: { from: 3, to: 8 }, WORKERS: { from: 2, to: 3 } },
  text: both(
    `When the queue is empty, is the work done? No: a job that was taken out may still be worked on. A *JoinableQueue* counts. Each \`put\` adds one unfinished job, each \`task_done\` takes one away, and \`q.join()\` waits until none is left.

The workers here run for ever, and are daemons: when the main program ends, they are no longer needed and go with it.`,
    `队列空了，工作就做完了吗？没有：被取出的任务可能还在处理。*JoinableQueue* 会计数：每次 \`put\` 增加一个未完成的任务，每次 \`task_done\` 减少一个，\`q.join()\` 一直等到一个也不剩。

这里的 worker 会永远运行，所以设为守护进程：主程序结束时不再需要它们，它们也就随之结束。`,
  ),
  opens: 'join',
  moments: [
    {
      id: 'taken',
      title: both('All taken, none done', '取走了，但没有做完'),
      text: both('A worker takes a job out. The queue has one item less; the number of unfinished jobs is the same.', 'worker 取出一个任务。队列里少了一项，但未完成的任务数没有变。'),
      find: (run) => run.event('get', { on: 'q' }),
    },
    {
      id: 'join',
      title: both('Waiting for the rest', '等待剩下的'),
      text: both('`q.join()` waits for {length}, not for a process but for a number: that of the unfinished jobs.', '`q.join()` 等了 {length}。它等的不是某个进程，而是一个数：未完成的任务数降到零。'),
      find: unfinished,
    },
    {
      id: 'done',
      title: both('The last job', '最后一个任务'),
      text: both('This `task_done` brings the number to 0, and wakes the main process.', '这次 `task_done` 使计数降到 0，唤醒主进程。'),
      find: (run) => run.events('task-done', { on: 'q' }).at(-1),
    },
  ],
  question: {
    ask: both('Now {WORKERS} workers share {JOBS} jobs of one second each. After how many seconds is `every job is finished` printed?', '现在 {WORKERS} 个 worker 分担 {JOBS} 个任务，每个任务 1 秒。打印 `every job is finished` 时过了多少秒？'),
    kind: 'seconds',
    answer: (run) => {
      const line = run.line(/^every job is finished/);
      return line && line.time / 1e9;
    },
    because: both('{WORKERS} jobs are done each second, and the last round counts in full even if not everybody has work: {answer} seconds.', '每秒完成 {WORKERS} 个；最后一轮即使有人闲着，也要算一整秒：{answer} 秒。'),
    see: unfinished,
    slips: [{ value: (_run, { JOBS }) => JOBS, say: both('So it would be with one worker.', '只有一个 worker 才会这么久。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both('This program never ends, though every job was taken. Repair it: job 2 should still be skipped, and the last line printed.', '任务全都被取走了，程序却永远不结束。修复它：任务 2 仍然跳过，但最后一行要打印出来。'),
    hint: both('The count goes down only if somebody says so, for each job.', '每个任务都要有人说一声，计数才会下降。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 6,
    searched: 8,
    check: (run, { JOBS }) => {
      if (run.stuck) return both('`q.join()` still waits for ever.', '`q.join()` 仍在永远等待。');
      if (run.lines.at(-1) !== 'every job is finished') return both('The last line is missing.', '最后一行没有打印。');
      if (run.count(/^skipped 2$/) !== 1) return both('Job 2 should be skipped.', '任务 2 应当被跳过。');
      return run.count(/^finished/) === JOBS - 1 ? true : both('The other jobs should all be finished before the last line.', '其他任务都应在最后一行之前完成。');
    },
  },
};
