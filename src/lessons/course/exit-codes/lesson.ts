import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const exitOf = (task: string) => (run: RunReader) => run.event('task-exit', { task });

export const lesson: Lesson = {
  id: 'exit-codes',
  program,
  numbers: { CODE: { from: 2, to: 99 } },
  text: both(
    `When a process ends it leaves one number behind, its *exit code*. 0 means that all went well; what any other number means the program decides. Python uses 1 for an exception that nobody caught.

A process that was ended by a *signal* had no chance to choose a number. \`exitcode\` then is minus the number of the signal: −15 for SIGTERM, which \`terminate\` sends, −9 for SIGKILL.`,
    `进程结束时会留下一个数，即它的*退出码*。0 表示一切正常；其他数字的含义由程序自己规定。若有异常没有被捕获，Python 以 1 退出。

被*信号*终止的进程没有机会选择数字。这时 \`exitcode\` 是信号编号的相反数：SIGTERM（\`terminate\` 发送的信号）为 −15，SIGKILL 为 −9。`,
  ),
  opens: 'killed',
  moments: [
    {
      id: 'well',
      title: both('0: well', '0：正常'),
      text: both('The function has returned, so the process ends with 0.', '函数正常返回，进程以 0 结束。'),
      find: exitOf('well'),
    },
    {
      id: 'chosen',
      title: both('A number by choice', '自选的退出码'),
      text: both('`sys.exit({CODE})` ends the process with just this number.', '`sys.exit({CODE})` 让进程恰好以这个数结束。'),
      find: exitOf('choosing'),
    },
    {
      id: 'failed',
      title: both('1: an exception', '1：异常'),
      text: both(
        'Nobody caught the `ValueError`. Python prints where it came from to the error output, and the process ends with 1. The other processes do not notice.',
        '没有人捕获这个 `ValueError`。Python 把它的来源打印到错误输出，进程以 1 结束。其他进程毫无察觉。',
      ),
      find: exitOf('failing'),
    },
    {
      id: 'killed',
      title: both('−15: a signal', '−15：信号'),
      text: both(
        '`terminate` sends SIGTERM. The process was asleep in the midst of its work; it ends right there, and no line of it runs any more.',
        '`terminate` 发送 SIGTERM。进程正睡在工作中途，就在那里结束，后面的代码一行也不再执行。',
      ),
      find: exitOf('sleeping'),
    },
  ],
  question: {
    ask: both(
      'Now `choosing` calls `sys.exit({CODE})`. What is the sum of the four exit codes?',
      '现在 `choosing` 调用 `sys.exit({CODE})`。四个退出码之和是多少？',
    ),
    kind: 'number',
    answer: (run) => (run.children.length === 4 ? run.children.reduce((sum, { status }) => sum + (status ?? 0), 0) : undefined),
    because: both(
      '0 for `well`, {CODE} for `choosing`, 1 for the exception, −15 for SIGTERM: together {answer}.',
      '`well` 是 0，`choosing` 是 {CODE}，异常是 1，SIGTERM 是 −15：合计 {answer}。',
    ),
    see: exitOf('sleeping'),
    slips: [
      {
        value: (_run, { CODE }) => CODE + 1 + 15,
        say: both('Nearly: for a signal the number is negative.', '差一点：信号对应的数是负的。'),
      },
      {
        value: (_run, { CODE }) => CODE - 15,
        say: both('Nearly: an exception that nobody catches counts too.', '差一点：没人捕获的异常也算一个。'),
      },
    ],
  },
  exercise: {
    kind: 'change',
    ask: both(
      'Four processes check something; one of them fails, one hangs for a thousand seconds. Change the main program: after at most ten seconds it should end what still runs, and its own exit code should be the number of checks that did not end well.',
      '四个进程各检查一样东西；其中一个失败，一个会卡住一千秒。修改主程序：最多十秒之后结束仍在运行的进程，并让主程序自己的退出码等于没有正常结束的检查的个数。',
    ),
    hint: both('`join` takes a time limit, and after a `join` the `exitcode` says how it ended.', '`join` 可以带时间上限；`join` 之后，`exitcode` 说明它是怎样结束的。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 4,
    searched: 6,
    check: (run) => {
      if (run.seconds > 10.5) return both('The run takes longer than ten seconds.', '运行超过了十秒。');
      const { children, main } = run;
      if (children.length < 4) return both('Four processes should be started.', '应当启动四个进程。');
      if (children.some(({ reapedAt }) => reapedAt === undefined)) return both('Not every child was collected by its parent.', '不是每个子进程都被父进程回收了。');
      const bad = children.filter(({ status }) => status !== 0).length;
      if (bad < 2) return both('One check should fail and one should hang, as before.', '应当和原来一样，有一个检查失败，一个卡住。');
      return main?.status === bad ? true : both('The exit code of the main program is not the number of bad checks.', '主程序的退出码不等于没有正常结束的检查的个数。');
    },
  },
};
