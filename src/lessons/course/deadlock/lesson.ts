import type { Lesson } from '../../lesson';
import { type RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const waitOf = (task: string) => (run: RunReader) => run.waits({ task, reason: 'lock' }).at(-1);

export const lesson: Lesson = {
  id: 'deadlock',
  program,
  numbers: { PAUSE: { of: [1.5, 2, 2.5, 3, 4] } },
  text: {
    en: `The writer takes the pen, then wants the paper. The drawer takes the paper, then wants the pen. Each holds what the other needs, and neither lets go before it has both. From then on nobody can go on: a *deadlock*.

Four things must come together: only one may hold a thing at a time; who waits keeps what it has; nothing is taken away; and they wait in a *circle*. Break one of the four, and there is no deadlock. The last is the easiest to break.`,
    zh: `writer 拿了笔，再要纸；drawer 拿了纸，再要笔。双方都占着对方需要的东西，又都要等两样齐全才肯放手。从此谁也走不下去：这就是*死锁*。

死锁要同时满足四个条件：一样东西同一时刻只能由一个任务占有（互斥）；等待的同时不放手（占有并等待）；不能被夺走（不可抢占）；并且等待首尾相接成*环*（循环等待）。打破其中任何一个就不会死锁，最容易打破的是最后一个。`,
  },
  opens: 'circle',
  moments: [
    {
      id: 'first',
      title: { en: 'One of each', zh: '各拿一样' },
      text: {
        en: 'Both have taken their first lock, and nothing is wrong yet. Had one of them had both before the other began, all would be well: that is why such a bug may sleep for years.',
        zh: '双方各拿到第一把锁，此时还没有出错。如果其中一方在另一方开始之前就拿齐了两把锁，一切正常：所以这种错误可能潜伏好几年。',
      },
      find: (run) => run.event('acquire', { task: 'drawer', on: 'paper' }),
    },
    {
      id: 'half',
      title: { en: 'The drawer waits', zh: 'drawer 开始等待' },
      text: {
        en: 'It wants the pen, which the writer has. A wait like many others, as long as the writer will go on some day.',
        zh: '它要的笔在 writer 手里。只要 writer 总有一天会继续，这不过是一次普通的等待。',
      },
      find: waitOf('drawer'),
    },
    {
      id: 'circle',
      title: { en: 'The circle closes', zh: '环闭合了' },
      text: {
        en: 'Now the writer wants the paper. The drawer has it, and waits for the writer. The view *Waits* below the timeline shows the circle in red; the main thread waits too, for threads that will never end.',
        zh: '现在 writer 要纸，纸在 drawer 手里，而 drawer 在等 writer。时间线下方的 *等待* 视图用红色画出了这个环；主线程也在等，等两个永远不会结束的线程。',
      },
      find: waitOf('writer'),
    },
  ],
  question: {
    ask: {
      en: 'Now the writer holds the pen for {PAUSE} seconds before it asks for the paper; the drawer holds the paper for one second, then asks for the pen. Which wait closes the circle?',
      zh: '现在 writer 拿着笔 {PAUSE} 秒之后才要纸；drawer 拿着纸 1 秒之后就要笔。是哪一次等待使环闭合？',
    },
    kind: 'choice',
    choices: () => [
      { value: 'writer', text: { en: 'the writer’s, for the paper', zh: 'writer 对纸的等待' } },
      { value: 'drawer', text: { en: 'the drawer’s, for the pen', zh: 'drawer 对笔的等待' } },
      { value: 'none', text: { en: 'none: both get what they want in the end', zh: '都不是：双方最后都能拿到' } },
    ],
    answer: (run) => {
      const [writer, drawer] = [waitOf('writer')(run), waitOf('drawer')(run)];
      if (!run.deadlocked) return run.finished ? 'none' : undefined;
      return writer && drawer && (writer.start > drawer.start ? 'writer' : 'drawer');
    },
    because: {
      en: 'The wait that begins last closes it. The other one has begun before and, by itself, would have been harmless.',
      zh: '最后开始的那次等待使环闭合。另一次等待早已开始，单独来看并无害处。',
    },
    see: waitOf('writer'),
  },
  exercise: {
    kind: 'repair',
    ask: {
      en: 'Repair the program: under no schedule may it come to a deadlock. Both threads should still hold both locks at once when they print.',
      zh: '修复程序：无论怎样调度都不能死锁。两个线程打印时仍要同时持有两把锁。',
    },
    hint: {
      en: 'If everybody takes the locks in the same order, no circle can form.',
      zh: '如果所有人都按相同的顺序拿锁，就不可能形成环。',
    },
    solution,
    holds: 'always',
    schedules: 4,
    searched: 200,
    check: (run) => {
      if (run.deadlocked) return { en: 'There is a schedule that still ends in a deadlock: here it is.', zh: '仍有一种调度会死锁：就是这一种。' };
      if (!run.finished || run.lines.at(-1) !== 'both done') return { en: 'The program does not come to its end.', zh: '程序没有运行到结尾。' };
      for (const [task, line] of [['writer', 'written'], ['drawer', 'drawn']] as const) {
        const printed = run.events('output', { task }).find(({ value }) => String(value).startsWith(line));
        if (printed === undefined) return { en: `The ${task} no longer prints “${line}”.`, zh: `${task} 不再打印 “${line}”。` };
        for (const lock of ['pen', 'paper']) {
          const held = run.events('acquire', { task, on: lock }).filter(({ event }) => event < printed.event).length
            - run.events('release', { task, on: lock }).filter(({ event }) => event < printed.event).length;
          if (held !== 1) return { en: `The ${task} prints without having the ${lock}.`, zh: `${task} 打印时没有持有 ${lock}。` };
        }
      }
      return true;
    },
  },
  puzzle: 'two-locks',
};
