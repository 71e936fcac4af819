import { buildModel } from '../../../src/trace/model';
import { readTrace } from '../../../src/trace/trace-json';
import { lockStates } from './locks';
import { poolStates } from './pools';
import { processStates } from './processes';
import { queueStates } from './queues';
import { SeenRun } from './seen-run';
import { threadStates } from './threads';

/** Whether a run shows a state. */
export type State = (run: SeenRun) => boolean;

/** States of listings, word for word as their manifest says them, by file: how each is seen in a trace. */
export type StateTable = Readonly<Record<string, Readonly<Record<string, State>>>>;

export const STATES: StateTable = { ...processStates, ...queueStates, ...lockStates, ...poolStates, ...threadStates };

/**
 * What a trace does not show of `states`, as sentences.
 *
 * @param text the trace's file
 */
export function unseenIn(text: string, states: Readonly<Record<string, State>>): string[] {
  let run: SeenRun;
  try {
    run = new SeenRun(buildModel(readTrace(text).trace));
  } catch (error) {
    return [`its trace cannot be read: ${String(error)}`];
  }
  return Object.entries(states).flatMap(([state, isSeen]) => {
    try {
      return isSeen(run) ? [] : [`its trace does not show: ${state}`];
    } catch (error) {
      return [`its trace does not show: ${state} (${String(error)})`];
    }
  });
}
