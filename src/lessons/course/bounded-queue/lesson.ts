import type { Lesson } from '../../lesson';
import { secondsOf, type RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const full = (run: RunReader) => run.waits({ task: 'producer', reason: 'queue full' }).find((wait) => secondsOf(wait) > 0.1);

export const lesson: Lesson = {
  id: 'bounded-queue',
  program,
  numbers: { ITEMS: { from: 4, to: 7 }, ROOM: { from: 1, to: 3 } },
  text: {
    en: `A *producer* makes things, a *consumer* uses them, and between them stands a queue. They need not know each other, and neither has to be as fast as the other: the queue evens it out.

But not without end. \`Queue({ROOM})\` has room for {ROOM}; when it is full, \`put\` waits until something is taken out. So the fast one is held to the pace of the slow one, and memory does not fill up with what nobody has used yet.`,
    zh: `*生产者*制造数据，*消费者*使用数据，两者之间放一个队列。它们不必认识对方，快慢也不必一致：差异由队列来缓冲。

但缓冲不是无限的。\`Queue({ROOM})\` 只放得下 {ROOM} 项；满了之后，\`put\` 会一直等到有人取走一项。这样，快的一方被限制到慢的一方的速度，内存也不会被无人使用的数据塞满。`,
  },
  opens: 'full',
  moments: [
    {
      id: 'empty',
      title: { en: 'Nothing there yet', zh: '还没有数据' },
      text: {
        en: 'The consumer asks for an item. If there is none, `get` waits: it costs no CPU time, unlike a loop that looks again and again.',
        zh: '消费者来取数据。如果还没有，`get` 就等待：它不占 CPU，与反复查看的循环不同。',
      },
      find: (run) => run.event('get', { task: 'consumer', on: 'q' }),
    },
    {
      id: 'full',
      title: { en: 'Full', zh: '满了' },
      text: {
        en: 'There is no room left, so the producer’s `put` waits for {length}. Look at the chart of `q` below the lanes: it stands at {ROOM}.',
        zh: '队列没有空位了，生产者的 `put` 等了 {length}。看泳道下方 `q` 的图：它停在 {ROOM}。',
      },
      find: full,
    },
    {
      id: 'room',
      title: { en: 'Room again', zh: '又有空位' },
      text: {
        en: 'The consumer takes an item, and that very moment ends the producer’s wait. The arrow leads from the one to the other.',
        zh: '消费者取走一项，生产者的等待就在这一刻结束。箭头从一方指向另一方。',
      },
      find: (run) => {
        const wait = full(run);
        return wait && run.events('get', { task: 'consumer', on: 'q' }).find(({ event }) => event > wait.event);
      },
    },
    {
      id: 'end',
      title: { en: 'The last word', zh: '结束信号' },
      text: {
        en: 'A queue does not tell that nothing more will come. So the producer puts a `None` after the last item, and the consumer stops at it.',
        zh: '队列本身不会告诉你不会再有数据了。所以生产者在最后一项之后放入一个 `None`，消费者见到它就停下。',
      },
      find: (run) => run.events('put', { on: 'q' }).at(-1),
    },
  ],
  question: {
    ask: {
      en: 'Now {ITEMS} items go through a queue with room for {ROOM}. How many items has the producer reported as made by the time the first one is used (after one second)?',
      zh: '现在有 {ITEMS} 项数据要经过容量为 {ROOM} 的队列。到第一项被用完时（1 秒之后），生产者已经报告做好了多少项？',
    },
    kind: 'number',
    answer: (run) => {
      const used = run.line(/^used 0/);
      return used && run.model.output.filter(({ event, text }) => event < used.event && text.startsWith('made')).length;
    },
    because: {
      en: 'One item is in the consumer’s hands and {ROOM} lie in the queue: {answer} were made. The next `put` is waiting.',
      zh: '消费者手里有 1 项，队列里有 {ROOM} 项：一共做好了 {answer} 项。下一个 `put` 正在等待。',
    },
    see: full,
    slips: [
      {
        value: (_run, { ROOM }) => ROOM,
        say: {
          en: 'That many lie in the queue; but the consumer has taken one out already.',
          zh: '队列里确实有这么多；但消费者已经取走了一项。',
        },
      },
      {
        value: (_run, { ITEMS }) => ITEMS,
        say: { en: 'All of them? There is no room for so many.', zh: '全部？放不下那么多。' },
      },
    ],
  },
  exercise: {
    kind: 'repair',
    ask: {
      en: 'Now there are two consumers, and the program never ends. Look at who waits, and for what; then repair the producer so that every item is used once and all three processes end.',
      zh: '现在有两个消费者，而程序永远不会结束。看看谁在等、等什么；然后修改生产者，使每项数据恰好被使用一次，并且三个进程都能结束。',
    },
    hint: {
      en: 'What one consumer takes out of the queue the other never sees: also the end signal.',
      zh: '被一个消费者取走的东西，另一个就再也见不到了：结束信号也一样。',
    },
    program: exercise,
    solution,
    holds: 'always',
    check: (run, { ITEMS }) => {
      if (run.stuck) return { en: 'Some process still waits for ever.', zh: '仍有进程在永远等待。' };
      if (run.children.filter(({ name }) => name.startsWith('consumer')).length < 2) {
        return { en: 'There should be two consumers.', zh: '应当有两个消费者。' };
      }
      const used = run.lines.flatMap((line) => /^used (\d+)$/.exec(line)?.[1] ?? []).map(Number).sort((a, b) => a - b);
      if (used.join() !== Array.from({ length: ITEMS }, (_, item) => item).join()) {
        return { en: 'Not every item was used exactly once.', zh: '并不是每项数据都恰好被使用一次。' };
      }
      return run.lines.at(-1) === 'all done' ? true : { en: 'The last line should be “all done”.', zh: '最后一行应当是 “all done”。' };
    },
    schedules: 6,
    searched: 24,
  },
};
