import {
  DEFAULT_COSTS, DEFAULT_VIRTUAL, MOST_CPUS, type CostModel, type VirtualSettings,
} from '../../protocol/program';
import { POLICIES, PolicyCode, STEP_KINDS, StepKindCode, type StepKind } from '../../protocol/words';
import {
  BRANCHES_LEFT, COST_CALL, COST_FORK, COST_SPAWN, COST_STEP, COST_SWITCH, COST_THREAD, COST_WAKE, CPU_COUNT, HORIZON, MAX_CHANGES,
  NEXT_DEADLINE, OPERATION_LIMIT, OPERATION_STOP, PCT_CHANGES, PCT_COUNT, POLICY, PROGRAMS_END, PRIORITY_COUNT, PRIORITY_NAMES, QUANTUM,
  RANDOM_STATE, READER_MAY_CONNECT, REPLAY_LENGTH, REPLAY_LIST, SEED, START_TIME, STEP_KIND, STEP_LIMIT, VIRTUAL,
} from '../layout';
import { allocateBlock } from '../page-allocator';
import { setStop } from './pause';
import { mulberry32 } from './random-state';
import { hashOf } from './task-names';

/** What programs take for the time of the start: 2026-01-01 00:00:00 UTC. Any would do that is the same everywhere. */
const EPOCH_MS = Date.UTC(2026, 0, 1);

/** What a step costs goes by what one is. */
const STEP_COSTS: Readonly<Record<StepKind, keyof CostModel>> = { call: 'step', line: 'line', bytecode: 'bytecode' };

const COST_WORDS: Readonly<Record<Exclude<keyof CostModel, 'step' | 'line' | 'bytecode'>, number>> = {
  kernelCall: COST_CALL, contextSwitch: COST_SWITCH, wakeUp: COST_WAKE, threadStart: COST_THREAD,
  fork: COST_FORK, spawn: COST_SPAWN,
};

/**
 * Makes a new machine's memory one of virtual time. Throws a sentence for settings that make no sense: they may come from
 * a link that somebody made by hand.
 */
export function formatVirtualTime(memory: ArrayBufferLike, given: VirtualSettings): void {
  const words = new Int32Array(memory);
  const doubles = new Float64Array(memory);
  const settings = { ...DEFAULT_VIRTUAL, ...stated(given) };
  const { cpus, policy, step, quantum, seed, depth, expectedOperations, stepLimit, operationLimit } = settings;
  words[VIRTUAL] = 1;
  words[CPU_COUNT] = whole('cpus', cpus, 1, MOST_CPUS);
  if (!POLICIES.includes(policy)) {
    throw new RangeError(`invalid policy: ${String(policy)} is none of ${POLICIES.join(', ')}`);
  }
  words[POLICY] = PolicyCode[policy];
  if (!STEP_KINDS.includes(step)) throw new RangeError(`invalid step: ${String(step)} is none of ${STEP_KINDS.join(', ')}`);
  words[STEP_KIND] = StepKindCode[step];
  words[SEED] = whole('seed', seed, 0, 2 ** 32 - 1);
  words[RANDOM_STATE] = whole('policySeed', given.policySeed ?? seed, 0, 2 ** 32 - 1);
  if (!(quantum > 0 && quantum <= 1e9)) {
    throw new RangeError(`invalid quantum: ${quantum} is not a number of milliseconds above 0`);
  }
  doubles[QUANTUM >> 1] = Math.max(1, Math.round(quantum * 1e6));
  doubles[STEP_LIMIT >> 1] = whole('stepLimit', stepLimit, 1, Number.MAX_SAFE_INTEGER);
  words[OPERATION_STOP] = words[OPERATION_LIMIT] = whole('operationLimit', operationLimit, 1, 2 ** 31 - 1);
  doubles[HORIZON >> 1] = -Infinity;
  doubles[NEXT_DEADLINE >> 1] = doubles[PROGRAMS_END >> 1] = Infinity;
  doubles[START_TIME >> 1] = EPOCH_MS;
  const costs = { ...DEFAULT_COSTS, ...stated(given.costs ?? {}) };
  for (const [name, at] of [...Object.entries(COST_WORDS), [STEP_COSTS[step], COST_STEP]] as [keyof CostModel, number][]) {
    doubles[at >> 1] = whole(`cost of ${name}`, costs[name], 0, 1e12);
  }
  const priorities = (given.priorities ?? []).slice(0, MAX_CHANGES);
  words[PRIORITY_COUNT] = priorities.length;
  priorities.forEach((name, index) => (words[PRIORITY_NAMES + index] = hashOf(name)));
  const changes = whole('depth', depth, 1, MAX_CHANGES + 1) - 1;
  const operations = whole('expectedOperations', expectedOperations, 1, 1e9);
  if (policy === 'pct') drawChanges(words, changes, operations);
  words[BRANCHES_LEFT] = whole('branches', given.branches ?? -1, -1, 2 ** 31 - 1);
  words[READER_MAY_CONNECT] = given.readerMayConnect === true ? 1 : 0;
  if (policy === 'replay' || policy === 'manual') keepList(words, given.replay ?? []);
  setStop(words, doubles, given.stop ?? {});
}

/** Settings that are undefined are as if they were not there. */
function stated<Settings extends object>(given: Settings): Settings {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Settings;
}

function whole(what: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`invalid ${what}: ${value} is not a whole number from ${least} to ${most}`);
}

/** Where PCT changes a priority: `count` numbers of steps out of so many. */
function drawChanges(words: Int32Array, count: number, operations: number): void {
  words[PCT_COUNT] = count;
  const changes = Array.from({ length: count }, () => {
    const { fraction, next } = mulberry32(words[RANDOM_STATE]);
    words[RANDOM_STATE] = next;
    return 1 + Math.floor(fraction * operations);
  });
  words.set(changes.sort((a, b) => a - b), PCT_CHANGES);
}

function keepList(words: Int32Array, list: readonly number[]): void {
  if (list.length % 2 !== 0 || !list.every((number) => Number.isInteger(number) && number >= -1 && number < 2 ** 31)) {
    throw new RangeError('invalid replay: it is not pairs of a task and a number of steps');
  }
  if (list.length === 0) return;
  const block = allocateBlock(words, list.length * 4);
  if (block === 0) throw new RangeError(`invalid replay: ${list.length / 2} choices do not fit into the machine's memory`);
  words.set(list, block);
  words[REPLAY_LIST] = block;
  words[REPLAY_LENGTH] = list.length / 2;
}
