import { both, type Lesson } from '../../lesson';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'isolation',
  program,
  numbers: { START: { from: 10, to: 40 }, CHILDREN: { from: 2, to: 4 } },
  text: both(
    `Processes do not share memory. A child that is forked has a *copy* of its parent’s variables; a change in one copy stays in that copy. Even a list that both “have” is two lists.

This is what makes processes safe: one cannot spoil what another is working on. It is also why they need ways to send each other things: the next chapter is about those.`,
    `进程之间不共享内存。fork 出来的子进程得到父进程变量的一份*副本*；在一份副本上的修改只留在那份副本里。即使是双方都“有”的列表，其实也是两个列表。

进程的安全正在于此：谁也弄不坏别人正在处理的数据。也正因如此，它们需要互相传递数据的办法：后面的章节就讲这些。`,
  ),
  opens: 'first',
  moments: [
    {
      id: 'first',
      title: both('The first child spends', '第一个子进程花钱'),
      text: both('It takes 1 from its own copy of the list, which began with {START}.', '它从自己那份列表里减去 1，这份列表原来是 {START}。'),
      find: (run) => run.line(/^child has/),
    },
    {
      id: 'last',
      title: both('So does the last', '最后一个也是'),
      text: both('It began with {START} too: what the others have spent is not missing here.', '它也是从 {START} 开始的：别的子进程花掉的，在它这里并没有少。'),
      find: (run) => run.model.output.findLast(({ text }) => text.startsWith('child has')),
    },
    {
      id: 'main',
      title: both('Nothing was spent', '一分没花'),
      text: both('The parent’s list is as it was.', '父进程的列表原封不动。'),
      find: (run) => run.line(/^main has/),
    },
  ],
  question: {
    ask: both('Now `money` begins with {START}, and {CHILDREN} children take 1 each. What does the main program print: `main has` …?', '现在 `money` 从 {START} 开始，{CHILDREN} 个子进程各减 1。主程序打印的 `main has` 后面是多少？'),
    kind: 'number',
    answer: (run) => Number(run.printed(/^main has (\d+)$/) ?? NaN),
    because: both('Each child took 1 from a copy of its own. The parent still has {answer}.', '每个子进程都是从自己的副本里减的。父进程还有 {answer}。'),
    see: (run) => run.line(/^main has/),
    slips: [
      { value: (_run, { START, CHILDREN }) => START - CHILDREN, say: both('So it would be with threads, or with shared memory.', '如果用线程或共享内存，才会是这样。') },
      { value: (_run, { START }) => START - 1, say: both('That is what each child has.', '那是每个子进程手里的数。') },
    ],
  },
  exercise: {
    kind: 'change',
    ask: both(
      'Change the program so that the {CHILDREN} processes really spend from one purse: at the end the main program should have {CHILDREN} less than at the start, under any schedule. The children should still be processes.',
      '修改程序，让 {CHILDREN} 个进程真正从同一个钱包里花钱：无论怎样调度，主程序最后都应比开始时少 {CHILDREN}。子进程仍须是进程。',
    ),
    hint: both('`multiprocessing.Value` is one number that all processes see; its `get_lock()` is for changes that take more than one step.', '`multiprocessing.Value` 是所有进程都看得到的一个数；修改需要不止一步时，要用它的 `get_lock()`。'),
    solution,
    holds: 'always',
    schedules: 4,
    searched: 24,
    check: (run, { START, CHILDREN }) => {
      if (run.children.filter(({ name }) => name.startsWith('child')).length !== CHILDREN) {
        return both('There should be {CHILDREN} child processes.', '应当有 {CHILDREN} 个子进程。');
      }
      if (run.count(/^child has/) !== CHILDREN) return both('Each child should say what it has.', '每个子进程都应说出自己手里的数。');
      const left = run.printed(/^main has (-?\d+)$/);
      if (left !== String(START - CHILDREN)) return both('The main program does not have what should be left.', '主程序手里不是应剩的数。');
      const seen = new Set(run.lines.filter((line) => line.startsWith('child has')));
      return seen.size === CHILDREN ? true : both('Two children saw the same amount: one of them spent from a copy.', '有两个子进程看到了同样的数：其中一个花的是副本。');
    },
  },
};
