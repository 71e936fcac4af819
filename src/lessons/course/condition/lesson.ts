import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const last = (run: RunReader) => run.longestWait({ reason: 'condition', on: 'baked' });

export const lesson: Lesson = {
  id: 'condition',
  program,
  numbers: { EATERS: { from: 2, to: 4 }, CAKES: { from: 1, to: 3 } },
  text: both(
    `“Wait until there is a cake”: what is waited for is not an object but a *fact* about shared data. That is what a *condition* is for. It has a lock with it. Under the lock one checks; if the fact does not hold, \`wait\` gives the lock back *and* waits, in one step, so that no change can slip in between. Whoever changes the data calls \`notify\`.

Being woken is not a promise, only a hint: somebody else may have been quicker. So the check stands in a *loop*: \`while cakes == 0: baked.wait()\`.`,
    `“等到有蛋糕为止”：等的不是某个对象，而是关于共享数据的一个*事实*。*条件变量*就是干这个的。它带着一把锁。持锁检查；如果事实不成立，\`wait\` 在一步之内归还锁*并*开始等待，所以不会有变化从中间溜过。修改数据的人调用 \`notify\`。

被唤醒不等于条件成立，只是一个提示：可能有人抢先了一步。所以检查要写成*循环*：\`while cakes == 0: baked.wait()\`。`,
  ),
  opens: 'notify',
  moments: [
    {
      id: 'wait',
      title: both('No cake yet', '还没有蛋糕'),
      text: both('The eater holds the lock, sees that there is none, and waits. While it waits the lock is free: see the lane of the lock.', '食客拿着锁，看到没有蛋糕，于是等待。等待期间锁是空闲的：看锁的泳道。'),
      find: (run) => run.wait({ reason: 'condition', on: 'baked' }),
    },
    {
      id: 'notify',
      title: both('Notified', '通知'),
      text: both('The baker has changed the number and says so. One of those that wait is woken, has to take the lock again, and checks once more.', '面包师改了数，说一声。等待者中的一个被唤醒，要重新拿到锁，再检查一遍。'),
      find: (run) => run.event('notify', { on: 'baked' }),
    },
    {
      id: 'last',
      title: both('The last one', '最后一个'),
      text: both('It has waited {length}, for as many cakes as there are eaters.', '它等了 {length}，等到蛋糕和食客一样多。'),
      find: last,
    },
  ],
  question: {
    ask: both('Now {EATERS} eaters wait, and the baker needs {CAKES} s for each cake. How long does the last eater wait?', '现在 {EATERS} 位食客在等，面包师每个蛋糕要 {CAKES} 秒。最后一位食客等多久？'),
    kind: 'seconds',
    answer: (run) => {
      const wait = last(run);
      return wait && (wait.end - wait.start) / 1e9;
    },
    because: both('Each cake wakes one eater. The last cake is there after {answer} seconds.', '每个蛋糕唤醒一位食客。最后一个蛋糕在 {answer} 秒后做好。'),
    see: last,
    slips: [{ value: (_run, { CAKES }) => CAKES, say: both('After that time there is one cake, for one eater.', '那时只有一个蛋糕，够一位食客。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'This baker is quick: all cakes are baked and notified before an eater comes. A notification that nobody waits for is lost, and the eaters wait for ever. Repair `eat` so that all {EATERS} get a cake under any schedule.',
      '这位面包师太快：食客还没来，蛋糕都做好了，也都通知过了。没有人在等的通知就丢失了，于是食客永远在等。修复 `eat`，使得无论怎样调度，{EATERS} 位食客都能吃到蛋糕。',
    ),
    hint: both('Ask first, and wait only if there is none.', '先问，没有才等。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 4,
    searched: 200,
    check: (run, { EATERS }) => {
      if (run.stuck) return both('An eater waits for ever: here is the schedule.', '有食客永远在等：就是这种调度。');
      if (run.count(/has a cake$/) !== EATERS) return both('Not every eater got a cake.', '不是每位食客都吃到了蛋糕。');
      if (run.printed(/^left (-?\d+)$/) !== '0') return both('There should be no cake left, and none too few.', '蛋糕应当不多不少，正好吃完。');
      const baked = run.events('notify', { on: 'baked' });
      const eaten = run.events('output').filter(({ value }) => / has a cake/.test(String(value)));
      if (eaten.some(({ event }, number) => baked.length >= EATERS && baked[number].event > event)) {
        return both('Somebody ate a cake that was not baked yet.', '有人吃了还没做好的蛋糕。');
      }
      return run.seconds < 60 ? true : both('It takes too long.', '时间太长了。');
    },
  },
  puzzle: 'missed-notify',
};
