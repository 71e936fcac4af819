import type { en } from '../en';
import type { Translated } from '../translated';

export const findings = {
  'deadlock': '死锁：{{task}}{{line}}从 {{since}} 起等待{{goal}}{{held}}，再没有谁能唤醒它',
  'asleep for ever': '永远沉睡：{{task}}{{line}}从 {{since}} 起等待{{goal}}{{held}}，再没有谁能唤醒它',
  'lock held by the dead': '锁在已结束的任务手中：{{task}}{{line}}从 {{since}} 起等待{{goal}}{{held}}',
  held: '；它在 {{other}} 手中{{line}}',
  heldByDead: '；{{other}} 拿到它{{line}}，没有归还就结束了',
  access: { read: '读', write: '写' },
  'data race': '{{variable}} 上的数据竞争：{{task}} {{access}}{{line}}，{{other}} 在 {{since}} {{before}}{{beforeLine}}，两者没有先后约束',
  'lost update': '{{variable}} 的更新丢失：{{task}} 读了它{{readLine}}，{{other}} 写了它{{lostLine}}，然后 {{task}} 用由旧值得出的结果覆盖了它{{line}}',
  'child never joined': '子进程未被等待：{{other}}{{line}}比 {{task}} 先结束，而 {{task}} 直到结束也没有等待它',
  'queue never drained_other': '队列未取空：结束时 {{object}} 中还有 {{count}} 项；最后一项由 {{task}} 放入{{line}}',
  'never ends': '不会结束：整个运行做了 {{steps}} 步和 {{operations}} 次内核操作之后，{{task}}{{line}}被停止',
  'replay parted': '程序与重放在第 {{choice}} 次选择处分开：列表说的是 {{wanted}}，就绪的是 {{ready}}',
  'worker died': '{{why}}',
} as const satisfies Translated<typeof en>['findings'];
