import { both, type Lesson } from '../../lesson';
import { type RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const waitFor = (child: string) => (run: RunReader) => {
  const tid = run.task(child)?.tid;
  return run.waits({ task: run.main?.name, reason: ['join', 'wait'] }).find(({ other }) => other === tid);
};

export const lesson: Lesson = {
  id: 'start-methods',
  program,
  numbers: { CHILDREN: { from: 1, to: 3 } },
  text: both(
    `\`multiprocessing\` can start a process in three ways. *fork* copies the running one: quick, and the child has everything that the parent had. *spawn* starts a fresh Python that imports the program anew: slow, but clean. *forkserver* asks a small helper process to fork: clean, and quicker.

With \`spawn\` the child gets only what it is given as arguments, and the program’s main part must stand under \`if __name__ == '__main__'\`, or each child would start children. What you get without asking differs: on Windows and macOS it is \`spawn\`; on Linux it was \`fork\` for a long time, and is \`forkserver\` since Python 3.14; here it is \`fork\`.`,
    `\`multiprocessing\` 有三种启动进程的方式。*fork* 复制正在运行的进程：快，而且父进程有的子进程都有。*spawn* 启动一个全新的 Python，重新导入程序：慢，但干净。*forkserver* 请一个小小的服务进程来 fork：干净，也快些。

用 \`spawn\` 时，子进程只得到作为参数传给它的东西；程序的主体必须写在 \`if __name__ == '__main__'\` 之下，否则每个子进程又会去启动子进程。默认方式各不相同：Windows 和 macOS 是 \`spawn\`；Linux 长期是 \`fork\`，从 Python 3.14 起是 \`forkserver\`；这里是 \`fork\`。`,
  ),
  opens: 'spawned',
  moments: [
    {
      id: 'forked',
      title: both('By fork', '用 fork'),
      text: both('Half a millisecond after the start the copy speaks: {time} into the run. It sees the value that the parent had set by then.', '启动半毫秒之后，副本就说话了：此时运行了 {time}。它看得到父进程当时设置的值。'),
      find: (run) => run.line(/^fork child/),
    },
    {
      id: 'spawned',
      title: both('By spawn', '用 spawn'),
      text: both(
        'A new interpreter has to start and to import the program: the parent waits {length}, many times as long. (The start itself costs 20 ms of virtual time here; on a laptop it is 20 to 50 ms.)',
        '新的解释器要启动，还要导入程序：父进程等了 {length}，长了许多倍。（在这里，启动本身花费 20 毫秒虚拟时间；在笔记本电脑上是 20 到 50 毫秒。）',
      ),
      find: waitFor('spawn-0'),
    },
    {
      id: 'sees',
      title: both('What it sees', '它看到的'),
      text: both(
        'The spawned child has imported the program, so `ready` has its first value. What the main part did later, under `if __name__`, never happened here.',
        'spawn 出来的子进程重新导入了程序，所以 `ready` 是最初的值。主程序后来在 `if __name__` 之下做的事，在这里从未发生。',
      ),
      find: (run) => run.line(/^spawn child/),
    },
  ],
  question: {
    ask: both('Now {CHILDREN} children are started each way. What does the first *spawned* child see as `ready`?', '现在每种方式启动 {CHILDREN} 个子进程。第一个用 *spawn* 启动的子进程看到的 `ready` 是什么？'),
    kind: 'choice',
    choices: () => [
      { value: 'set after the start', text: both('set after the start', 'set after the start') },
      { value: 'only in the main program', text: both('only in the main program', 'only in the main program') },
      { value: 'NameError', text: both('nothing: a NameError', '什么也没有：NameError') },
    ],
    answer: (run) => run.printed(/^spawn child \d+ sees: (.*)$/),
    because: both(
      'It ran the program’s first lines itself and came to “{answer}”. The main part is not run in a child.',
      '它自己执行了程序开头的几行，得到 “{answer}”。主程序部分不会在子进程里执行。',
    ),
    see: (run) => run.line(/^spawn child/),
  },
  exercise: {
    kind: 'repair',
    ask: both('Change the program so that the spawned children, too, see `set after the start`.', '修改程序，使 spawn 启动的子进程也看到 `set after the start`。'),
    hint: both('What goes into `args` goes to the child, however it is started.', '无论怎样启动，放进 `args` 的东西都会交给子进程。'),
    solution,
    holds: 'always',
    schedules: 2,
    searched: 12,
    check: (run, { CHILDREN }) => {
      for (const how of ['fork', 'spawn']) {
        const seen = run.lines.filter((line) => new RegExp(`^${how} child \\d+ sees: set after the start$`).test(line)).length;
        if (seen !== CHILDREN) return both(`The children started by ${how} do not all see it.`, `用 ${how} 启动的子进程没有全部看到。`);
      }
      const spawned = run.children.filter(({ method }) => method === 'spawn').length;
      return spawned === CHILDREN ? true : both('{CHILDREN} children should still be spawned.', '仍要用 spawn 启动 {CHILDREN} 个子进程。');
    },
  },
};
