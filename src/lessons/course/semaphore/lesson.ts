import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

const lastWait = (run: RunReader) => run.longestWait({ reason: 'semaphore', on: 'places' });
/** Cars that are in the car park at a moment: in, and not out. */
const mostInside = (run: RunReader): number => {
  let [now, most] = [0, 0];
  for (const line of run.lines) {
    if (line.endsWith('is in')) most = Math.max(most, ++now);
    if (line.endsWith('is out')) now--;
  }
  return most;
};

export const lesson: Lesson = {
  id: 'semaphore',
  program,
  numbers: { CARS: { from: 4, to: 8 }, PLACES: { from: 2, to: 3 } },
  text: both(
    `A lock lets one in. A *semaphore* lets in a number of them: it counts *permits*. \`acquire\` takes one, and waits where none is left; \`release\` gives one back. A semaphore with one permit is nearly a lock.

Use it wherever something is there a few times: places in a car park, connections to a database, downloads at once.`,
    `锁一次放进一个，*信号量*一次放进若干个：它对*许可*计数。\`acquire\` 取走一个许可，没有了就等待；\`release\` 归还一个。只有一个许可的信号量几乎就是锁。

凡是数量有限的东西都可以用它：停车位、数据库连接、同时进行的下载。`,
  ),
  opens: 'wait',
  moments: [
    {
      id: 'in',
      title: both('In', '进'),
      text: both('There are {PLACES} permits; the first cars take them and drive in. The chart of `places` goes down to 0.', '一共 {PLACES} 个许可，先到的车取走许可开进去。`places` 的图降到 0。'),
      find: (run) => run.event('acquire', { on: 'places' }),
    },
    {
      id: 'wait',
      title: both('No permit left', '没有许可了'),
      text: both('This car waits {length} until it is its turn.', '这辆车等了 {length} 才轮到。'),
      find: lastWait,
    },
    {
      id: 'out',
      title: both('Out', '出'),
      text: both('A permit is given back. A car that waits takes it at once: the number is up for an instant only.', '归还一个许可。等着的车立刻取走：计数只升高一瞬间。'),
      find: (run) => run.event('release', { on: 'places' }),
    },
  ],
  question: {
    ask: both('Now {CARS} cars come at once to {PLACES} places; each stays for one second. How long does the car wait that waits longest?', '现在 {CARS} 辆车同时来到有 {PLACES} 个车位的停车场，每辆停 1 秒。等得最久的那辆等了多少秒？'),
    kind: 'seconds',
    answer: (run) => {
      const wait = lastWait(run);
      return wait && (wait.end - wait.start) / 1e9;
    },
    because: both('{PLACES} at a time drive in each second, and the last ones have waited for all rounds before theirs: {answer} seconds.', '每秒进 {PLACES} 辆，最后一批等过了前面的每一轮：{answer} 秒。'),
    see: lastWait,
    slips: [
      { value: (_run, { CARS, PLACES }) => Math.ceil(CARS / PLACES), say: both('That is when it drives out. It waits one second less.', '那是它开出来的时刻，等待要少一秒。') },
      { value: (_run, { CARS }) => CARS - 1, say: both('So it would be with one place.', '只有一个车位才会这么久。') },
    ],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Somebody forgets to give the permit back, and one by one the cars behind wait longer. Repair the program: never more than {PLACES} cars inside, all of them done after as few seconds as {PLACES} places allow, and all {PLACES} permits there at the end.',
      '有辆车忘了归还许可，后面的车越等越久。修复程序：里面从不超过 {PLACES} 辆，所有车用 {PLACES} 个车位所允许的最短时间停完，最后 {PLACES} 个许可都在。',
    ),
    hint: both('With `with places:` nobody can forget it.', '用 `with places:` 就不会忘。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 4,
    searched: 200,
    check: (run, { CARS, PLACES }) => {
      if (!run.finished || run.lines.at(-1) !== 'the car park is empty') return both('The program does not come to its last line.', '程序没有运行到最后一行。');
      if (run.count(/is in$/) !== CARS || run.count(/is out$/) !== CARS) return both('{CARS} cars should drive in and out.', '应当有 {CARS} 辆车开进开出。');
      if (mostInside(run) > PLACES + 1) return both('There were too many cars inside.', '里面的车太多了。');
      const [taken, given] = [run.events('acquire', { on: 'places' }), run.events('release', { on: 'places' })];
      if (taken.length !== given.length) return both('At the end there are not {PLACES} permits.', '最后许可不是 {PLACES} 个。');
      return run.seconds < Math.ceil(CARS / PLACES) + 0.5 ? true : both('It takes too long: a place stays empty.', '时间太长：有车位一直空着。');
    },
  },
};
