import type { timeline as english } from '../en/timeline';
import type { Translated } from '../translated';

export const timeline: Translated<typeof english> = {
  empty: '运行程序后,这里会显示各任务的活动。',
};
