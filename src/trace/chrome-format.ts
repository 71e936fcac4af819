import type { BlockReason, TaskState } from '../protocol/words';

/**
 * The Trace Event Format of Chromium, as Perfetto, VizTracer and speedscope have it: times are microseconds. Only the fields
 * that are read or written here.
 */
export interface ChromeEvent {
  readonly ph: string;
  readonly name?: string;
  readonly cat?: string;
  readonly pid?: number | string;
  readonly tid?: number | string;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number | string;
  /** Of an instant event: `t` for its thread. */
  readonly s?: string;
  /** Of the end of a flow: `e` binds it to the slice around it. */
  readonly bp?: string;
  readonly args?: Record<string, unknown>;
}

/** What our own files say of a slice, so that it comes back as what it was. */
export interface SliceArguments {
  readonly state: TaskState;
  readonly reason?: BlockReason;
  readonly line?: number;
  readonly object?: string;
}
