import { both, type Lesson } from '../../lesson';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'greenlet',
  program,
  numbers: { ROUNDS: { from: 2, to: 6 } },
  text: both(
    `A *coroutine* is a function that can stop in its midst and be taken up again later, with all its local variables as they were. \`greenlet\` is the plainest kind: \`other.switch()\` stops this one and goes on with the other.

There is no scheduler, no waiting and no lock. Everything happens in one thread; nothing is switched unless the program says so. That is the difference from threads: *who gives way decides*, and between two switches nobody comes in.`,
    `*协程*是可以中途停下、以后再接着执行的函数，局部变量都保持原样。\`greenlet\` 是最朴素的一种：\`other.switch()\` 停下自己，去执行另一个。

没有调度器，没有等待，也没有锁。一切都在一个线程里；程序不说切换，就不会切换。这正是与线程的区别：*让不让，由自己决定*，两次切换之间谁也插不进来。`,
  ),
  opens: 'pong',
  moments: [
    {
      id: 'ping',
      title: both('Into the first', '进入第一个'),
      text: both('`left.switch()` begins `ping`. The main program stops where it is.', '`left.switch()` 开始执行 `ping`。主程序停在原处。'),
      find: (run) => run.line(/^ping 0/),
    },
    {
      id: 'pong',
      title: both('Over to the other', '换到另一个'),
      text: both('`ping` has stopped in the midst of its loop, and `pong` begins.', '`ping` 停在循环中间，`pong` 开始。'),
      find: (run) => run.line(/^pong 0/),
    },
    {
      id: 'back',
      title: both('And back', '再换回来'),
      text: both('`ping` goes on after its `switch()`, with its `number` as it was.', '`ping` 从它的 `switch()` 之后继续，`number` 还是原来的值。'),
      find: (run) => run.line(/^ping 1/),
    },
    {
      id: 'main',
      title: both('To the parent', '回到上级'),
      text: both('When `ping` has come to its end, its parent goes on: the main program. `pong` is left in the midst of its loop.', '`ping` 执行完后，回到它的上级：主程序。`pong` 就停在循环中间了。'),
      find: (run) => run.line(/^main goes on/),
    },
  ],
  question: {
    ask: both('Now both loops have {ROUNDS} rounds. How many lines does the program print?', '现在两个循环各有 {ROUNDS} 轮。程序一共打印多少行？'),
    kind: 'number',
    answer: (run) => (run.finished ? run.lines.length : undefined),
    because: both(
      '{ROUNDS} times `ping`, {ROUNDS} times `pong` by turns, and the line of the main program: {answer}. After the last `pong`, `ping` goes on, its loop is over, and it ends.',
      '`ping` {ROUNDS} 次，`pong` {ROUNDS} 次，轮流打印，再加主程序的一行：{answer} 行。最后一次 `pong` 之后，`ping` 继续，循环结束，它就结束了。',
    ),
    see: (run) => run.line(/^main goes on/),
    slips: [{ value: (_run, { ROUNDS }) => ROUNDS * 2, say: both('The main program prints one too.', '主程序也打印一行。') }],
  },
  exercise: {
    kind: 'change',
    ask: both('Here all pings come first, then all pongs. Add switches so that they come by turns: ping 0, pong 0, ping 1, pong 1 … and at the end `main goes on`.', '这里先是所有的 ping，然后是所有的 pong。加上切换，使它们轮流：ping 0，pong 0，ping 1，pong 1 …… 最后是 `main goes on`。'),
    hint: both('After each line say who is next.', '每打印一行，就说下一个是谁。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 1,
    searched: 200,
    check: (run, { ROUNDS }) => {
      const wanted = Array.from({ length: ROUNDS }, (_, round) => [`ping ${round}`, `pong ${round}`]).flat();
      return run.lines.join('\n') === [...wanted, 'main goes on'].join('\n') ? true : both('They do not come by turns yet.', '它们还没有轮流出现。');
    },
  },
};
