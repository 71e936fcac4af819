import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const answerWait = (run: RunReader) => run.longestWait({ task: run.main?.name, reason: ['pipe empty', 'receive'] });

export const lesson: Lesson = {
  id: 'pipe',
  program,
  numbers: { ROUNDS: { from: 2, to: 4 }, THINK: { from: 1, to: 3 } },
  text: both(
    `A *pipe* has two ends. What is sent into one comes out of the other, in the same order. \`Pipe()\` gives two ends that both send and receive; \`Pipe(duplex=False)\` one that only receives and one that only sends.

The sender does not wait, as long as there is room in the pipe. The receiver waits until there is something. That is all it takes for a question and an answer.`,
    `*管道*有两端。从一端送进去的东西，按原来的顺序从另一端出来。\`Pipe()\` 给出的两端都能收也能发；\`Pipe(duplex=False)\` 给出的两端，一端只收，一端只发。

只要管道里还有空间，发送方就不用等。接收方则要等到有东西为止。一问一答，有这些就够了。`,
  ),
  opens: 'wait',
  moments: [
    {
      id: 'send',
      title: both('The question', '提问'),
      text: both('`send` packs the object up (it is *pickled*) and goes on at once. What arrives is a copy.', '`send` 把对象打包（*pickle*），随即继续往下走。对方收到的是一份副本。'),
      find: (run) => run.event('send', { task: run.main?.name }),
    },
    {
      id: 'wait',
      title: both('No answer yet', '还没有回答'),
      text: both('`recv` finds the pipe empty and waits for {length}, while the helper thinks.', '`recv` 发现管道是空的，等了 {length}；这段时间 helper 正在思考。'),
      find: answerWait,
    },
    {
      id: 'answer',
      title: both('The answer', '回答'),
      text: both('The helper sends on the same pipe, the other way. That wakes the main process.', 'helper 在同一条管道上反方向发送，唤醒了主进程。'),
      find: (run) => run.event('send', { task: 'helper' }),
    },
  ],
  question: {
    ask: both('Now there are {ROUNDS} questions, and the helper thinks for {THINK} s over each. How long does the whole run take?', '现在有 {ROUNDS} 个问题，helper 每个要想 {THINK} 秒。整个运行要多长时间？'),
    kind: 'seconds',
    answer: (run) => (run.finished ? run.seconds : undefined),
    because: both(
      'The main process asks the next question only when it has the answer to the one before: {answer} seconds. Two processes, but nothing at the same time.',
      '主进程得到上一个回答之后才问下一个：{answer} 秒。虽有两个进程，却没有任何事情同时进行。',
    ),
    see: answerWait,
    slips: [{ value: (_run, { THINK }) => THINK, say: both('So it would be if all questions were thought over at the same time.', '如果所有问题同时思考，才会这么快。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'A receiver learns that nothing more will come when *every* copy of the sending end is closed: `recv` then raises `EOFError`. Here the main process closes its copy, and yet the listener waits for ever. Who else has a copy? Repair the program without sending anything else.',
      '当发送端的*所有*副本都关闭时，接收方才知道不会再有数据：这时 `recv` 抛出 `EOFError`。这里主进程关闭了它的那一份，接收方却永远在等。还有谁手里有副本？修复程序，但不要发送别的东西。',
    ),
    hint: both('The listener was given the sending end too. It is waiting for itself.', '接收方自己也拿到了发送端。它在等它自己。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 6,
    searched: 24,
    check: (run, { ROUNDS }) => {
      if (run.stuck) return both('The listener still waits for ever.', '接收方仍在永远等待。');
      if (run.count(/^heard \d/) !== ROUNDS) return both('The listener should hear {ROUNDS} numbers.', '接收方应当收到 {ROUNDS} 个数。');
      if (run.events('send', { task: run.main?.name }).length > ROUNDS) return both('More was sent than the {ROUNDS} numbers.', '除了 {ROUNDS} 个数，还发送了别的东西。');
      return run.lines.at(-1) === 'nothing more comes' ? true : both('The listener should end with “nothing more comes”.', '接收方最后应当打印 “nothing more comes”。');
    },
  },
};
