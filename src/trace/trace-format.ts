import { EVENT_KINDS, type EventKind } from '../protocol/trace-events';
import {
  BLOCK_REASONS,
  END_REASONS,
  FINDING_KINDS,
  OBJECT_TYPES,
  READY_CAUSES,
  START_METHODS,
} from '../protocol/words';

/**
 * The names and numbers of the format that docs/trace-format.md describes; a change here is a change of the
 * format.
 */
export const TRACE_FORMAT = 'weft-trace';
export const TRACE_VERSION = 1;

/** What the fields of an event are, in the order in which this version writes them. */
export const TRACE_COLUMNS = [
  'time',
  'task',
  'kind',
  'detail',
  'object',
  'place',
  'other',
  'value',
  'extra',
] as const;
export type TraceColumn = (typeof TRACE_COLUMNS)[number];

/** The vocabularies of `detail`, for the kinds that have one; all others write it as a number. */
export const DETAIL_WORDS: { readonly [Kind in EventKind]?: readonly string[] } = {
  'task-new': START_METHODS,
  'task-ready': READY_CAUSES,
  'task-block': BLOCK_REASONS,
  'object-new': OBJECT_TYPES,
  finding: FINDING_KINDS,
  'run-end': END_REASONS,
};

/** {@link DETAIL_WORDS} by the code of the kind. */
export const detailWordsByCode: readonly (readonly string[] | undefined)[] = EVENT_KINDS.map(
  (kind) => DETAIL_WORDS[kind],
);

/** Records that define what others refer to, and are not events of a trace. */
export const DEFINITIONS: readonly EventKind[] = ['none', 'string', 'file'];
