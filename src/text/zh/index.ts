import type { en } from '../en';
import type { Translated } from '../translated';
import { errors } from './errors';
import { timeline } from './timeline';
import { trace } from './trace';
import { traceEvents } from './trace-events';
import { traceWords } from './trace-words';
import { ui } from './ui';

export const zh = { errors, timeline, trace, traceEvents, traceWords, ui } as const satisfies Translated<typeof en>;
