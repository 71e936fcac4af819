import { embed } from './embed';
import { errors } from './errors';
import { timeline } from './timeline';
import { trace } from './trace';
import { traceEvents } from './trace-events';
import { traceWords } from './trace-words';

/** 显示一个录制的运行所需要的文字；嵌入页起初只加载这些。 */
export const player = { embed, errors, timeline, trace, traceEvents, traceWords } as const;
