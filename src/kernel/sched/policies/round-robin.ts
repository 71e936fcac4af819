import { QUANTUM } from '../../layout';
import type { Policy } from '../policy';

/** In turn: who has had a CPU for a quantum goes to the end of the queue. */
export const roundRobin: Policy = {
  slice: (k) => k.doubles[QUANTUM >> 1],
  // One that comes to wait waits for a whole quantum, so this is never too late.
  lookahead: (k) => k.doubles[QUANTUM >> 1],
  choose: (_k, [first]) => first,
  givesWay: (_k, _running, _waiting, over) => over,
};
