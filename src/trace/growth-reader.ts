import type { Trace, TraceModel } from './trace';

/** Who has something to do with a recorded run while its file is still being read. */
export interface GrowthReader {
  /** The run as far as it is known now; it holds what it held at the call before. */
  read(trace: Trace): void;
  /** The model of the whole run. */
  end(model: TraceModel): void;
}
