import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const vain = (run: RunReader) => run.longestWait({ task: 'other', reason: ['lock', 'semaphore'] });

export const lesson: Lesson = {
  id: 'killed-with-lock',
  program,
  numbers: { KILL: { from: 1, to: 3 }, PATIENCE: { from: 2, to: 6 } },
  text: both(
    `\`terminate\` ends a process wherever it is. Its memory is freed, its files are closed; but a lock that it shares with others does not know that its owner is gone. It stays locked, and nobody is left who could give it back.

So do not end a process by force that shares locks, queues or pipes with others. Ask it to stop: by an event, by a message, or by a signal that it handles.`,
    `\`terminate\` 不管进程在哪里都会结束它。它的内存被释放，文件被关闭；但它与别人共用的锁并不知道主人已经不在了。锁一直锁着，再没有人能归还它。

所以，如果一个进程与别人共用锁、队列或管道，不要强行结束它。要请它停下：用事件、用消息，或用它会处理的信号。`,
  ),
  opens: 'vain',
  moments: [
    {
      id: 'has',
      title: both('It has the lock', '它拿着锁'),
      text: both('And is asleep with it.', '并且拿着锁睡着了。'),
      find: (run) => run.line(/I have the lock/),
    },
    {
      id: 'killed',
      title: both('Ended by force', '被强行结束'),
      text: both('After {KILL} s SIGTERM ends it. No `with` block is left in order; the lock has no owner who could give it back.', '{KILL} 秒后 SIGTERM 结束了它。`with` 没有机会正常退出；锁没有了能归还它的主人。'),
      find: (run) => run.event('task-exit', { task: 'holder' }),
    },
    {
      id: 'vain',
      title: both('Waiting in vain', '白等'),
      text: both('The other process waits {length} and gives up. Without a time limit it would wait for ever.', '另一个进程等了 {length} 后放弃。如果没有时限，它会永远等下去。'),
      find: vain,
    },
  ],
  question: {
    ask: both('Now the holder is ended after {KILL} s, and the other one then has patience for {PATIENCE} s. For how long does it wait in vain?', '现在持锁者在 {KILL} 秒后被结束，另一个进程随后有 {PATIENCE} 秒的耐心。它白等了多少秒？'),
    kind: 'seconds',
    answer: (run) => {
      const wait = vain(run);
      return wait?.cause === 'timed out' ? (wait.end - wait.start) / 1e9 : 0;
    },
    because: both('The dead do not give anything back: it waits until its time is out, {answer} s.', '死者不会归还任何东西：它一直等到时限用尽，{answer} 秒。'),
    see: vain,
    slips: [{ value: () => 0, say: both('So it would be if the lock were freed with its owner. It is not.', '如果锁会随主人一起释放，才会这样。实际上不会。') }],
  },
  exercise: {
    kind: 'repair',
    ask: both(
      'Keep `terminate` in the main program, but change the holder so that it gives the lock back when SIGTERM comes. The other one should then print `other: I have it`.',
      '保留主程序里的 `terminate`，修改 holder，让它在收到 SIGTERM 时归还锁。这样 other 应当打印 `other: I have it`。',
    ),
    hint: both('A handler that raises an exception (`sys.exit` does) lets the `with` block be left in order.', '处理函数里抛出异常（`sys.exit` 就会），`with` 就能正常退出。'),
    solution,
    holds: 'always',
    schedules: 4,
    searched: 24,
    check: (run) => {
      if (run.event('signal-send', { task: run.main?.name }) === undefined) return both('The main program no longer ends the holder.', '主程序不再结束 holder。');
      if (run.printed(/^holder: I have the lock$/) === undefined) return both('The holder no longer takes the lock.', 'holder 不再拿锁。');
      if (run.seconds > 9.5) return both('The holder sleeps on: the signal should end it.', 'holder 还在睡：信号应当结束它。');
      return run.printed(/^other: I have it$/) === undefined ? both('The other one still does not get the lock.', 'other 仍然拿不到锁。') : true;
    },
  },
};
