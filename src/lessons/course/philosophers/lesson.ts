import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const patient = (run: RunReader) => run.longestWait({ reason: 'lock', seconds: 0.1 });

export const lesson: Lesson = {
  id: 'philosophers',
  program,
  numbers: { GUESTS: { from: 3, to: 5 }, THINK: { from: 1, to: 3 } },
  text: both(
    `Guests sit round a table, with one fork between each two. To eat one needs both forks beside one’s plate. All take the left one first; then all want the right one, which the neighbour holds. This is the deadlock of many.

There are three usual ways out. *Order*: all take the fork with the lower number first, so no circle can form. *Patience with a limit*: \`acquire(timeout=…)\`, then put the first fork back and try later, as these guests do. *Fewer at the table*: a semaphore lets in one guest less than there are seats.`,
    `客人围坐一桌，每两人之间放一把叉子。要吃饭，得同时拿到盘子两边的叉子。大家先拿左边的，然后都要右边的，而右边的在邻座手里。这就是多方的死锁。

通常有三条出路。*排序*：大家都先拿编号小的叉子，就形成不了环。*有限的耐心*：\`acquire(timeout=…)\`，拿不到就放下第一把，过后再试，这里的客人就是这样。*少坐一个*：用信号量，比座位数少放进一位客人。`,
  ),
  opens: 'wait',
  moments: [
    {
      id: 'left',
      title: both('All have one', '每人一把'),
      text: both('Each guest has the left fork and thinks for {THINK} s.', '每位客人都拿了左边的叉子，思考 {THINK} 秒。'),
      find: (run) => run.wait({ reason: 'sleep', seconds: 0.5 }),
    },
    {
      id: 'wait',
      title: both('All want another', '都要另一把'),
      text: both('A circle of waits: each waits for the next. But with a limit: after {length} this one has had enough or has been let in.', '等待连成了环：每人等下一个人。但有时限：{length} 之后，这一位不再等，或者等到了。'),
      find: patient,
    },
    {
      id: 'end',
      title: both('The circle breaks', '环断开了'),
      text: both('Somebody gives up and puts a fork back: the neighbour may eat. A limit breaks the deadlock, but not everybody gets to eat.', '有人放弃，放下叉子：邻座就可以吃了。时限打破了死锁，但不是人人都吃得上。'),
      find: (run) => run.line(/gives up/),
    },
  ],
  question: {
    ask: both('Now there are {GUESTS} guests, who think for {THINK} s with one fork in hand, and then wait one second at most. After how many seconds does the first guest give up?', '现在有 {GUESTS} 位客人，手拿一把叉子思考 {THINK} 秒，然后最多再等一秒。第一位客人在第几秒放弃？'),
    kind: 'seconds',
    answer: (run) => {
      const line = run.line(/gives up/);
      return line && line.time / 1e9;
    },
    because: both('{THINK} s of thinking and one of waiting: {answer}. How many guests there are makes no difference.', '思考 {THINK} 秒，再等一秒：{answer} 秒。客人有几位没有影响。'),
    see: patient,
    slips: [{ value: (_run, { THINK }) => THINK, say: both('Then it begins to wait; it has patience for one second.', '那时才开始等，它还有一秒的耐心。') }],
  },
  exercise: {
    kind: 'break',
    ask: both(
      'These {GUESTS} guests never starve: each takes the fork with the lower number first. Change how they take their forks, so that all still eat when everything goes by itself, and yet there is a schedule under which they wait for each other for ever. Each should eat with two forks in hand.',
      '这 {GUESTS} 位客人从不挨饿：每人都先拿编号小的叉子。修改他们拿叉子的方式，使得一切自然进行时大家仍都吃得上，但存在一种调度，让他们永远互相等待。吃的时候手里要有两把叉子。',
    ),
    hint: both('What if all took the left fork first? Nothing needs to be slower than it is.', '如果大家都先拿左边的叉子呢？不必让任何一步变慢。'),
    program: exercise,
    solution,
    holds: 'once',
    searched: 200,
    check: (run) => (run.deadlocked ? true : both('Nobody starves.', '没有人挨饿。')),
    byItself: (run, { GUESTS }) => {
      if (run.deadlocked) return both('They starve already when everything goes by itself.', '一切自然进行时，他们就已经挨饿了。');
      if (!run.finished || run.lines.at(-1) !== 'all have eaten') return both('The program does not come to its last line.', '程序没有运行到最后一行。');
      if (run.count(/^guest \d+ eats$/) !== GUESTS) return both('Not all {GUESTS} guests have eaten.', '不是 {GUESTS} 位客人都吃上了。');
      for (const { name } of run.threads) {
        const eaten = run.events('output', { task: name }).find(({ value }) => String(value).includes('eats'));
        const before = (kind: 'acquire' | 'release') => run.events(kind, { task: name })
          .filter(({ event, object }) => event < (eaten?.event ?? 0) && run.model.objectById.get(object)?.type === 'lock').length;
        if (eaten !== undefined && before('acquire') - before('release') < 2) return both('A guest eats with fewer than two forks in hand.', '有位客人吃的时候手里不到两把叉子。');
      }
      return true;
    },
  },
  puzzle: 'philosophers',
};
