import type { Lesson } from '../../lesson';
import { secondsOf, type RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const child = (run: RunReader) => run.children[0];
const zombie = (run: RunReader) => run.intervals(child(run), 'zombie')[0];

export const lesson: Lesson = {
  id: 'zombie',
  program,
  numbers: { NAP: { from: 2, to: 6 }, CODE: { from: 1, to: 9 } },
  text: {
    en: `When a process ends, its memory and open files go at once. One small thing stays: its number and *how it ended*, kept until its parent asks. A process in this state is a *zombie*. It runs no more, cannot be killed, and costs next to nothing, but its number stays taken.

The parent asks with \`os.waitpid\` (or \`join\` of \`multiprocessing\`). Here the parent sleeps for {NAP} seconds before it does.`,
    zh: `进程结束时，它的内存和打开的文件会立即释放，但还有一点东西留着：它的进程号，以及*它是怎样结束的*，一直保留到父进程来查问。处于这种状态的进程叫做*僵尸进程*。它不再运行，也无法被杀死，几乎不占资源，但进程号仍被占用。

父进程用 \`os.waitpid\`（或 \`multiprocessing\` 的 \`join\`）来查问。这里的父进程先睡了 {NAP} 秒才去问。`,
  },
  opens: 'zombie',
  moments: [
    {
      id: 'fork',
      title: { en: 'Two out of one', zh: '一分为二' },
      text: {
        en: '`os.fork` copies the process. Both copies go on at the same line; only the answer of `fork` tells them apart: 0 in the child, the child’s number in the parent.',
        zh: '`os.fork` 复制整个进程。两个副本从同一行继续往下走，只有 `fork` 的返回值不同：子进程得到 0，父进程得到子进程的进程号。',
      },
      find: (run) => run.event('task-new', { task: run.main?.name }),
    },
    {
      id: 'zombie',
      title: { en: 'Ended, not collected', zh: '结束了，但没有被回收' },
      text: {
        en: 'The child has ended with status {CODE}, and its parent is asleep. For {length} nobody collects it: the striped part of its lane.',
        zh: '子进程以退出码 {CODE} 结束，而父进程还在睡觉。有 {length} 没有人回收它：就是泳道上带条纹的那一段。',
      },
      find: zombie,
    },
    {
      id: 'reap',
      title: { en: 'Collected', zh: '被回收' },
      text: {
        en: '`waitpid` need not wait any more: the answer has been lying there. It takes the status, and the zombie is gone.',
        zh: '`waitpid` 不必再等：结果早就在那里了。它取走退出码，僵尸随之消失。',
      },
      find: (run) => run.event('task-reap'),
    },
  ],
  question: {
    ask: {
      en: 'Now the parent sleeps for {NAP} seconds, and the child, as before, for one. For how many seconds is the child a zombie?',
      zh: '现在父进程睡 {NAP} 秒，子进程还是睡 1 秒。子进程做了多少秒的僵尸？',
    },
    kind: 'seconds',
    answer: (run) => zombie(run) && secondsOf(zombie(run)),
    because: {
      en: 'The child ends after one second, and its parent comes for it when its own nap is over: {answer} seconds later.',
      zh: '子进程 1 秒后结束，父进程睡醒才来回收：中间隔了 {answer} 秒。',
    },
    see: zombie,
    slips: [
      {
        value: (_run, { NAP }) => NAP,
        say: {
          en: 'That is how long the parent sleeps. In the first second of it the child was still alive.',
          zh: '那是父进程睡觉的时间。其中第一秒子进程还活着。',
        },
      },
    ],
  },
  exercise: {
    kind: 'repair',
    ask: {
      en: 'Change the parent so that the child is collected as soon as it ends (a zombie for less than a tenth of a second). The parent should still sleep for its {NAP} seconds at some time, and still print how the child ended.',
      zh: '修改父进程，使子进程一结束就被回收（做僵尸不超过 0.1 秒）。父进程仍要在某个时候睡够 {NAP} 秒，也仍要打印子进程的退出码。',
    },
    hint: {
      en: 'A call that waits for the child does no harm if it comes before the nap.',
      zh: '把等待子进程的调用放到睡觉之前，并没有坏处。',
    },
    solution,
    holds: 'always',
    check: (run, { NAP, CODE }) => {
      const info = child(run);
      if (info?.reapedAt === undefined) return { en: 'The child was never collected.', zh: '子进程始终没有被回收。' };
      if (info.status !== CODE) return { en: 'The child no longer ends with status {CODE}.', zh: '子进程不再以退出码 {CODE} 结束。' };
      if (run.printed(/ended with (-?\d+)/) !== String(CODE)) {
        return { en: 'The parent does not print how the child ended.', zh: '父进程没有打印子进程的退出码。' };
      }
      if (!run.waits({ task: run.main?.name, reason: 'sleep' }).some((nap) => secondsOf(nap) > NAP - 0.01)) {
        return { en: 'The parent no longer sleeps for {NAP} seconds.', zh: '父进程不再睡 {NAP} 秒了。' };
      }
      if (secondsOf(zombie(run)) > 0.1) return { en: 'The child was still a zombie for a while.', zh: '子进程还是做了一阵子僵尸。' };
      return true;
    },
    schedules: 4,
    searched: 12,
  },
};
