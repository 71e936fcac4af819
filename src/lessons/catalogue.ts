import type { Both } from './lesson';

export interface Chapter {
  readonly id: string;
  readonly title: Both;
  readonly lessons: readonly Entry[];
}

export interface Entry {
  readonly id: string;
  readonly title: Both;
  /** What it is about, in a line. */
  readonly about: Both;
}

function entry(id: string, en: readonly [title: string, about: string], zh: readonly [title: string, about: string]): Entry {
  return { id, title: { en: en[0], zh: zh[0] }, about: { en: en[1], zh: zh[1] } };
}

/** The course in the order in which it is read. A new lesson: its folder in `course/`, its line here. */
export const CHAPTERS: readonly Chapter[] = [
  {
    id: 'processes',
    title: { en: 'Processes', zh: '进程' },
    lessons: [
      entry('program-process', ['Program and process', 'A text, and its being carried out'], ['程序与进程', '一段文本，和它的一次执行']),
      entry('states', ['States of a process', 'Running, ready, waiting'], ['进程的状态', '运行、就绪、等待']),
      entry('exit-codes', ['Exit codes', 'The one number that a process leaves behind'], ['退出码', '进程留下的那个数']),
      entry('fork', ['Fork', 'One call that returns twice'], ['fork', '调用一次，返回两次']),
      entry('zombie', ['Zombies', 'A process ends, and its parent has not asked how'], ['僵尸进程', '进程结束了，父进程还没有来查问']),
      entry('orphan', ['Orphans', 'The parent ends first, and init takes over'], ['孤儿进程', '父进程先结束，由 init 收养']),
      entry('daemon', ['Daemons', 'Processes that nobody waits for'], ['守护进程', '没有人等待的进程']),
      entry('signals', ['Signals', 'A message of one number'], ['信号', '只有一个编号的消息']),
      entry('start-methods', ['Fork or spawn', 'A copy, or a fresh start'], ['fork 还是 spawn', '复制一份，还是从头开始']),
      entry('isolation', ['Each has its own memory', 'What one changes the other never sees'], ['数据隔离', '一方修改，另一方看不见']),
    ],
  },
  {
    id: 'threads',
    title: { en: 'Threads', zh: '线程' },
    lessons: [
      entry('threads', ['Threads', 'Several lines at once in one memory'], ['线程', '同一块内存里的多条执行线']),
      entry('daemon-threads', ['Daemon threads', 'Cut off when the process ends'], ['守护线程', '进程结束时被切断']),
    ],
  },
  {
    id: 'messages',
    title: { en: 'Between processes', zh: '进程间通信' },
    lessons: [
      entry('pipe', ['Pipes', 'Two ends, and how one learns that nothing more comes'], ['管道', '两端，以及怎样得知不会再有数据']),
      entry('queue', ['Queues', 'First in, first out, for any number of processes'], ['队列', '先进先出，任意多个进程共用']),
      entry('bounded-queue', ['Producer and consumer', 'A queue with little room makes the fast one wait'], ['生产者与消费者', '容量有限的队列让快的一方等待']),
      entry('joinable-queue', ['Until all work is done', 'A queue that counts what is unfinished'], ['等到全部做完', '会记录未完成任务数的队列']),
      entry('shared-value', ['Shared memory', 'One number for several processes, and an update that is lost'], ['共享内存', '多个进程共用一个数，以及一次丢失的更新']),
      entry('local-socket', ['Local sockets', 'An address instead of a common ancestor'], ['本地套接字', '靠地址，而不是靠共同的祖先']),
      entry('tcp-server', ['A TCP server', 'One client at a time, or a thread for each'], ['TCP 服务器', '一次一个客户端，还是每个一个线程']),
      entry('manager', ['Managers', 'A process that keeps everybody’s dict'], ['管理器', '替大家保管字典的进程']),
    ],
  },
  {
    id: 'locks',
    title: { en: 'Threads that share', zh: '共享数据的线程' },
    lessons: [
      entry('lost-update', ['A lost update', 'Read, add, write: three steps that look like one'], ['丢失更新', '读、加、写：看似一步，其实三步']),
      entry('lock', ['Locks', 'One at a time'], ['锁', '一次一个']),
      entry('check-then-act', ['Check, then act', 'What was true a moment ago'], ['先检查，后行动', '片刻之前还成立的事']),
      entry('semaphore', ['Semaphores', 'A few at a time'], ['信号量', '一次若干个']),
      entry('event', ['Events', 'A flag that lets everybody go'], ['事件', '一面旗子，放行所有人']),
      entry('condition', ['Conditions', 'Waiting for a fact about shared data'], ['条件变量', '等待共享数据满足某个条件']),
      entry('barrier', ['Barriers', 'All go on when the last has come'], ['屏障', '最后一个到了，大家一起继续']),
      entry('deadlock', ['Deadlock', 'Two tasks, two locks, two orders'], ['死锁', '两个任务、两把锁、两种顺序']),
      entry('philosophers', ['How to avoid it', 'Order, patience, or fewer at the table'], ['怎样避免死锁', '排序、时限，或少坐一个']),
      entry('killed-with-lock', ['Killed with a lock in hand', 'Nobody is left to give it back'], ['拿着锁被杀死', '再没有人能归还它']),
    ],
  },
  {
    id: 'pools',
    title: { en: 'Pools', zh: '池' },
    lessons: [
      entry('pool', ['Process pools', 'A few workers for many jobs'], ['进程池', '少量工作进程，处理大量任务']),
      entry('callbacks', ['Callbacks', 'Being told, instead of waiting'], ['回调函数', '等通知，而不是等结果']),
      entry('executor', ['Executors and futures', 'A receipt for a result'], ['执行器与 Future', '一张结果的提货单']),
    ],
  },
  {
    id: 'gil',
    title: { en: 'The GIL', zh: 'GIL' },
    lessons: [
      entry('gil', ['Threads that compute', 'One thread 50 %, two threads 50 %, two processes 100 %'], ['计算型线程', '一个线程 50 %，两个线程 50 %，两个进程 100 %']),
      entry('gil-waiting', ['Threads that wait', 'What gives the GIL up'], ['等待型线程', '什么情况下会交出 GIL']),
    ],
  },
  {
    id: 'coroutines',
    title: { en: 'Coroutines', zh: '协程' },
    lessons: [
      entry('greenlet', ['Greenlets', 'Functions that stop in their midst'], ['greenlet', '可以中途停下的函数']),
      entry('gevent', ['gevent', 'A loop takes up whoever can go on'], ['gevent', '由循环挑出能继续的那个']),
      entry('asyncio', ['asyncio', 'Giving way where `await` is written'], ['asyncio', '在写着 `await` 的地方让出']),
      entry('blocking-loop', ['Blocking the loop', 'One that does not give way stops all'], ['阻塞事件循环', '一个不让，全都停住']),
      entry('async-lost-update', ['Lost between two lines', 'Even one thread can lose an update'], ['两行之间的丢失', '只有一个线程也会丢失更新']),
    ],
  },
];

export const LESSON_IDS: readonly string[] = CHAPTERS.flatMap(({ lessons }) => lessons.map(({ id }) => id));

export function entryOf(id: string): Entry | undefined {
  return CHAPTERS.flatMap(({ lessons }) => lessons).find((one) => one.id === id);
}
