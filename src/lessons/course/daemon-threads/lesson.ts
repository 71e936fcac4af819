import { both, type Lesson } from '../../lesson';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'daemon-threads',
  program,
  numbers: { LONG: { from: 5, to: 9 }, SHORT: { from: 1, to: 4 } },
  text: both(
    `The last line of the main thread is not the end of the process. Python first waits for every ordinary thread; only when the last of them has ended does the process go.

A thread made with \`daemon=True\` is not waited for. It is cut off when the process ends, wherever it is: in the midst of a line, of a file, with a lock in its hand. Use it for what nobody will miss.`,
    `主线程执行完最后一行，进程还没有结束。Python 会先等所有普通线程；最后一个结束了，进程才结束。

用 \`daemon=True\` 创建的*守护线程*不在等待之列。进程结束时它就被切断，不管它在哪里：一行代码的中途、一个文件的中途，哪怕手里还拿着锁。只把丢了也无妨的事情交给它。`,
  ),
  opens: 'cut',
  moments: [
    {
      id: 'main',
      title: both('The main thread is done', '主线程做完了'),
      text: both('It has nothing left to do, and waits for the ordinary thread without having been told to.', '它没有事可做了，并没有人叫它等，但它会等普通线程。'),
      find: (run) => run.line(/^main is done/),
    },
    {
      id: 'needed',
      title: both('The ordinary thread ends', '普通线程结束'),
      text: both('After {SHORT} seconds. It was the last one that is waited for.', '{SHORT} 秒之后。它是最后一个需要等的线程。'),
      find: (run) => run.line(/^needed is done/),
    },
    {
      id: 'cut',
      title: both('The daemon is cut off', '守护线程被切断'),
      text: both('It wanted to sleep for {LONG} seconds and then say so. It never comes to that.', '它本想睡 {LONG} 秒再说一声，但没有这个机会了。'),
      find: (run) => run.event('task-exit', { task: 'daemon' }),
    },
  ],
  question: {
    ask: both(
      'Now the ordinary thread works for {SHORT} seconds and the daemon for {LONG}. After how many seconds does the process end?',
      '现在普通线程工作 {SHORT} 秒，守护线程工作 {LONG} 秒。进程在第几秒结束？',
    ),
    kind: 'seconds',
    answer: (run) => (run.finished ? run.seconds : undefined),
    because: both('It waits for the ordinary thread, {answer} seconds, and for nobody else.', '它等普通线程，{answer} 秒，此外谁也不等。'),
    see: (run) => run.event('task-exit', { task: 'daemon' }),
    slips: [
      { value: (_run, { LONG }) => LONG, say: both('So long would the daemon have taken, but nobody waits for it.', '守护线程要这么久，但没有人等它。') },
      { value: () => 0, say: both('The main thread ends at once, but the process does not.', '主线程立刻结束，但进程不会。') },
    ],
  },
  exercise: {
    kind: 'change',
    ask: both(
      'Change the program so that the daemon, though still a daemon, comes to its end: it should print its line before the main thread prints `main is done`.',
      '修改程序，使那个线程仍是守护线程，但能做完：在主线程打印 `main is done` 之前，它应当打印出自己那一行。',
    ),
    hint: both('A daemon thread can be joined like any other.', '守护线程也可以像其他线程一样 `join`。'),
    solution,
    holds: 'always',
    schedules: 6,
    searched: 100,
    check: (run) => {
      if (run.task('daemon')?.daemon !== true) return both('There should still be a daemon thread of the name `daemon`.', '应当仍有一个名为 `daemon` 的守护线程。');
      if (run.task('needed') === undefined) return both('The ordinary thread is gone.', '普通线程不见了。');
      const [daemon, main] = [run.lines.indexOf('daemon is done'), run.lines.indexOf('main is done')];
      return daemon >= 0 && main > daemon ? true : both('The daemon’s line does not come before that of the main thread.', '守护线程的那一行没有出现在主线程那一行之前。');
    },
  },
};
