import { both, type Lesson } from '../../lesson';
import exercise from './exercise.py?raw';
import program from './program.py?raw';
import solution from './solution.py?raw';

export const lesson: Lesson = {
  id: 'callbacks',
  program,
  numbers: { JOBS: { from: 3, to: 4 }, SLOW: { of: [2.5, 3.5, 4.5, 5.5] } },
  text: both(
    `\`apply_async\` orders a job and goes on at once. How does one hear of the result? One may ask for it, \`result.get()\`, and wait. Or one leaves a function, a *callback*: the pool calls it with the result as soon as that is there.

The callback runs in the main process, in a thread of the pool’s own that collects results. So it can use the main program’s variables; and it must be short, for while it runs no other result is collected.`,
    `\`apply_async\` 下单之后立刻继续。怎样得知结果呢？可以用 \`result.get()\` 去要，并等待；也可以留下一个函数，即*回调函数*：结果一出来，进程池就用结果去调用它。

回调函数在主进程里运行，由进程池自己收集结果的线程来执行。所以它能使用主程序的变量；但必须简短，因为它运行时别的结果都没有人收。`,
  ),
  opens: 'served',
  moments: [
    {
      id: 'ordered',
      title: both('All are ordered', '都下单了'),
      text: both('Nothing is cooked yet, and the main program is already here: ordering does not wait.', '一道菜都还没做好，主程序已经走到这里：下单不用等。'),
      find: (run) => run.line(/^all are ordered/),
    },
    {
      id: 'served',
      title: both('The first is served', '上第一道菜'),
      text: both('Not the one that was ordered first, but the one that was ready first. Callbacks come in the order of the results.', '不是最先点的，而是最先做好的。回调按结果出来的先后进行。'),
      find: (run) => run.line(/^served/),
    },
    {
      id: 'last',
      title: both('The slow one', '最慢的一道'),
      text: both('Dish 0 took {SLOW} s. `join` has waited for it.', '0 号菜用了 {SLOW} 秒。`join` 一直在等它。'),
      find: (run) => run.line(/^served: dish 0/),
    },
  ],
  question: {
    ask: both('Now there are {JOBS} dishes. Dish 0 takes {SLOW} s, every other as many seconds as its number. Which dish is served *second*?', '现在有 {JOBS} 道菜。0 号菜要 {SLOW} 秒，其他菜所需的秒数等于自己的编号。*第二*道上的是哪道菜？'),
    kind: 'choice',
    choices: ({ JOBS }) => Array.from({ length: JOBS }, (_, dish) => ({ value: `dish ${dish}`, text: both(`dish ${dish}`, `${dish} 号菜`) })),
    answer: (run) => run.lines.filter((line) => line.startsWith('served'))[1]?.replace('served: ', ''),
    because: both('The callbacks come as the results do, sorted by time: {answer} is the second to be ready.', '回调随结果而来，按时间排序：第二个做好的是 {answer}。'),
    see: (run) => run.model.output.filter(({ text }) => text.startsWith('served'))[1],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'One dish burns, and nobody hears of it: without `error_callback` or `get` an exception in a worker is lost. Repair the program so that it prints `sorry: it burnt`, once, and still serves the others.',
      '有一道菜烧糊了，却没有人知道：没有 `error_callback` 也没有 `get`，工作进程里的异常就丢失了。修复程序，让它打印一次 `sorry: it burnt`，其他菜照常上。',
    ),
    hint: both('`apply_async` takes an `error_callback`, which is called with the exception.', '`apply_async` 可以带 `error_callback`，出错时用异常来调用它。'),
    program: exercise,
    solution,
    holds: 'always',
    schedules: 2,
    searched: 12,
    check: (run, { JOBS }) => {
      if (run.count(/^served: dish/) !== JOBS - 1) return both('The other dishes should be served.', '其他菜应当照常上。');
      if (run.count(/^sorry: it burnt$/) !== 1) return both('Nobody hears that the dish burnt.', '没有人知道那道菜烧糊了。');
      return run.finished ? true : both('The program does not come to its end.', '程序没有运行到结尾。');
    },
  },
};
