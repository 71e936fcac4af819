import { api } from './api';
import { browser } from './browser';
import { embed } from './embed';
import { errors } from './errors';
import { examples } from './examples';
import { findings } from './findings';
import { lessons } from './lessons';
import { puzzles } from './puzzles';
import { search } from './search';
import { timeline } from './timeline';
import { trace } from './trace';
import { traceEvents } from './trace-events';
import { traceWords } from './trace-words';
import { ui } from './ui';
import { views } from './views';

export const en = { api, browser, embed, errors, examples, findings, lessons, puzzles, search, timeline, trace, traceEvents, traceWords, ui, views } as const;
