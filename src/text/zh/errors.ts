import type { errors as english } from '../en/errors';
import type { Translated } from '../translated';

export const errors: Translated<typeof english> = {
  trace: {
    notJson: '这不是轨迹文件：它不是 JSON({{reason}})。',
    otherFormat: '这不是 Weft 轨迹：它的 "format" 是 {{format}}，而不是 "weft-trace"。',
    noFormat: '这不是 Weft 轨迹：其中没有 "format": "weft-trace"。',
    newerVersion: '由更新版本的 Weft 写成（格式 {{version}}；此处最高能读 {{known}}）：请重新加载页面以取得新版本。',
    badVersion: '这个轨迹已损坏：它的 "version" 是 {{version}}，而不是从 1 开始的整数。',
    badUnit: '这个轨迹的时间单位是 {{unit}}；只能读取 "ns"（纳秒）。',
    missingColumn: '这个轨迹已损坏：它的 "columns" 中缺少 "{{column}}"。',
    missingEvents: '这个轨迹已损坏：其中没有 "events" 列表。',
    cutInHeader: '这个轨迹在第一个事件之前就被截断了：没有可以显示的内容。',
    cutShort_other: '这个轨迹被截断了：保留了 {{count}} 个完整的事件。',
    damagedEvents_other: '有 {{count}} 个事件无法读取，已略去（第一个：{{example}}）。',
    unknownKinds_other: '有 {{count}} 个此处不认识的事件已略去：{{kinds}}。',
    chromeEmpty: '这个文件中没有轨迹事件。',
    chromeLeftOut_other: '略去了 {{count}} 个 Weft 不显示的事件。',
    timeBackwards_other: '有 {{count}} 处时间倒退；这些事件被移到前一事件的时刻。',
    badProgram: '这个轨迹中的程序已损坏；不显示其文本。',
    badFiles: '这个轨迹中的文件名已损坏；显示行号时不带文件名。',
  },
};
