import type { examples as english } from '../en/examples';
import type { Translated } from '../translated';

export const examples: Translated<typeof english> = {
  'group': {
    queues: '队列与管道',
    locks: '轮流使用',
    signals: '互相等待',
    processes: '进程',
    trouble: '会出什么错',
  },
  'producer-consumer': { title: '生产者与消费者', about: '有界队列让快的一方等待慢的一方' },
  'joinable-queue': { title: '可等待的队列', about: '等到每一项都处理完，而不只是被取走' },
  'pipe-ping-pong': { title: '管道乒乓', about: '两个进程一来一往地互相应答' },
  'reading-input': { title: '读取输入', about: 'main 等你输入，另一个进程等 main' },
  'lock-hand-over': { title: '锁的交接', about: '三个进程按请求的先后轮流进入' },
  'semaphore': { title: '信号量', about: '五辆车，两个车位' },
  'condition': { title: '条件变量', about: '醒来、再看一眼，也许继续等' },
  'event': { title: '事件', about: '一个信号叫醒所有人，但有一个没等那么久' },
  'barrier': { title: '屏障', about: '全部到齐之前，谁也不能继续' },
  'pool-map': { title: '进程池', about: '四个工人分担十二项工作' },
  'threads': { title: '同一进程的线程', about: '线程共享一个堆，另一个进程则没有' },
  'daemon-zombie': { title: '守护进程与僵尸进程', about: '一个随程序结束，一个等待被回收' },
  'deadlock': { title: '死锁', about: '各自占有对方等待的东西' },
  'lost-update': { title: '丢失的更新', about: '两个进程累加同一个值，有些加法不见了' },
  'endless-loop': { title: '死循环', about: '永远忙碌；“停止”照样能结束它' },
};
