import { both, type Lesson } from '../../lesson';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'gil-waiting',
  program,
  settings: { cpus: 2 },
  numbers: { THREADS: { from: 2, to: 5 }, DOWNLOAD: { from: 2, to: 5 } },
  text: both(
    `The GIL keeps threads from *computing* at the same time, not from *waiting* at the same time. Whoever waits, for the network, a file, a lock, \`sleep\`, gives the GIL up first. Otherwise everybody else would have to wait too.

So threads are of use where a program mostly waits: three downloads take as long as one. What also gives the GIL up: some C code that computes for long, as in \`zlib\`, \`hashlib\` and NumPy. And every 5 milliseconds a thread that computes is asked to hand it over.`,
    `GIL 让线程不能同时*计算*，但不妨碍它们同时*等待*。凡是要等待的，无论是等网络、文件、锁还是 \`sleep\`，都会先交出 GIL。否则大家都得陪着等。

所以，程序主要在等待时，线程就有用：三个下载和一个下载用的时间一样长。还有一些长时间计算的 C 代码也会交出 GIL，例如 \`zlib\`、\`hashlib\` 和 NumPy。此外，正在计算的线程每 5 毫秒会被要求交出一次。`,
  ),
  opens: 'wait',
  moments: [
    {
      id: 'wait',
      title: both('All wait at once', '同时等待'),
      text: both('Each thread waits {length} for its answer, at the same time as the others. The lane of the GIL is empty: nobody needs it.', '每个线程等回答 {length}，大家同时在等。GIL 的泳道是空的：没有人需要它。'),
      find: (run) => run.wait({ task: 'fetch-0', reason: 'sleep' }),
    },
    {
      id: 'work',
      title: both('One works at a time', '一次只有一个在工作'),
      text: both('All answers come in the same instant. Now there is something to compute, and the threads have to take turns.', '所有回答在同一瞬间到来。现在有东西要计算，线程只好轮流。'),
      find: (run) => run.intervals('fetch-0', 'running').find(({ start, end }) => start > 1e9 && end - start > 1e5),
    },
    {
      id: 'last',
      title: both('The last file', '最后一个文件'),
      text: both('A few milliseconds of turns after {DOWNLOAD} s of waiting: it hardly matters.', '等待 {DOWNLOAD} 秒之后，轮流计算只用了几毫秒：几乎无关紧要。'),
      find: (run) => run.model.output.findLast(({ text }) => text.includes('is there')),
    },
  ],
  question: {
    ask: both('Now {THREADS} threads each wait {DOWNLOAD} s for their answer, then compute for about two milliseconds. How many seconds does the run take?', '现在 {THREADS} 个线程各等待回答 {DOWNLOAD} 秒，然后计算约两毫秒。运行要多少秒？'),
    kind: 'seconds',
    answer: (run) => (run.finished ? run.seconds : undefined),
    because: both('The waiting is done at the same time, for nobody holds the GIL while waiting: {answer} s.', '等待是同时进行的，因为等待时没有人占着 GIL：{answer} 秒。'),
    see: (run) => run.wait({ task: 'fetch-0', reason: 'sleep' }),
    slips: [{ value: (_run, { THREADS, DOWNLOAD }) => THREADS * DOWNLOAD, say: both('So it would be if a waiting thread kept the GIL.', '如果等待的线程不放开 GIL，才会这么久。') }],
  },
  exercise: {
    kind: 'change',
    ask: both(
      'This program fetches one file after the other, without threads. Make it fetch all at the same time, so that it takes little more than {DOWNLOAD} s. `all are there` should be the last line.',
      '这个程序不用线程，一个接一个地取文件。让它同时取，使总时间只比 {DOWNLOAD} 秒多一点。`all are there` 应当是最后一行。',
    ),
    hint: both('Start a thread for each, keep them in a list, and join them all.', '为每个文件启动一个线程，放进列表，最后全部 `join`。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 6,
    searched: 100,
    check: (run) => {
      const [files, download] = [run.count(/^file \d+ is there$/), run.longestWait({ reason: 'sleep' })];
      if (files < 3) return both('All files should be fetched.', '所有文件都要取到。');
      if (run.lines.at(-1) !== 'all are there') return both('The last line should be `all are there`.', '最后一行应当是 `all are there`。');
      if (run.waits({ reason: 'sleep', seconds: 1.99 }).length < files) return both('Each file should still take its time.', '每个文件仍要花原来的时间。');
      return download && run.seconds < (download.end - download.start) / 1e9 + 0.5 ? true : both('They are not all fetched at the same time.', '它们没有同时取。');
    },
  },
};
