import { useEffect, useState } from 'react';
import type { PauseState } from '../../protocol/pause';

/** How long a run may go on before what is said of where it stood is taken away: between two steps it stays. */
const LINGER_MS = 600;

/** The pause, and for a moment after it the last one: a bar that comes and goes at each step could not be read. */
export function useLingering(pause: PauseState | undefined, running: boolean): PauseState | undefined {
  const [last, setLast] = useState(pause);
  if (pause !== undefined && pause !== last) setLast(pause);
  useEffect(() => {
    if (pause !== undefined) return undefined;
    const timer = setTimeout(() => setLast(undefined), LINGER_MS);
    return () => clearTimeout(timer);
  }, [pause]);
  return running ? pause ?? last : undefined;
}
