import { both, type Lesson } from '../../lesson';
import type { RunReader } from '../../run-reader';
import program from './program.py?raw';
import solution from './solution.py?raw';

const SOCKET = ['receive', 'pipe empty', 'select'] as const;
const client = (run: RunReader) => run.children[0]?.name;
const answerWait = (run: RunReader) => run.longestWait({ task: client(run), reason: SOCKET });

export const lesson: Lesson = {
  id: 'local-socket',
  program,
  numbers: { WORK: { from: 2, to: 6 } },
  text: both(
    `A pipe joins processes that have a common ancestor. A *socket* joins processes that know nothing of each other but an *address*. For two on the same computer the address is a path of the file system: a *local* (Unix) socket.

The server *binds* the address, *listens*, and *accepts* who comes; each \`accept\` gives a new socket for one client. The client *connects*. Then both send and receive bytes.`,
    `管道连接的是有共同祖先的进程。*套接字*连接的进程可以互不相识，只要知道一个*地址*。双方在同一台计算机上时，地址可以是文件系统里的路径：这就是*本地*（Unix）套接字。

服务器*绑定*（bind）地址、*监听*（listen）、*接受*（accept）来客；每次 \`accept\` 都得到一个新的套接字，专门对应一个客户端。客户端*连接*（connect）。然后双方收发字节。`,
  ),
  opens: 'wait',
  moments: [
    {
      id: 'connect',
      title: both('The client is there', '客户端到了'),
      text: both('The server had waited in `accept` for somebody to come. Now there is a connection, with a socket at each end.', '服务器一直在 `accept` 里等人来。现在连接建立了，两端各有一个套接字。'),
      find: (run) => run.event('send', { task: client(run) }),
    },
    {
      id: 'wait',
      title: both('The client waits', '客户端等待'),
      text: both('It has sent its question, and `recv` waits {length} for the answer. How long that takes only the server knows.', '它发出了问题，`recv` 等回答等了 {length}。要等多久，只有服务器知道。'),
      find: answerWait,
    },
    {
      id: 'answer',
      title: both('The answer', '回答'),
      text: both('The bytes that the server sends end the wait.', '服务器发来的字节结束了等待。'),
      find: (run) => run.event('send', { task: run.main?.name }),
    },
  ],
  question: {
    ask: both('Now the server works for {WORK} seconds before it answers. For how many seconds does the client wait in `recv`?', '现在服务器要工作 {WORK} 秒才回答。客户端在 `recv` 里等了多少秒？'),
    kind: 'seconds',
    answer: (run) => {
      const wait = answerWait(run);
      return wait && (wait.end - wait.start) / 1e9;
    },
    because: both('As long as the server works: {answer} seconds. A socket has no patience of its own; it waits until something comes or the other end closes.', '服务器工作多久就等多久：{answer} 秒。套接字自己没有时限：一直等到有东西来，或对方关闭。'),
    see: answerWait,
  },
  exercise: {
    kind: 'change',
    ask: both(
      'Give the client patience for one second only: if there is no answer by then it should print `client: no answer` and end with exit code 0. The server stays as it is, and still works for {WORK} s.',
      '让客户端只等一秒：到时没有回答，就打印 `client: no answer`，并以退出码 0 结束。服务器保持不变，仍工作 {WORK} 秒。',
    ),
    hint: both('A socket has `settimeout`; when the time is out `recv` raises `TimeoutError`.', '套接字有 `settimeout`；时间一到，`recv` 会抛出 `TimeoutError`。'),
    solution,
    holds: 'always',
    schedules: 4,
    searched: 12,
    check: (run, { WORK }) => {
      const [child] = run.children;
      if (child === undefined || run.printed(/^client: no answer$/) === undefined) return both('The client does not print `client: no answer`.', '客户端没有打印 `client: no answer`。');
      if (child.status !== 0) return both('The client does not end with 0.', '客户端不是以 0 结束的。');
      if ((child.endedAt ?? Infinity) > 1.2e9 || (child.endedAt ?? 0) < 0.9e9) return both('The client should wait for one second.', '客户端应当等一秒。');
      return run.wait({ task: run.main?.name, reason: 'sleep', seconds: WORK - 0.01 }) ? true : both('The server should still work for {WORK} s.', '服务器应当仍工作 {WORK} 秒。');
    },
  },
};
