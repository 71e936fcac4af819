import type { Policy } from '../policy';

/** First come, first served: a task keeps its CPU until it waits or ends. */
export const fifo: Policy = {
  slice: () => Infinity,
  lookahead: () => Infinity,
  choose: (_k, [first]) => first,
  givesWay: () => false,
};
