// @ts-check
/** What commands that run a program are told of its clock. */
import { isSeed, numberOf } from './option-values.mjs';
import { UsageError } from './usage-error.mjs';

/**
 * How virtual time is run; what is not said is not there.
 *
 * @typedef {object} VirtualOptions
 * @property {number} [cpus]
 * @property {import('../src/protocol/words').PolicyName} [policy]
 * @property {import('../src/protocol/words').StepKind} [step]
 * @property {boolean} [races]
 * @property {number} [quantum] milliseconds
 * @property {number} [seed]
 */

/** As parseArgs wants them. */
export const CLOCK_OPTIONS = /** @type {const} */ ({
  clock: { type: 'string' },
  cpus: { type: 'string' },
  policy: { type: 'string' },
  step: { type: 'string' },
  races: { type: 'boolean' },
  quantum: { type: 'string' },
  seed: { type: 'string' },
  replay: { type: 'string' },
});

/** Policies that a command can name; a replay has its own option. */
const POLICIES = /** @type {const} */ (['fifo', 'round-robin', 'priority', 'random', 'pct']);
const STEPS = /** @type {const} */ (['call', 'line', 'bytecode']);
const VIRTUAL_OPTIONS = /** @type {const} */ (['cpus', 'policy', 'step', 'quantum', 'seed', 'replay']);

/**
 * What it asks of the clock. Time is virtual where nothing else is said.
 *
 * @param {Record<string, string | undefined>} values
 * @returns {{ clock: 'real' | 'virtual', virtual: VirtualOptions, replay: string | undefined }}
 */
export function clockOptions(values) {
  const { cpus, policy, step, quantum, seed, replay } = values;
  const given = VIRTUAL_OPTIONS.find((name) => values[name] !== undefined);
  const { clock = 'virtual' } = values;
  if (clock !== 'real' && clock !== 'virtual') throw new UsageError(`unsupported --clock "${clock}": there are "virtual" and "real"`);
  if (clock === 'real' && given !== undefined) throw new UsageError(`invalid --${given}: it is for --clock virtual`);
  const other = VIRTUAL_OPTIONS.find((name) => name !== 'replay' && values[name] !== undefined);
  if (replay !== undefined && other !== undefined) throw new UsageError(`invalid --${other}: with --replay the recorded run says it`);
  const known = POLICIES.find((name) => name === policy);
  if (policy !== undefined && known === undefined) throw new UsageError(`unknown --policy "${policy}": there are ${POLICIES.join(', ')}`);
  const knownStep = STEPS.find((name) => name === step);
  if (step !== undefined && knownStep === undefined) throw new UsageError(`unknown --step "${step}": there are ${STEPS.join(', ')}`);
  return {
    clock,
    virtual: {
      ...(cpus !== undefined && { cpus: numberOf('--cpus', cpus, 'a whole number from 1 to 8', isCpuCount) }),
      ...(known !== undefined && { policy: known }),
      ...(knownStep !== undefined && { step: knownStep }),
      ...(values.races !== undefined && { races: true }),
      ...(quantum !== undefined && { quantum: numberOf('--quantum', quantum, 'a number of milliseconds above 0', isQuantum) }),
      ...(seed !== undefined && { seed: numberOf('--seed', seed, 'a whole number from 0 to 4294967295', isSeed) }),
    },
    replay,
  };
}

/** @param {number} cpus */
const isCpuCount = (cpus) => Number.isInteger(cpus) && cpus >= 1 && cpus <= 8;
/** @param {number} quantum */
const isQuantum = (quantum) => quantum > 0 && quantum <= 1e9;
