import { NO_TASK } from '../../../protocol/ids';
import { EventKindCode } from '../../../protocol/trace-events';
import type { PartedData } from '../../../protocol/findings';
import { FindingKindCode } from '../../../protocol/words';
import type { Kernel } from '../../kernel';
import { QUANTUM, REPLAY_LENGTH, REPLAY_LIST, REPLAY_NEXT, REPLAY_PARTED, TASK_TID } from '../../layout';
import { emitFor, textValue } from '../../trace-sink';
import type { Policy } from '../policy';

/**
 * Follows a list: the n-th time that a CPU is free for a ready task, the n-th entry says which task has it and after how
 * many steps it gives way. Where the list has ended tasks go first come, first served, each for a quantum at most: one that
 * waits for another in a loop would never end. A program that has changed comes to a point where the task of the list is not
 * ready: from there on the list says nothing, and the trace has a finding.
 */
export const replay: Policy = {
  slice: (k) => (k.words[REPLAY_NEXT] > k.words[REPLAY_LENGTH] ? k.doubles[QUANTUM >> 1] : Infinity),
  lookahead: () => Infinity,
  sliceSteps(k) {
    const { words } = k;
    const entry = words[REPLAY_NEXT] - 1;
    if (words[REPLAY_PARTED] === 1 || entry >= words[REPLAY_LENGTH]) return Infinity;
    const steps = words[words[REPLAY_LIST] + 2 * entry + 1];
    return steps < 0 ? Infinity : steps;
  },
  choose(k, ready) {
    const { words } = k;
    const entry = words[REPLAY_NEXT]++;
    if (words[REPLAY_PARTED] === 1 || entry >= words[REPLAY_LENGTH]) return ready[0];
    const wanted = words[words[REPLAY_LIST] + 2 * entry];
    const task = ready.find((address) => words[address + TASK_TID] === wanted);
    if (task === undefined) part(k, entry, wanted, ready);
    return task ?? ready[0];
  },
  givesWay: (_k, _running, _waiting, over) => over,
};

function part(k: Kernel, entry: number, wanted: number, ready: readonly number[]): void {
  k.words[REPLAY_PARTED] = 1;
  const data: PartedData = { choice: entry + 1, wanted, ready: ready.map((task) => k.words[task + TASK_TID]) };
  emitFor(k, EventKindCode.finding, NO_TASK, 0, entry + 1, textValue(k, JSON.stringify(data)), FindingKindCode['replay parted']);
}
