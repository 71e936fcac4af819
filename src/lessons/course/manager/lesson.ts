import { both, type Lesson } from '../../lesson';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'manager',
  program,
  numbers: { WORKERS: { from: 2, to: 5 } },
  text: both(
    `How can processes share a *dict*? A dict cannot lie in shared memory as a number can. So a *manager* keeps it: a process of its own that holds the real objects. Everybody else has a *proxy*, which looks like a dict; each operation on it is a message to the manager, and an answer.

That is convenient, and slow: each access is a trip to another process and back. And what one gets out of it is a *copy*.`,
    `进程之间怎样共享一个*字典*？字典不像数字那样可以放进共享内存。所以由*管理器*来保管：它是一个单独的进程，真正的对象在它手里。其他进程拿到的是*代理*，用起来像字典；对代理的每次操作，都是发给管理器的一条消息，再等它回答。

这样方便，但是慢：每次访问都要到另一个进程走一个来回。而且，从里面取出来的是一份*副本*。`,
  ),
  opens: 'ask',
  moments: [
    {
      id: 'manager',
      title: both('One process more', '多出一个进程'),
      text: both('`Manager()` has started a process. Here the dict really is.', '`Manager()` 启动了一个进程。字典其实在这里。'),
      find: (run) => run.event('task-new', { task: run.main?.name }),
    },
    {
      id: 'ask',
      title: both('A message for each access', '每次访问都是一条消息'),
      text: both('`words[…] = …` in the worker sends a request and waits for the answer, {length} this time.', 'worker 里的 `words[…] = …` 发出请求并等待回答，这一次等了 {length}。'),
      find: (run) => run.longestWait({ task: 'worker-0' }),
    },
    {
      id: 'sum',
      title: both('Everything is there', '都在'),
      text: both('The main process asks too: {WORKERS} entries, put there by {WORKERS} processes.', '主进程也去查询：{WORKERS} 项，由 {WORKERS} 个进程放入。'),
      find: (run) => run.line(/entries, together/),
    },
  ],
  question: {
    ask: both('Now {WORKERS} workers put one entry each into the dict. Counting the main process and the manager: how many processes does the run have?', '现在 {WORKERS} 个 worker 各往字典里放一项。算上主进程和管理器，这次运行一共有几个进程？'),
    kind: 'number',
    answer: (run) => (run.finished ? run.children.length + 1 : undefined),
    because: both('{WORKERS} workers, the main process, and the manager, which nobody sees in the program’s text: {answer}.', '{WORKERS} 个 worker、主进程，还有程序文本里看不见的管理器：{answer} 个。'),
    see: (run) => run.event('task-new', { task: run.main?.name }),
    slips: [{ value: (_run, { WORKERS }) => WORKERS + 1, say: both('The manager is a process of its own.', '管理器自己就是一个进程。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'The list in the managed dict stays empty: `totals[\'list\']` gives a copy, and the copy is appended to. Repair `add` so that the list has {WORKERS} entries at the end.',
      '受管理的字典里，那个列表一直是空的：`totals[\'list\']` 得到的是副本，追加也只追加到副本上。修复 `add`，使列表最后有 {WORKERS} 项。',
    ),
    hint: both('Only what is assigned to a key reaches the manager.', '只有给键赋值，才会传到管理器那里。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 2,
    searched: 24,
    check: (run, { WORKERS }) => {
      if (run.children.filter(({ name }) => name.startsWith('worker')).length !== WORKERS) return both('There should be {WORKERS} workers.', '应当有 {WORKERS} 个 worker。');
      return run.printed(/^list has (\d+)$/) === String(WORKERS) ? true : both('The list does not have {WORKERS} entries.', '列表没有 {WORKERS} 项。');
    },
  },
};
