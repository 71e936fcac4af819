import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const SOCKET = ['receive', 'pipe empty', 'select'] as const;
const lastClient = (run: RunReader) => run.threads.filter(({ name }) => name.startsWith('client-'))
  .map(({ name }) => run.longestWait({ task: name, reason: SOCKET }))
  .reduce((longest, wait) => (wait && (!longest || wait.end > longest.end) ? wait : longest), undefined);

export const lesson: Lesson = {
  id: 'tcp-server',
  program,
  numbers: { CLIENTS: { from: 2, to: 5 }, WORK: { from: 1, to: 2 } },
  text: both(
    `With a *TCP* socket the address is a computer and a port: \`127.0.0.1\` is this computer itself. Everything else is as with a local socket.

This server serves one client at a time. Whoever comes second is let in by the system and may even send its question, but nobody reads it until the first is done. The cure is old and simple: the server only accepts, and gives each client to a thread (or process) of its own.`,
    `*TCP* 套接字的地址是计算机加端口：\`127.0.0.1\` 就是本机。其余和本地套接字一样。

这个服务器一次只服务一个客户端。后来的客户端由系统接进来，甚至可以发出问题，但在前一个完成之前没有人去读。办法古老而简单：服务器只管接受连接，把每个客户端交给一个专门的线程（或进程）。`,
  ),
  opens: 'last',
  moments: [
    {
      id: 'accept',
      title: both('Nobody there', '还没有人来'),
      text: both('The server waits in `accept` until a client connects.', '服务器在 `accept` 里等待，直到有客户端连接。'),
      find: (run) => run.wait({ task: 'server', reason: ['accept', 'select'] }) ?? run.event('receive', { task: 'server' }),
    },
    {
      id: 'work',
      title: both('Serving the first', '服务第一个'),
      text: both('The server works for {length} on one client’s question. Look at the others: all of them wait for it.', '服务器为一个客户端工作 {length}。看看其他客户端：都在等它。'),
      find: (run) => run.wait({ task: 'server', reason: 'sleep' }),
    },
    {
      id: 'last',
      title: both('The last one', '最后一个'),
      text: both('It has waited {length}: for its own answer and for those of all before it.', '它等了 {length}：除了等自己的回答，还等了前面所有人的。'),
      find: lastClient,
    },
  ],
  question: {
    ask: both('Now {CLIENTS} clients come at once, and the server needs {WORK} s for each. For how many seconds does the last one wait for its answer?', '现在有 {CLIENTS} 个客户端同时到来，服务器为每个要花 {WORK} 秒。最后一个要等多少秒才得到回答？'),
    kind: 'seconds',
    answer: (run) => {
      const wait = lastClient(run);
      return wait && (wait.end - wait.start) / 1e9;
    },
    because: both('It waits until all {CLIENTS} are served, one after the other: {answer} seconds.', '要等 {CLIENTS} 个一个接一个都服务完：{answer} 秒。'),
    see: lastClient,
    slips: [{ value: (_run, { WORK }) => WORK, say: both('So it is for the first client, and would be for all with a thread for each.', '第一个客户端是这样；如果每个都有自己的线程，大家就都这样。') }],
  },
  exercise: {
    kind: 'change',
    ask: both(
      'Make the server serve all {CLIENTS} clients at the same time: the whole run should take no longer than one of them (about {WORK} s). Each question should still take {WORK} s of work.',
      '让服务器同时服务全部 {CLIENTS} 个客户端：整个运行不应比服务一个更久（约 {WORK} 秒）。每个问题仍要花 {WORK} 秒。',
    ),
    hint: both('Put what is done for one connection into a function, and start a thread with it for each.', '把处理一个连接的代码放进一个函数，为每个连接启动一个线程来执行它。'),
    solution,
    holds: 'always',
    schedules: 4,
    searched: 100,
    check: (run, { CLIENTS, WORK }) => {
      if (run.count(/^CLIENT \d+ was served$/) !== CLIENTS) return both('Not every client was served.', '不是每个客户端都得到了服务。');
      if (run.waits({ reason: 'sleep', seconds: WORK - 0.01 }).length < CLIENTS) return both('Each question should take {WORK} s of work.', '每个问题都应花 {WORK} 秒。');
      return run.seconds < WORK + 0.5 ? true : both('The clients are still served one after the other.', '客户端仍然是一个接一个被服务的。');
    },
  },
};
