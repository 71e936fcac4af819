import type { StandingProcess } from '../protocol/pause';
import type { ThemeName } from '../render/palette';
import type { Language } from '../text/languages';
import type { TraceModel } from '../trace/trace';
import type { TimelineSelection } from './timeline';

/** What every view beside the timeline is given: a run, a moment of it, and what the reader has picked. */
export interface ViewProps {
  /** The run as the timeline shows it: with or without a library's own threads and objects. */
  readonly model: TraceModel;
  /** The same run with nothing folded away. */
  readonly whole: TraceModel;
  /** The playhead, else the end of the run; nanoseconds. */
  readonly time: number;
  /** What was read from memory at that time, where the run stands there. */
  readonly standing?: readonly StandingProcess[] | undefined;
  readonly selection: TimelineSelection | undefined;
  /** Picks, and brings what is picked into view on the timeline. */
  readonly onSelect: (selection: TimelineSelection) => void;
  readonly onTime: (time: number) => void;
  readonly onSave: (name: string, text: string, type: string) => void;
  readonly theme: ThemeName;
  /** Changes with the reader's language. */
  readonly language: Language;
}
