import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const empty = (run: RunReader) => run.longestWait({ task: 'reader', reason: 'queue empty' });

export const lesson: Lesson = {
  id: 'queue',
  program,
  numbers: { LETTERS: { from: 3, to: 6 } },
  text: both(
    `A *queue* is a pipe made comfortable: any number of processes may put things in, any number may take them out, and each thing is taken once. What was put in first comes out first.

\`get\` waits while the queue is empty. There are also \`empty()\`, \`full()\` and \`qsize()\`, but they tell only what *was* true a moment ago. By the time you act on the answer it may be wrong.`,
    `*队列*是用起来更方便的管道：任意多个进程可以往里放，任意多个进程可以往外取，每样东西只会被取走一次。先放进去的先出来（先进先出）。

队列为空时 \`get\` 会等待。此外还有 \`empty()\`、\`full()\` 和 \`qsize()\`，但它们说的只是*刚才*的情况。等你根据回答行动时，情况可能已经变了。`,
  ),
  opens: 'empty',
  moments: [
    {
      id: 'put',
      title: both('Something is put in', '放入'),
      text: both('The writer puts a letter in and goes on at once; a queue without a limit is never full.', 'writer 放入一封信，随即继续；没有上限的队列永远不会满。'),
      find: (run) => run.event('put', { task: 'writer', on: 'q' }),
    },
    {
      id: 'empty',
      title: both('Empty', '空'),
      text: both('The reader has read everything and waits for {length}, until the next letter comes.', 'reader 已经读完了所有的信，等了 {length}，直到下一封到来。'),
      find: empty,
    },
    {
      id: 'get',
      title: both('Taken out', '取出'),
      text: both('The arrow goes from the `put` to the `get` of the same letter. After that it is in the queue no more: nobody else can take it.', '箭头从这封信的 `put` 指向它的 `get`。此后它就不在队列里了：别人再也取不到。'),
      find: (run) => run.events('get', { task: 'reader', on: 'q' }).at(-1),
    },
  ],
  question: {
    ask: both(
      'Now the writer posts {LETTERS} letters, one each second, and rests for a second after the last too. When the *reader* ends, how many seconds has the run lasted?',
      '现在 writer 每秒寄一封，共寄 {LETTERS} 封，最后一封之后也歇一秒。*reader* 结束时，运行进行了多少秒？',
    ),
    kind: 'seconds',
    answer: (run) => {
      const end = run.task('reader')?.endedAt;
      return end === undefined ? undefined : end / 1e9;
    },
    because: both('The first letter comes at once, the last after {answer} seconds, and then the reader has all it wants.', '第一封立刻就到，最后一封在 {answer} 秒后到，这时 reader 就收齐了。'),
    see: empty,
    slips: [{ value: (_run, { LETTERS }) => LETTERS, say: both('That is when the writer ends, after its last rest.', '那是 writer 歇完最后一秒才结束的时刻。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'This reader stops as soon as the queue is empty, and misses letters that come later. Repair it so that it reads all {LETTERS} letters, however slowly they come, and then prints `got {LETTERS}`. The writer, too, may be changed; but the reader must not know the number beforehand.',
      '这个 reader 一见队列为空就停下，漏掉了后来的信。修复它：不管信来得多慢，都要读完 {LETTERS} 封，然后打印 `got {LETTERS}`。writer 也可以改；但 reader 不能事先知道封数。',
    ),
    hint: both('“Empty” is not “finished”. Only the writer knows when it is finished; it has to say so.', '“空”不等于“完”。只有 writer 知道什么时候完，必须由它说出来。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 6,
    searched: 24,
    check: (run, { LETTERS }) => {
      if (run.stuck) return both('The reader waits for ever.', 'reader 永远在等。');
      if (run.count(/^read letter/) !== LETTERS) return both('Not all letters were read.', '不是所有的信都读到了。');
      if (run.printed(/^got (\d+)$/) !== String(LETTERS)) return both('The reader does not print how many it got.', 'reader 没有打印它收到多少封。');
      const puts = run.events('put', { on: 'q' }).length;
      return puts > LETTERS || run.seconds < 1000 ? true : both('It takes far too long.', '时间太长了。');
    },
  },
};
