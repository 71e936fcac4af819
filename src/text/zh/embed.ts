import type { embed as english } from '../en/embed';
import type { Translated } from '../translated';

/** 嵌入页里的文字。 */
export const embed = {
  label: '一个程序和它的运行',
  code: '程序',
  timeline: '已录制运行的时间线',
  output: '输出',
  play: '播放录制的运行',
  pause: '暂停',
  run: '运行',
  runTip: '就在这里运行这个程序',
  begin: '开始这一课',
  beginTip: '就在这里读课文、回答问题、做练习',
  noLesson: '没有名为“{{lesson}}”的课',
  open: '在 Weft 中打开',
  openTip: '打开完整页面，使用全部功能',
  starting: '正在准备……',
  noRun: '按“运行”看看这个程序做了什么。',
  noRunHere: '这里没有录制的运行，本页也无法运行程序。请在 Weft 中打开。',
  recorded: '录制的运行',
  recordedAbout: '这里显示的是录制好的运行，可以播放和查看。',
  badRun: '无法读取录制的运行：{{reason}}',
  failed: '无法加载：{{reason}}',
  moment: '{{moment}} / {{end}}',
} as const satisfies Translated<typeof english>;
