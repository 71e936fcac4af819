import { createContext, useCallback, useContext, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { foldMachinery } from '../trace/folding';
import type { TraceModel } from '../trace/trace';
import type { TimelineSelection } from '../views/timeline';
import { useRun } from './page';

/** The run as all views show it, and what is picked in it. */
export interface ShownRun {
  /** With or without a library's own threads and objects, as the reader wants it. */
  readonly model: TraceModel | undefined;
  readonly whole: TraceModel | undefined;
  readonly foldable: boolean;
  readonly machinery: boolean;
  readonly setMachinery: (shown: boolean) => void;
  readonly selection: TimelineSelection | undefined;
  readonly select: (selection: TimelineSelection | undefined) => void;
  /** Picks, and asks the timeline to bring it into view. */
  readonly reveal: (selection: TimelineSelection) => void;
  /** What was asked for last; a new object for each asking. */
  readonly revealed: { readonly selection: TimelineSelection } | undefined;
}

const ShownRunContext = createContext<ShownRun | undefined>(undefined);

export function useShownRun(): ShownRun {
  const shown = useContext(ShownRunContext);
  if (shown === undefined) throw new Error('missing ShownRunProvider above this component');
  return shown;
}

/** What is picked belongs to one trace: with another one it begins anew. */
export function ShownRunProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const whole = useRun((state) => state.model);
  const traceNumber = useRun((state) => state.traceNumber);
  const [machinery, setMachinery] = useState(false);
  const [picked, setPicked] = useState<{ readonly trace: number; readonly selection: TimelineSelection | undefined }>();
  const [asked, setAsked] = useState<{ readonly trace: number; readonly selection: TimelineSelection }>();
  const folded = useMemo(() => whole && foldMachinery(whole), [whole]);
  const select = useCallback((selection: TimelineSelection | undefined) => setPicked({ trace: traceNumber, selection }), [traceNumber]);
  const reveal = useCallback((selection: TimelineSelection) => {
    setPicked({ trace: traceNumber, selection });
    setAsked({ trace: traceNumber, selection });
  }, [traceNumber]);
  const shown = useMemo<ShownRun>(() => ({
    model: machinery ? whole : folded,
    whole, machinery, setMachinery,
    foldable: folded !== whole,
    selection: picked?.trace === traceNumber ? picked.selection : undefined,
    select, reveal,
    revealed: asked?.trace === traceNumber ? asked : undefined,
  }), [machinery, whole, folded, picked, asked, traceNumber, select, reveal]);
  return <ShownRunContext value={shown}>{children}</ShownRunContext>;
}
