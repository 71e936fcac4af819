import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const adopted = (run: RunReader) => run.event('task-adopt');

export const lesson: Lesson = {
  id: 'orphan',
  program,
  numbers: { PARENT: { from: 1, to: 3 }, CHILD: { from: 4, to: 8 } },
  text: both(
    `A parent may end before its child. The child is an *orphan* then. It goes on undisturbed; but somebody has to collect it one day, so the system gives it a new parent: *init*, process number 1, which collects every child that ends.

An orphan is no mistake in itself. Servers make themselves orphans on purpose, with two forks in a row as here, so that whoever started them need not wait for them.`,
    `父进程可能先于子进程结束，这时子进程就成了*孤儿进程*。它照常运行；但总得有人在它结束时回收它，所以系统给它换一个父进程：*init*，也就是 1 号进程，它会回收每一个结束的子进程。

成为孤儿本身不是错误。服务程序会故意让自己成为孤儿：像这里一样连续 fork 两次，这样启动它的程序就不必等它。`,
  ),
  opens: 'adopted',
  moments: [
    {
      id: 'before',
      title: both('Still with its parent', '父进程还在'),
      text: both('The child asks for its parent’s number and gets that of the process that forked it.', '子进程询问父进程号，得到的是创建它的那个进程。'),
      find: (run) => run.line(/^child: my parent/),
    },
    {
      id: 'adopted',
      title: both('Adopted', '被收养'),
      text: both(
        'Its parent ends after {PARENT} seconds. In the same moment init takes the child over. The view *Processes* below shows the tree before and after.',
        '{PARENT} 秒后父进程结束，init 在同一时刻接管了子进程。下方的*进程*视图可以看到前后的进程树。',
      ),
      find: adopted,
    },
    {
      id: 'after',
      title: both('A new parent', '新的父进程'),
      text: both('The same question, another answer. When the child ends now, it is init that collects it: it never stays a zombie.', '同样的问题，答案变了。此时子进程一结束就由 init 回收，不会一直做僵尸。'),
      find: (run) => run.line(/^child: now/),
    },
  ],
  question: {
    ask: both(
      'Now the parent ends after {PARENT} seconds and the child after {CHILD}. Which number does the child print as its parent’s at the end?',
      '现在父进程 {PARENT} 秒后结束，子进程 {CHILD} 秒后结束。子进程最后打印的父进程号是多少？',
    ),
    kind: 'number',
    answer: (run) => Number(run.printed(/now my parent is (\d+)/) ?? NaN),
    because: both('Orphans go to init, and its number is always {answer}.', '孤儿归 init 收养，它的进程号永远是 {answer}。'),
    see: adopted,
    slips: [{
      value: (run) => Number(run.printed(/my parent is (\d+)/) ?? NaN),
      say: both('That was its parent; but that process has ended.', '那是它原来的父进程，但那个进程已经结束了。'),
    }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Change the parent so that its child never becomes an orphan: it should still sleep for {PARENT} seconds, but not end before the child has. Both answers of the child should then be the same.',
      '修改父进程，使它的子进程不会成为孤儿：仍旧睡 {PARENT} 秒，但在子进程结束之前不结束。这样子进程的两次回答应当相同。',
    ),
    hint: both('A parent that waits for its children leaves no orphans.', '等待子进程的父进程不会留下孤儿。'),
    solution,
    holds: 'always',
    schedules: 4,
    searched: 12,
    check: (run, { PARENT }) => {
      const [first, second] = [run.printed(/^child: my parent is (\d+)/), run.printed(/^child: now my parent is (\d+)/)];
      if (first === undefined || second === undefined) return both('The child no longer says who its parent is.', '子进程不再说出它的父进程是谁。');
      if (run.children.length !== 2) return both('There should be a parent and a child beside the first process.', '除第一个进程外，应当有一个父进程和一个子进程。');
      if (run.event('task-adopt') !== undefined || first !== second) return both('The child still becomes an orphan.', '子进程仍然成了孤儿。');
      const naps = run.waits({ task: run.children[0].name, reason: 'sleep' });
      if (!naps.some(({ start, end }) => end - start >= PARENT * 0.99e9)) return both('The parent no longer sleeps for {PARENT} seconds.', '父进程不再睡 {PARENT} 秒。');
      return true;
    },
  },
};
