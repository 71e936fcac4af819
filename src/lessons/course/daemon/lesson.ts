import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const end = (run: RunReader) => run.event('task-exit', { task: 'watcher' });

export const lesson: Lesson = {
  id: 'daemon',
  program,
  numbers: { WORK: { from: 3, to: 7 }, EVERY: { from: 1, to: 2 } },
  text: both(
    `At its end a Python program waits for the child processes that it has started. Some children make no sense without it: a watcher, a heartbeat, a thing that cleans up. Those are marked as *daemons* (\`daemon=True\`, before \`start\`), and the program does not wait for them: *it ends them*.

It does so with SIGTERM, wherever the daemon just is. So a daemon should have nothing half done: no file half written, no lock held. And it may not start processes of its own.`,
    `Python 程序结束时会等待它启动的子进程。但有些子进程离开主程序就没有意义：监视、心跳、清理。这样的子进程标记为*守护进程*（在 \`start\` 之前设 \`daemon=True\`），程序不等它们，而是*结束它们*。

结束的办法是发送 SIGTERM，不管守护进程正做到哪里。所以守护进程手里不应有半成品：写了一半的文件、拿着的锁都不行。它也不能再创建自己的子进程。`,
  ),
  opens: 'end',
  moments: [
    {
      id: 'beat',
      title: both('A beat', '一次心跳'),
      text: both('The watcher says something every {EVERY} s, for ever: its loop has no end.', '监视进程每 {EVERY} 秒说一句话，没完没了：它的循环没有出口。'),
      find: (run) => run.line(/^beat 1/),
    },
    {
      id: 'done',
      title: both('The main program is done', '主程序做完了'),
      text: both('This is its last line. Now Python looks for children: ordinary ones it would wait for.', '这是它的最后一行。接下来 Python 检查子进程：如果是普通的子进程，就要等它结束。'),
      find: (run) => run.line(/^main: done/),
    },
    {
      id: 'end',
      title: both('The daemon is ended', '守护进程被结束'),
      text: both('SIGTERM comes in the midst of its sleep. It ends with status −15 and has no chance to say goodbye.', 'SIGTERM 在它睡着时到来。它以 −15 结束，连告别的机会都没有。'),
      find: end,
    },
  ],
  question: {
    ask: both(
      'Now the main program works for {WORK} and a half seconds, and the daemon beats every {EVERY} s. How many beats are printed?',
      '现在主程序工作 {WORK} 秒半，守护进程每 {EVERY} 秒跳一次。一共打印多少次心跳？',
    ),
    kind: 'number',
    answer: (run) => (run.finished ? run.count(/^beat/) : undefined),
    because: both('It gets to beat {answer}; then the main program is done and ends it.', '跳到第 {answer} 次时，主程序做完了，就把它结束掉。'),
    see: end,
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Here a daemon saves pages, and none is ever saved. Repair the program so that all {WORK} pages are saved. The main program should still say that it is done before the first page is saved.',
      '这里由守护进程来保存页面，结果一页也没存成。修复程序，使 {WORK} 页都得到保存。主程序仍要在第一页存好之前就说自己做完了。',
    ),
    hint: both('Either it is no daemon, or somebody waits for it.', '要么它不是守护进程，要么有人等它。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 4,
    searched: 12,
    check: (run, { WORK }) => {
      if (run.count(/^saved page/) !== WORK) return both('Not all pages were saved.', '不是每一页都保存了。');
      if (run.lines[0] !== 'main: done') return both('The main program should be done before the first page is saved.', '主程序应当在第一页存好之前就做完。');
      if (run.children.length !== 1) return both('One child process should do the saving.', '应当由一个子进程来保存。');
      return run.finished ? true : both('The program does not come to its end.', '程序没有运行到结尾。');
    },
  },
};
