import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const join = (run: RunReader) => run.wait({ task: run.main?.name, reason: 'join' });

export const lesson: Lesson = {
  id: 'threads',
  program,
  numbers: { THREADS: { from: 2, to: 5 }, NAP: { from: 1, to: 5 } },
  text: both(
    `A process is a place: memory, files, a number. What *runs* in it is a *thread*. Every process has one to begin with, its main thread; \`threading.Thread\` starts more. Each has its own line where it is, and its own local variables.

All else they share. A list that one thread fills the others see filled: nothing is copied, nothing has to be sent. A thread is also quicker to start than a process, about ten times in this machine’s count.`,
    `进程是一个场所：内存、文件、编号。真正在里面*运行*的是*线程*。每个进程一开始就有一个线程，即主线程；\`threading.Thread\` 可以启动更多。每个线程有自己执行到的行，有自己的局部变量。

其余一切都是共享的。一个线程往列表里放了东西，其他线程立刻看得见：不用复制，也不用发送。启动线程也比启动进程快，在这台机器上大约快十倍。`,
  ),
  opens: 'join',
  moments: [
    {
      id: 'start',
      title: both('A thread starts', '线程启动'),
      text: both(
        'Its lane stands below that of its process and has the same colour and pid: it is a part of it.',
        '它的泳道画在所属进程之下，颜色和 pid 都相同：它是进程的一部分。',
      ),
      find: (run) => run.event('task-new', { task: run.main?.name }),
    },
    {
      id: 'join',
      title: both('The main thread waits', '主线程等待'),
      text: both('`join` waits for the end of one thread: {length}. Meanwhile all of them sleep side by side.', '`join` 等一个线程结束：{length}。在此期间所有线程都在同时睡觉。'),
      find: join,
    },
    {
      id: 'basket',
      title: both('One basket', '同一个篮子'),
      text: both(
        'The main thread never put anything in. It finds {THREADS} things in the list, for there is only one list.',
        '主线程一样东西也没放。但它在列表里看到 {THREADS} 样东西，因为列表只有一个。',
      ),
      find: (run) => run.line(/the basket holds/),
    },
  ],
  question: {
    ask: both(
      'Now there are {THREADS} threads, and each sleeps for {NAP} seconds before it puts one thing into the basket. How many things does the main thread find at the end?',
      '现在有 {THREADS} 个线程，各睡 {NAP} 秒后往篮子里放一样东西。主线程最后看到几样？',
    ),
    kind: 'number',
    answer: (run) => Number(run.printed(/the basket holds (\d+)/) ?? NaN),
    because: both('Threads share the list, and `join` has waited for all of them: {answer}. With processes it would have been 0.', '线程共享列表，而且 `join` 等到了所有线程：{answer} 样。换成进程就会是 0。'),
    see: (run) => run.line(/the basket holds/),
    slips: [{ value: () => 0, say: both('So it would be with processes, which have copies.', '换成进程才会这样，因为它们各有副本。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Here the main thread prints the sum before the threads have put anything into `results`. Repair it: the sum should be that of all {THREADS} squares, and the run should still take about {NAP} seconds.',
      '这里主线程在各线程往 `results` 里放东西之前就打印了总和。修复它：总和应当是全部 {THREADS} 个平方之和，而且运行时间仍应在 {NAP} 秒左右。',
    ),
    hint: both('To wait for a thread one has to keep hold of it.', '要等待一个线程，先得把它留在手里。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 6,
    searched: 100,
    check: (run, { THREADS, NAP }) => {
      if (run.threads.length !== THREADS) return both('There should be {THREADS} threads.', '应当有 {THREADS} 个线程。');
      const sum = Array.from({ length: THREADS }, (_, n) => n * n).reduce((a, b) => a + b, 0);
      if (run.printed(/^sum (\d+)$/) !== String(sum)) return both('The sum is not that of all squares.', '总和不是所有平方之和。');
      return run.seconds < NAP + 0.5 ? true : both('It takes too long: the threads should sleep at the same time.', '时间太长：各线程应当同时睡觉。');
    },
  },
};
