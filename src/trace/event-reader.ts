import type { EventKind } from '../protocol/trace-events';
import type { Trace } from './trace';

/**
 * One part of the model. It is shown every event of the kinds it names, once, in order, and keeps what it
 * needs to go on from there, so that a growing trace is never read twice. What makes no sense in an event it
 * skips.
 */
export interface EventReader {
  readonly kinds: readonly EventKind[];
  read(trace: Trace, event: number): void;
}
