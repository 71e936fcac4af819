import { embed } from './embed';
import { errors } from './errors';
import { timeline } from './timeline';
import { trace } from './trace';
import { traceEvents } from './trace-events';
import { traceWords } from './trace-words';

/** What a recorded run needs to be shown: all that an embed loads of the catalogue before it is asked for more. */
export const player = { embed, errors, timeline, trace, traceEvents, traceWords } as const;
