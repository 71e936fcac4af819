import { both } from '../../lesson';
import type { Puzzle } from '../puzzle';
import program from './program.py?raw';

export const puzzle: Puzzle = {
  id: 'starve',
  program,
  text: both(
    'The first reader in closes the board to the writer, the last one out opens it. Left alone Ann visits twice, then the writer has its turn, then Ben comes.',
    '第一个进来的读者把板子对 writer 关上，最后一个离开的再打开。没有人干预时，Ann 读两次，然后轮到 writer，最后 Ben 来。',
  ),
  hints: [
    both('The writer must wait for the board from before the first reading to the end of the last. So it has to be there early.', 'writer 必须从第一次阅读之前一直等到最后一次读完。所以要让它早点来等。'),
    both('As long as somebody is inside, the board stays closed. Ann and Ben must never both be out.', '只要有人在里面，板子就一直关着。Ann 和 Ben 不能同时在外面。'),
    both('When Ann is in, let the writer come. Later, when Ben is in for the second time, let Ann go on.', 'Ann 进去之后让 writer 来等；等 Ben 第二次进去时，再让 Ann 继续。'),
  ],
  check: (run) => {
    const [wait] = run.waits({ task: 'writer', reason: 'lock', on: 'board' });
    const readings = run.events('output').filter(({ value, event }) => wait !== undefined && event > wait.event && /reads/.test(String(value)));
    if (!run.finished) return both('The program did not come to its end.', '程序没有运行到结尾。');
    if (wait === undefined) return both('The writer never had to wait for the board.', 'writer 根本没有等过板子。');
    const count = readings.filter(({ time }) => time < wait.end).length;
    return count === 4 || both(`Only ${count} of the four readings kept the writer waiting.`, `四次阅读里只有 ${count} 次让 writer 等着。`);
  },
  moral: both(
    'Nobody is stuck, every lock is given back, and still the writer never gets in as long as readers come: *starvation*. A fair lock for readers and writers lets no new reader in while a writer waits.',
    '没有谁卡死，每把锁都归还了，可只要一直有读者，writer 就永远进不来：这就是*饥饿*。公平的读写锁在有写者等待时，不再放新的读者进来。',
  ),
};
