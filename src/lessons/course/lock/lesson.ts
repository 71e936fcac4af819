import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const last = (run: RunReader) => run.longestWait({ reason: 'lock', on: 'lock' });

export const lesson: Lesson = {
  id: 'lock',
  program,
  numbers: { THREADS: { from: 2, to: 5 }, HOLD: { from: 1, to: 3 } },
  text: both(
    `A *lock* (or *mutex*) is a thing that only one task can have at a time. Whoever wants it while another has it waits, and is woken when it is given back. So what stands between \`acquire\` and \`release\` is done by one task at a time: many things at once become one after the other, at this one place.

\`with lock:\` takes it, and gives it back however the block is left, also by an exception. Keep such blocks short: everybody else stands at the door.`,
    `*锁*（互斥锁）同一时刻只能由一个任务持有。别人持有时想要它的任务就等待，锁被归还时再被唤醒。所以 \`acquire\` 和 \`release\` 之间的代码，一次只有一个任务在执行：原本同时进行的事，在这一处变成一个接一个。

\`with lock:\` 拿锁，并保证不论怎样离开这段代码都会归还，抛出异常时也一样。这样的代码段要短：别人都在门口等着。`,
  ),
  opens: 'wait',
  moments: [
    {
      id: 'taken',
      title: both('Taken', '拿到'),
      text: both('The first one finds the lock free and has it at once. The lane of `lock` shows who has it.', '第一个来的时候锁是空闲的，立刻拿到。`lock` 那条泳道显示谁持有它。'),
      find: (run) => run.event('acquire', { on: 'lock' }),
    },
    {
      id: 'wait',
      title: both('At the door', '在门口'),
      text: both('This one comes when the lock is taken, and waits {length}.', '这一个来时锁已被拿走，等了 {length}。'),
      find: last,
    },
    {
      id: 'handed',
      title: both('Given back', '归还'),
      text: both('The release wakes the one who has waited longest. The arrow shows who let whom in.', '归还时唤醒等得最久的那个。箭头显示是谁放谁进去的。'),
      find: (run) => run.event('release', { on: 'lock' }),
    },
  ],
  question: {
    ask: both('Now {THREADS} visitors come at once, and each stays inside for {HOLD} s. How long does the last one wait at the door?', '现在 {THREADS} 位访客同时到来，每位在里面待 {HOLD} 秒。最后一位在门口等多久？'),
    kind: 'seconds',
    answer: (run) => {
      const wait = last(run);
      return wait && (wait.end - wait.start) / 1e9;
    },
    because: both('All the others are in before it, one after the other: {answer} seconds.', '其他人都排在它前面，一个接一个：{answer} 秒。'),
    see: last,
    slips: [{ value: (_run, { THREADS, HOLD }) => THREADS * HOLD, say: both('That includes its own stay, but inside it waits no more.', '这把它自己在里面的时间也算上了，但进去之后就不算等了。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Worker 0 divides by zero while it holds the lock, and all others wait for ever. Repair the program so that the others do their work: the mistake of one must not lock out the rest. (It may still end with its exception.)',
      '0 号 worker 拿着锁时除以了零，其他线程永远在等。修复程序，让其他线程能做完自己的事：一个线程出错，不能把别人都锁在外面。（它自己仍可以因异常结束。）',
    ),
    hint: both('`with lock:` gives the lock back in any case; so does `try … finally`.', '`with lock:` 无论如何都会归还锁；`try … finally` 也可以。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 4,
    searched: 200,
    check: (run, { THREADS }) => {
      if (run.stuck) return both('Somebody still waits for ever.', '仍有线程在永远等待。');
      if (run.threads.length !== THREADS) return both('There should be {THREADS} workers.', '应当有 {THREADS} 个 worker。');
      const count = Number(run.printed(/^log has (\d+)$/) ?? 0);
      if (count < THREADS - 1) return both('Not all of the others wrote into the log.', '其他线程没有都写进日志。');
      const naps = run.waits({ reason: 'sleep', seconds: 0.99 });
      const overlap = naps.some((nap) => naps.some((other) => other !== nap && other.start < nap.end && nap.start < other.end));
      return overlap ? both('Two workers were inside at the same time.', '有两个 worker 同时在里面。') : true;
    },
  },
};
