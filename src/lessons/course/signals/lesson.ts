import { both, type Lesson } from '../../lesson';
import { type RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const taken = (run: RunReader) => run.event('signal-deliver', { task: run.children[0]?.name });

export const lesson: Lesson = {
  id: 'signals',
  program,
  numbers: { NAP: { from: 3, to: 7 }, AFTER: { from: 1, to: 2 } },
  text: both(
    `A *signal* is the smallest message there is: a number, sent to a process by \`os.kill\` (which kills only if the signal does). The receiver is interrupted wherever it is. What happens then it may choose beforehand: run a *handler*, ignore it, or leave it at the default, which for most signals is to end.

Handlers run between two steps of the main thread, even while that sleeps. Two signals nobody can catch: SIGKILL and SIGSTOP.`,
    `*信号*是最小的消息：只有一个编号，用 \`os.kill\` 发给某个进程（名字叫 kill，只有某些信号才真的杀死进程）。无论收到的进程正在做什么，都会被打断。接下来怎么办，它可以事先选定：运行*处理函数*、忽略，或者保持默认动作——对大多数信号来说就是结束进程。

处理函数在主线程的两步之间运行，主线程睡着时也不例外。有两个信号谁也捕获不了：SIGKILL 和 SIGSTOP。`,
  ),
  opens: 'taken',
  moments: [
    {
      id: 'sent',
      title: both('Sent', '发送'),
      text: both('After {AFTER} s the parent sends SIGUSR1, a signal without a meaning of its own.', '{AFTER} 秒后父进程发送 SIGUSR1，这个信号本身没有固定含义。'),
      find: (run) => run.event('signal-send', { task: run.main?.name }),
    },
    {
      id: 'taken',
      title: both('Taken', '接收'),
      text: both('The child is woken out of its sleep and runs the handler.', '子进程从睡眠中被叫醒，运行处理函数。'),
      find: taken,
    },
    {
      id: 'rest',
      title: both('The rest of the sleep', '睡完剩下的时间'),
      text: both(
        'Then it goes on sleeping, for what is left of its {NAP} seconds: since Python 3.5 a call that a signal interrupts is taken up again.',
        '然后它接着睡，睡完 {NAP} 秒里剩下的部分：从 Python 3.5 起，被信号打断的调用会自动继续。',
      ),
      find: (run) => run.line(/slept enough/),
    },
  ],
  question: {
    ask: both(
      'Now the child sleeps for {NAP} seconds, and the signal comes after {AFTER} s. After how many seconds of the run does the child say that it slept enough?',
      '现在子进程睡 {NAP} 秒，信号在 {AFTER} 秒后到来。运行到第几秒时，子进程说它睡够了？',
    ),
    kind: 'seconds',
    answer: (run) => {
      const line = run.line(/slept enough/);
      return line && line.time / 1e9;
    },
    because: both('The signal interrupts the sleep but does not shorten it: {answer} seconds in all.', '信号打断了睡眠，但没有缩短它：总共 {answer} 秒。'),
    see: taken,
    slips: [
      { value: (_run, { AFTER }) => AFTER, say: both('Then the sleep would have ended with the signal. It goes on.', '那样睡眠就随信号结束了。实际上它会继续。') },
      { value: (_run, { AFTER, NAP }) => AFTER + NAP, say: both('Then the sleep would have begun anew. Only the rest is slept.', '那样睡眠就重新开始了。实际上只睡剩下的部分。') },
    ],
  },
  exercise: {
    kind: 'change',
    ask: both(
      'The parent ends this child with SIGTERM, and its files stay open. Change the child: on SIGTERM it should print `child: closing my files` and then end with exit code 0. The parent stays as it is.',
      '父进程用 SIGTERM 结束这个子进程，它的文件没来得及关。修改子进程：收到 SIGTERM 时打印 `child: closing my files`，然后以退出码 0 结束。父进程保持不变。',
    ),
    hint: both('A handler may end the process itself. It has to be set before the signal comes.', '处理函数可以自己结束进程。要在信号到来之前设置好。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 4,
    searched: 12,
    check: (run) => {
      if (run.event('signal-send', { task: run.main?.name }) === undefined) return both('The parent no longer sends the signal.', '父进程不再发送信号。');
      if (run.count(/^child: closing my files/) !== 1) return both('The child does not close its files.', '子进程没有关闭文件。');
      if (run.seconds > 10) return both('The child does not end on the signal.', '子进程没有因信号而结束。');
      return run.printed(/child ended with (-?\d+)/) === '0' ? true : both('The child does not end with 0.', '子进程不是以 0 结束的。');
    },
  },
};
