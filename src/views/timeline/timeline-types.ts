import type { ObjectId, Place, Tid } from '../../protocol/ids';
import type { TraceModel } from '../../trace/trace';

/** What the reader has picked on the timeline. */
export type TimelineSelection =
  /** The interval of `task` that `event` began. */
  | { readonly kind: 'interval'; readonly task: Tid; readonly event: number }
  /** An arrow, by its place in the model's links. */
  | { readonly kind: 'link'; readonly index: number }
  /** A moment of an object's chart. */
  | { readonly kind: 'series'; readonly object: ObjectId; readonly time: number }
  | { readonly kind: 'task'; readonly tid: Tid };

/** A moment that somebody has marked, with what is to be said of it ('' for a bookmark). */
export interface TimelineNote {
  readonly time: number;
  readonly text: string;
}

export interface TimelineProps {
  readonly model: TraceModel;
  /** The same run with nothing folded away, for the ways of items; `model` where it is left out. */
  readonly whole?: TraceModel | undefined;
  /** While true the view follows the end of the run, unless the reader has moved it. */
  readonly running: boolean;
  /** Nanoseconds of the run. */
  readonly playhead: number | undefined;
  readonly onPlayhead: (time: number) => void;
  /** How much of the run passes in a second while it is played. */
  readonly speed?: number | undefined;
  readonly onSpeed: (speed: number) => void;
  readonly selection: TimelineSelection | undefined;
  readonly onSelect: (selection: TimelineSelection | undefined) => void;
  /** What another view has picked and wants to be seen; a new object for each time. */
  readonly revealed?: { readonly selection: TimelineSelection } | undefined;
  readonly theme: 'light' | 'dark';
  readonly notes?: readonly TimelineNote[];
  /** Marks a moment. */
  readonly onNote?: (time: number) => void;
  /** Hands a picture of what is in view to the reader. */
  readonly onPicture?: (picture: Blob, kind: 'svg' | 'png') => void;
  /** Shows a line of the program. */
  readonly onPlace?: (place: Place) => void;
  /** Breakpoints on waits, where there can be some. */
  readonly waitStops?: WaitStops | undefined;
}

/** Waits for an object, or of a task, by what the program calls it. */
export type WaitsOf = { readonly object: string } | { readonly task: string };

export interface WaitStops {
  readonly has: (waits: WaitsOf) => boolean;
  readonly toggle: (waits: WaitsOf) => void;
}
