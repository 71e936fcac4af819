import { both, type Lesson } from '../../lesson';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'check-then-act',
  program,
  numbers: { SEATS: { from: 1, to: 2 }, BUYERS: { from: 3, to: 6 } },
  text: both(
    `Every line here that touches \`seats\` holds the lock. And yet more tickets are sold than there are seats. What was true when it was *checked* is no longer true when one *acts* on it: in between the lock was given back.

A lock protects not a variable but a *promise*: “seats is never below 0”. All that must not be torn apart to keep the promise belongs under one hold of the lock, the check and the act.`,
    `这里每一处访问 \`seats\` 的代码都拿着锁，卖出的票却比座位多。*检查*时成立的事，到*行动*时已不再成立：中间锁被还回去了。

锁保护的不是一个变量，而是一个*承诺*：“seats 不会小于 0”。为了守住承诺而不能拆开的步骤，都要放在同一次持锁之内：检查和行动都在里面。`,
  ),
  opens: 'sold',
  moments: [
    {
      id: 'check',
      title: both('The first check', '第一次检查'),
      text: both('The first buyer sees a free seat, gives the lock back, and goes to pay.', '第一位买家看到有空座，还了锁，去付款。'),
      find: (run) => run.event('release', { on: 'lock' }),
    },
    {
      id: 'paying',
      title: both('All are paying', '大家都在付款'),
      text: both('This one has checked too, and found the same free seat: nobody has taken it yet.', '这一位也检查过了，看到的是同一个空座：还没有人占用它。'),
      find: (run) => run.waits({ reason: 'sleep' }).at(-1),
    },
    {
      id: 'sold',
      title: both('Sold once too often', '多卖了'),
      text: both('The last of {BUYERS} buyers takes a ticket. There were {SEATS} to begin with.', '{BUYERS} 位买家中的最后一位也拿到了票。一开始只有 {SEATS} 个座位。'),
      find: (run) => run.model.output.findLast(({ text }) => text.includes('has a ticket')),
    },
  ],
  question: {
    ask: both('Now there are {SEATS} free seats and {BUYERS} buyers, who all come at once. How many seats are left at the end, as the program prints it?', '现在有 {SEATS} 个空座，{BUYERS} 位买家同时到来。程序最后打印还剩几个座位？'),
    kind: 'number',
    answer: (run) => Number(run.printed(/^seats left (-?\d+)$/) ?? NaN),
    because: both('All {BUYERS} checked before anybody acted, and all were told “free”: {answer} are left.', '{BUYERS} 位都在有人行动之前检查过了，得到的答复都是“有空座”：最后剩 {answer}。'),
    see: (run) => run.line(/^seats left/),
    slips: [{ value: () => 0, say: both('So it should be; but the check of each came before the act of any.', '本应如此；但每个人的检查都在任何人的行动之前。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Repair `buy`: under any schedule exactly {SEATS} tickets are to be sold, and 0 seats to be left. Paying should still take a tenth of a second.',
      '修复 `buy`：无论怎样调度，都恰好卖出 {SEATS} 张票，剩 0 个座位。付款仍要花 0.1 秒。',
    ),
    hint: both('Either check and act under one hold of the lock; or take the seat at once and pay afterwards.', '要么在同一次持锁之内检查并行动，要么先占座、后付款。'),
    solution,
    holds: 'always',
    schedules: 4,
    searched: 200,
    check: (run, { SEATS, BUYERS }) => {
      if (!run.finished) return both('The program does not come to its end.', '程序没有运行到结尾。');
      if (run.threads.length !== BUYERS) return both('There should be {BUYERS} buyers.', '应当有 {BUYERS} 位买家。');
      if (run.count(/has a ticket$/) !== SEATS) return both('Not exactly {SEATS} tickets were sold.', '卖出的票不是恰好 {SEATS} 张。');
      if (run.printed(/^seats left (-?\d+)$/) !== '0') return both('There should be 0 seats left.', '应当剩 0 个座位。');
      return run.waits({ reason: 'sleep', seconds: 0.099 }).length >= SEATS ? true : both('Nobody pays any more.', '没有人付款了。');
    },
  },
  puzzle: 'last-seat',
};
