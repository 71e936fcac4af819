import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const born = (run: RunReader) => run.event('task-new', { task: run.main?.name });

export const lesson: Lesson = {
  id: 'fork',
  program,
  numbers: { START: { from: 5, to: 60 } },
  text: both(
    `On Unix a new process is made by *copying* an old one. \`os.fork\` is called once and returns twice: in the parent with the child’s number, in the child with 0. All else is the same in both: variables, open files, the line at which they are.

The same, but not shared. From then on each has its own \`number\`, and what one does to it the other never sees.`,
    `在 Unix 上，新进程是由旧进程*复制*出来的。\`os.fork\` 调用一次，返回两次：在父进程里返回子进程的进程号，在子进程里返回 0。其余一切都一样：变量、打开的文件、所在的行。

一样，但并不共享。从此双方各有自己的 \`number\`，一方怎么改，另一方都看不见。`,
  ),
  opens: 'fork',
  moments: [
    {
      id: 'fork',
      title: both('One becomes two', '一个变成两个'),
      text: both(
        'The arrow leads from the parent to its copy. Both have `number` = {START} now and go on at the line after `fork`.',
        '箭头从父进程指向它的副本。此刻双方的 `number` 都是 {START}，都从 `fork` 的下一行继续。',
      ),
      find: born,
    },
    {
      id: 'child',
      title: both('The child’s own number', '子进程自己的数'),
      text: both(
        'The child has added 1 and 100 to *its* number. `os._exit` ends it here: without it the child would go on and run the parent’s lines below too.',
        '子进程给*自己的*数加了 1 和 100。`os._exit` 让它在这里结束：否则子进程会继续往下，把父进程的代码也执行一遍。',
      ),
      find: (run) => run.line(/^child has/),
    },
    {
      id: 'parent',
      title: both('The parent’s own number', '父进程自己的数'),
      text: both('The parent has added 1 only. Of the child’s 100 it knows nothing.', '父进程只加了 1。它对子进程加的 100 一无所知。'),
      find: (run) => run.line(/^parent has/),
    },
  ],
  question: {
    ask: both('Now `number` begins with {START}. What does the parent print at the end: `parent has` …?', '现在 `number` 从 {START} 开始。父进程最后打印的 `parent has` 后面是多少？'),
    kind: 'number',
    answer: (run) => Number(run.printed(/^parent has (\d+)$/) ?? NaN),
    because: both(
      'The line `number += 1` is run by both, so the parent has {answer}. The child’s 100 were added to the child’s copy.',
      '`number += 1` 这一行双方各执行一次，所以父进程得到 {answer}。那 100 加在子进程的副本上。',
    ),
    see: (run) => run.line(/^parent has/),
    slips: [
      { value: (_run, { START }) => START + 101, say: both('That is what the child has.', '那是子进程的数。') },
      { value: (_run, { START }) => START + 102, say: both('So it would be if they shared the variable.', '如果双方共享这个变量，才会是这样。') },
      { value: (_run, { START }) => START, say: both('One line between the fork and the `if` is run by both.', '在 fork 和 `if` 之间有一行，双方都会执行。') },
    ],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'This program wants three children, so it calls `fork` three times in a loop; but there are far more processes than that. Repair it: there should be the first process and three children *of it*, and each of the four should print one `hello`.',
      '这个程序想要三个子进程，于是在循环里调用了三次 `fork`；但实际的进程要多得多。修复它：应当只有第一个进程和*它的*三个子进程，四个进程各打印一行 `hello`。',
    ),
    hint: both('The child, too, goes on with the loop. How does it know that it is the child?', '子进程也会继续执行循环。它怎样知道自己是子进程？'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 4,
    searched: 12,
    check: (run) => {
      const { children, main } = run;
      if (children.length !== 3) return both(`There are ${children.length} children and not three.`, `有 ${children.length} 个子进程，而不是三个。`);
      if (children.some(({ creator }) => creator !== main?.tid)) return both('Not all of them are children of the first process.', '它们不都是第一个进程的子进程。');
      if (run.count(/^hello from/) !== 4) return both('There should be four lines `hello from` ….', '应当有四行 `hello from` …。');
      return run.finished ? true : both('The program does not come to its end.', '程序没有运行到结尾。');
    },
  },
};
