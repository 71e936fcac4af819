import type { browser as english } from '../en/browser';
import type { Translated } from '../translated';

/** “这个浏览器能做什么”页面的文字。 */
export const browser = {
  title: '这个浏览器能做什么',
  about: 'Weft 在共享内存的工作线程上运行程序。能否做到，取决于浏览器和网页的提供方式。',
  yes: '可以',
  no: '不可以',
  python: 'Python 程序',
  javascript: 'JavaScript 程序',
  recorded: '录制的运行',
  runs: '可以在这里运行，每个进程有自己的工作线程。',
  runsInOne: '可以在这里运行，所有进程都在一个工作线程中。',
  runsNot: '不能在这里运行；缺少的条件见下。',
  plays: '在任何地方都能播放。',
  checks: '所需条件',
  ability: {
    isolated: '页面已隔离',
    memory: '共享内存',
    workers: '支持模块的工作线程',
    suspending: '可挂起的调用栈（JSPI）',
    offline: 'Service Worker',
    storage: '存储',
  },
  why: {
    isolated: '需要服务器发送相应的响应头，或在首次访问后由 Service Worker 补上。',
    memory: '内核以及它的队列、管道和锁都放在其中。',
    workers: '每个进程用一个。',
    suspending: 'Python 的线程依赖它：Chrome 137、Firefox 153、Safari 27 或更新版本。',
    offline: '首次访问之后，没有网络也能使用 Weft。',
    storage: '草稿、设置和学习进度保存在这台机器上。',
  },
  cores_other: '这台机器有 {{count}} 个核心可供程序使用。',
  open: '打开 Weft',
} as const satisfies Translated<typeof english>;
