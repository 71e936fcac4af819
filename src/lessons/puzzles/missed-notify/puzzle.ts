import { both } from '../../lesson';
import type { Puzzle } from '../puzzle';
import program from './program.py?raw';

export const puzzle: Puzzle = {
  id: 'missed-notify',
  program,
  text: both(
    'The reader looks whether there is a page; while there is none, it waits to be told. Left alone it sleeps first, and the writer wakes it.',
    'reader 查看有没有那一页；没有就等人通知。没有人干预时，它先睡下，再由 writer 叫醒。',
  ),
  hints: [
    both('`notify_all` wakes those who wait *now*. Nobody remembers it for one who comes later.', '`notify_all` 只叫醒*此刻*正在等待的任务，不会替后来者记着。'),
    both('The reader has seen that there is no page, but does not wait yet. Let the writer do all of its work now.', 'reader 已经看到没有那一页，但还没有开始等待。这时让 writer 把事情做完。'),
  ],
  check: (run) => run.found('asleep for ever') || both('The reader has read the page.', 'reader 读到了那一页。'),
  moral: both(
    'The look at `page` and the wait belong together, under the lock of the condition. Between them the notify came, and was lost: the reader waits for something that has already happened.',
    '对 `page` 的检查和等待应当连在一起，都在条件变量的锁里。通知恰好在两者之间到来，于是丢了：reader 等的是一件已经发生过的事。',
  ),
};
