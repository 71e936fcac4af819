import { useDeferredValue, useMemo } from 'react';
import { hitsAt } from '../../analysis/hits';
import { isRunning } from '../run-phase';
import { useRun, useText, useView } from '../page';
import { useWhenIdle } from './use-when-idle';
import type { ShownHits } from './line-hits';

/** How often each line of `file` did something until the playhead; while a program runs nothing is counted. */
export function useLineHits(file: string): ShownHits | undefined {
  const text = useText();
  const running = useRun((state) => isRunning(state.phase));
  // After the run itself is shown: of a long one the first count takes a while.
  const trace = useWhenIdle(useRun((state) => state.model?.trace));
  const playhead = useDeferredValue(useView((state) => state.playhead));
  return useMemo(() => {
    if (trace === undefined || running) return undefined;
    return { hits: hitsAt(trace, file, playhead ?? Infinity), title: (count) => text('ui.editor.hits', { count }) };
  }, [text, trace, running, playhead, file]);
}
