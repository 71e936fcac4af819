import { QUANTUM } from '../../layout';
import { LOOKAHEAD, type Policy } from '../policy';
import { randomFraction } from '../random-state';

/** A quantum is at most cut down to so much of it. */
const SHORTEST = 1 / 4096;

/**
 * Whoever the dice say, for as long as they say: slices of 1/4096 of a quantum up to a whole one, short ones as likely as
 * long ones, so that a task is interrupted in the middle of a few operations as well as after thousands.
 */
export const random: Policy = {
  slice: (k) => Math.ceil(k.doubles[QUANTUM >> 1] * SHORTEST ** randomFraction(k)),
  lookahead: (k) => k.doubles[QUANTUM >> 1] * LOOKAHEAD,
  choose: (k, ready) => (ready.length === 1 ? ready[0] : ready[Math.floor(randomFraction(k) * ready.length)]),
  givesWay: (_k, _running, _waiting, over) => over,
};
