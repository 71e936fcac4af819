import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const join = (run: RunReader) => run.wait({ task: run.main?.name, reason: ['join', 'wait'] });

export const lesson: Lesson = {
  id: 'program-process',
  program,
  numbers: { CHILDREN: { from: 2, to: 5 }, NAP: { from: 1, to: 5 } },
  text: both(
    `A *program* is a text: it lies in a file and does nothing. A *process* is that program being carried out: it has a number (its *pid*), memory of its own, and a state. One program can be many processes at once.

Every process but the first is started by another, its *parent*. Here one process starts {CHILDREN} children; each sleeps for {NAP} seconds. The parent starts them all, then waits for each with \`join\`.`,
    `*程序*是一段文本：它躺在文件里，什么也不做。*进程*是程序的一次执行：它有编号（*进程号*，即 pid）、自己的内存和自己的状态。同一个程序可以同时有许多个进程在执行。

除了第一个进程，每个进程都由另一个进程启动，后者是它的*父进程*。这里一个进程启动了 {CHILDREN} 个子进程，每个子进程睡 {NAP} 秒。父进程先把它们全部启动，再用 \`join\` 逐个等待。`,
  ),
  opens: 'join',
  moments: [
    {
      id: 'start',
      title: both('A child is born', '子进程诞生'),
      text: both(
        '`start` asks the operating system for a new process. From now on there are two lanes: parent and child go on side by side, and neither waits for the other.',
        '`start` 请操作系统创建一个新进程。从这时起有了两条泳道：父进程和子进程并行前进，谁也不等谁。',
      ),
      find: (run) => run.event('task-new', { task: run.main?.name }),
    },
    {
      id: 'join',
      title: both('The parent waits', '父进程等待'),
      text: both(
        '`join` puts the parent to sleep until this child has ended, {length} later. Waiting costs no CPU time: the parent is not asking again and again, it is woken.',
        '`join` 让父进程睡到这个子进程结束为止，共 {length}。等待不占用 CPU：父进程并没有反复询问，而是等着被唤醒。',
      ),
      find: join,
    },
    {
      id: 'end',
      title: both('The first child ends', '第一个子进程结束'),
      text: both(
        'Its end is what wakes the parent: the arrow leads from one to the other. The other children have slept at the same time, so the parent’s next `join` hardly waits at all.',
        '它的结束唤醒了父进程：箭头从一方指向另一方。其他子进程是在同一段时间里睡的，所以父进程接下来的 `join` 几乎不用等。',
      ),
      find: (run) => run.event('task-exit'),
    },
  ],
  question: {
    ask: both(
      'Now there are {CHILDREN} children, and each sleeps for {NAP} seconds. How long does the whole run take?',
      '现在有 {CHILDREN} 个子进程，每个睡 {NAP} 秒。整个运行要多长时间？',
    ),
    kind: 'seconds',
    answer: (run) => (run.finished ? run.seconds : undefined),
    because: both(
      'They all sleep at the same time, so it takes as long as one of them: {answer} seconds (and a few milliseconds to start them).',
      '它们同时在睡，所以总时间就是其中一个的时间：{answer} 秒（另加启动它们的几毫秒）。',
    ),
    see: join,
    slips: [{
      value: (_run, { CHILDREN, NAP }) => CHILDREN * NAP,
      say: both('So it would be if each had to wait for the one before.', '如果每个都要等前一个结束，才会这么久。'),
    }],
  },
  exercise: {
    kind: 'change',
    ask: both(
      'Change the program so that only one child lives at a time: the next is started when the one before has ended. There should still be {CHILDREN} children that sleep for {NAP} seconds each.',
      '修改程序，使同一时刻只有一个子进程：前一个结束后才启动下一个。仍然要有 {CHILDREN} 个子进程，各睡 {NAP} 秒。',
    ),
    hint: both('Where a `join` stands decides what goes on meanwhile.', '`join` 放在哪里，决定了等待期间还有谁在运行。'),
    solution,
    holds: 'always',
    schedules: 4,
    searched: 12,
    check: (run, { CHILDREN, NAP }) => {
      const children = run.children;
      if (children.length !== CHILDREN) return both('There are not {CHILDREN} children.', '子进程不是 {CHILDREN} 个。');
      if (!run.finished || run.lines.at(-1) !== 'all done') return both('The program does not come to its last line.', '程序没有运行到最后一行。');
      if (children.some(({ name }) => !run.wait({ task: name, reason: 'sleep', seconds: NAP - 0.01 }))) {
        return both('A child does not sleep for its {NAP} seconds.', '有的子进程没有睡满 {NAP} 秒。');
      }
      const overlap = children.some((child, index) => index > 0 && child.createdAt < (children[index - 1].endedAt ?? Infinity));
      return overlap ? both('Two children live at the same time.', '有两个子进程同时存在。') : true;
    },
  },
};
