import type { StopWish } from './pause';
import type { PolicyName, StepKind } from './words';

/** A program as it is edited, shared, run: its files by name, and which of them runs first. */
export interface Program {
  readonly language: Language;
  readonly files: readonly SourceFile[];
  /** Name of the file that is run. */
  readonly entry: string;
  /** Names of further files, each started beside the entry as a program of its own, on the same machine, in this order. */
  readonly beside?: readonly string[];
}

/** The programs that are started where `program` is run: one for each of its files that begins one. */
export function programsOf(program: Program): readonly Program[] {
  return [program, ...(program.beside ?? []).map((entry) => ({ ...program, entry }))];
}

export interface SourceFile {
  readonly name: string;
  readonly text: string;
}
export type Language = 'javascript' | 'python';

/** A folder of the user's that programs can read and not change: in Python it is on `sys.path`. */
export interface ReadOnlyFolder {
  /** One part of a path; no two folders of a run have the same. */
  readonly name: string;
  /** The contents of its files, one after the other. */
  readonly bytes: Uint8Array;
  /** Each file by its path in the folder, and where its contents begin and end. */
  readonly files: readonly (readonly [path: string, start: number, end: number])[];
}

export type Clock = 'real' | 'virtual';

/** What things cost in virtual time, in whole nanoseconds: docs/scheduling.md says why these. */
export interface CostModel {
  /** A turn of a loop, a call of a function (in JavaScript: of the program's). */
  readonly step: number;
  /** Instead of it where a step may be a line, or a bytecode, of the program's. */
  readonly line: number;
  readonly bytecode: number;
  /** An operation of the kernel. */
  readonly kernelCall: number;
  /** Putting a task on a CPU; the CPU does nothing else meanwhile. */
  readonly contextSwitch: number;
  /** From the deed that wakes a task to the moment at which it is ready. */
  readonly wakeUp: number;
  /** Starting a thread, and forking: paid by the task that does it. */
  readonly threadStart: number;
  readonly fork: number;
  /** From the start of a process anew (spawn, forkserver) to the moment at which it is ready. */
  readonly spawn: number;
}

export const DEFAULT_COSTS: CostModel = {
  step: 100, line: 100, bytecode: 20, kernelCall: 1_000, contextSwitch: 2_000, wakeUp: 2_000, threadStart: 50_000, fork: 500_000, spawn: 20_000_000,
};

/** How virtual time is run; real time looks at none of it. */
export interface VirtualSettings {
  /** Virtual CPUs, 1 to {@link MOST_CPUS}. */
  readonly cpus?: number;
  readonly policy?: PolicyName;
  /** What one step of the program's own code is: after each it may lose its CPU. */
  readonly step?: StepKind;
  /** Records loads and stores of variables that threads share, and looks for data races among them. */
  readonly races?: boolean;
  /** How long a task may have a CPU while others wait for it, in milliseconds of virtual time. */
  readonly quantum?: number;
  /** Whole number from which everything random in a run comes: the program's own and the policy's. */
  readonly seed?: number;
  /** Another for the policy alone, so that a search meets the program's own chance unchanged. */
  readonly policySeed?: number;
  readonly costs?: Partial<CostModel>;
  /** For the policy `priority`: names of tasks, the first goes before all others. None: the older goes first. */
  readonly priorities?: readonly string[];
  /** For the policy `pct`: the number of ordering constraints of the bugs it looks for. */
  readonly depth?: number;
  /** For the policy `pct`: about how many steps and kernel operations the program does. */
  readonly expectedOperations?: number;
  /** For the policies `replay` and `manual`, which begins where it ends: pairs of a task's number and the steps after which it gave way, or -1 where it did not. */
  readonly replay?: readonly number[];
  /**
   * For the policy `replay`: records at most so many points at which another task could have gone on, once the list has ended.
   * For a search over schedules, on one CPU. Its lists count steps as they are counted where it is given, so a run of such a
   * list has 0 here at least.
   */
  readonly branches?: number;
  /** A server that waits for a client waits for the reader, who may be one, as for a line that the reader types: a page's setting. */
  readonly readerMayConnect?: boolean;
  /** Steps after which a program is taken to never end, and kernel operations after which it is. */
  readonly stepLimit?: number;
  readonly operationLimit?: number;
  /** What the run stands still for at first. */
  readonly stop?: StopWish;
}

export const MOST_CPUS = 8;
/** A program that has done so many steps is taken to never end: some 20 seconds of a busy loop, in either language. */
export const STEP_LIMITS: Readonly<Record<Language, number>> = { javascript: 5_000_000_000, python: 500_000_000 };
export const DEFAULT_VIRTUAL = {
  cpus: 2, policy: 'round-robin', step: 'call', races: false, quantum: 5, seed: 1, depth: 3, expectedOperations: 1_000,
  stepLimit: STEP_LIMITS.javascript, operationLimit: 5_000_000,
} as const satisfies VirtualSettings;

/** Settings with which a run of virtual time can be done again, its choices excepted, which are in its trace. */
export type RecordedSettings = Omit<VirtualSettings, 'replay' | 'stop' | 'readerMayConnect'>;

/** Of a program in `language`, defaults filled in. */
export function recordedSettings(settings: VirtualSettings, language: Language): RecordedSettings {
  const {
    cpus, policy, step, races, quantum, seed, policySeed, branches, priorities, depth, expectedOperations, stepLimit, operationLimit,
  } = settings;
  return {
    cpus: cpus ?? DEFAULT_VIRTUAL.cpus, policy: policy ?? DEFAULT_VIRTUAL.policy, step: step ?? DEFAULT_VIRTUAL.step,
    ...(races === true && { races }),
    quantum: quantum ?? DEFAULT_VIRTUAL.quantum, seed: seed ?? DEFAULT_VIRTUAL.seed, costs: { ...DEFAULT_COSTS, ...settings.costs },
    ...(policySeed === undefined ? {} : { policySeed }), ...(branches === undefined ? {} : { branches: 0 }), ...(priorities === undefined ? {} : { priorities }), depth: depth ?? DEFAULT_VIRTUAL.depth,
    expectedOperations: expectedOperations ?? DEFAULT_VIRTUAL.expectedOperations,
    stepLimit: stepLimit ?? STEP_LIMITS[language], operationLimit: operationLimit ?? DEFAULT_VIRTUAL.operationLimit,
  };
}

/** How a program is run. */
export interface RunSettings extends VirtualSettings {
  readonly clock: Clock;
  /** False records only what must be shown: tasks, output, findings. For measuring. */
  readonly tracing: boolean;
  /** What the program reads before the reader is asked; undefined: nothing, and the end of the input is not reached. */
  readonly stdin?: string;
  /** Bytes of the machine's memory; the default is 64 MiB. */
  readonly memoryBytes?: number;
  readonly folders?: readonly ReadOnlyFolder[];
  /** How Python's multiprocessing starts a process where the program does not say; {@link DEFAULT_START_METHOD}. */
  readonly startMethod?: StartMethod;
}

export const START_METHODS = ['fork', 'spawn', 'forkserver'] as const;
export type StartMethod = (typeof START_METHODS)[number];
/** As the notes of the course have it; CPython 3.14 on Linux would take forkserver. */
export const DEFAULT_START_METHOD: StartMethod = 'fork';

export const DEFAULT_SETTINGS: RunSettings = { clock: 'virtual', tracing: true };
