import {
  DEFAULT_COSTS, DEFAULT_SETTINGS, DEFAULT_START_METHOD, DEFAULT_VIRTUAL, MOST_CPUS, START_METHODS, type Program,
  type RunSettings, type StartMethod,
} from '../../protocol/program';
import { POLICIES, STEP_KINDS, type PolicyName, type StepKind } from '../../protocol/words';
import { fromChoices, toChoices } from './choices-text';
import { cleanNotes, type Note } from '../notes-store';
import { fromFlatStops, toFlatStops, type StopEvent } from '../stop-events';

/** Lines at which a run in virtual time stands still, by file. */
export type Breaks = Readonly<Record<string, readonly number[]>>;

export interface Breakpoints {
  readonly breaks?: Breaks;
  /** Events at which it stands still. */
  readonly stops?: readonly StopEvent[];
}

/** What a link carries: never how the page looks, which is the reader's own. */
export interface SharedProgram extends Breakpoints {
  readonly program: Program;
  readonly settings: RunSettings;
  /** Moments of its run that somebody marked. */
  readonly notes?: readonly Note[];
  /** The moment of its run that somebody looked at, in nanoseconds. */
  readonly playhead?: number;
  /** How much of the run passes in a second of whoever plays it. */
  readonly speed?: number;
}

/**
 * Why a link could not be opened. The page says it in words; `detail` names the field that was wrong, for
 * people.
 */
export type LinkProblem =
  | { readonly kind: 'damaged'; readonly detail: string }
  | { readonly kind: 'too new'; readonly version: number; readonly reads: number }
  | { readonly kind: 'too large'; readonly limitBytes: number };

/** The JSON of a link: short keys, for every one of them is in every link. */
export interface LinkBody {
  /** Language: `js` or `py`. */
  readonly l: string;
  /** Files: name and text by turns. */
  readonly f: readonly string[];
  /** Index of the file that is run; left out for the first. */
  readonly e?: number;
  /** Indexes of the files that are run beside it. Readers older than these run the first alone. */
  readonly b?: readonly number[];
  /** Notes: moment in nanoseconds and text by turns. Readers older than these leave them out. */
  readonly n?: readonly (number | string)[];
  /** The playhead, in nanoseconds. Readers older than this one and the next leave them out. */
  readonly p?: number;
  /** The speed of playing. */
  readonly x?: number;
  /** Lines with breakpoints: index of the file and line by turns. Readers older than this one and the next leave them out. */
  readonly k?: readonly number[];
  /** Breakpoints on events: {@link toFlatStops}. */
  readonly v?: readonly string[];
  /** Settings that differ from the defaults. */
  readonly s?: {
    readonly tracing?: boolean;
    readonly stdin?: string;
    readonly memoryBytes?: number;
    /** `real`; in virtual time it is left out. */
    readonly clock?: string;
    readonly cpus?: number;
    readonly policy?: string;
    readonly step?: string;
    readonly races?: boolean;
    readonly quantum?: number;
    readonly seed?: number;
    /** For the policy `replay`: the choices, as {@link toChoices} writes them. */
    readonly replay?: string;
    /** 0 where the choices are a search's. */
    readonly branches?: number;
    /** Costs that differ from the defaults. */
    readonly costs?: Readonly<Record<string, number>>;
    readonly startMethod?: string;
  };
}

const FILES_AT_MOST = 64;
const NAME_AT_MOST = 200;
const MEMORY_AT_MOST = 1 << 30;
const MEMORY_AT_LEAST = 1 << 20;
/** Ten days of a run. */
const LATEST_PLAYHEAD = 1e15;
const [SLOWEST, FASTEST] = [1e-6, 1e3];
const LONGEST_QUANTUM = 10_000;
const COST_AT_MOST = 1e12;
const SETTINGS = ['tracing', 'stdin', 'memoryBytes', 'clock', 'cpus', 'policy', 'step', 'races', 'quantum', 'seed', 'startMethod'] as const;
const DEFAULTS: RunSettings = { ...DEFAULT_VIRTUAL, ...DEFAULT_SETTINGS, startMethod: DEFAULT_START_METHOD };
const LANGUAGES = { js: 'javascript', py: 'python' } as const;

export function toLinkBody({ program, settings, notes = [], playhead, speed, breaks = {}, stops = [] }: SharedProgram): LinkBody {
  const entry = Math.max(
    0,
    program.files.findIndex((file) => file.name === program.entry),
  );
  const beside = (program.beside ?? []).map((name) => program.files.findIndex((file) => file.name === name)).filter((index) => index >= 0);
  const lines = program.files.flatMap(({ name }, file) => (breaks[name] ?? []).flatMap((line) => [file, line]));
  const changed: Record<string, unknown> = {};
  for (const key of SETTINGS) {
    if (settings[key] !== undefined && settings[key] !== DEFAULTS[key]) changed[key] = settings[key];
  }
  if (settings.policy === 'replay') changed['replay'] = toChoices(settings.replay ?? []);
  if (settings.policy === 'replay' && settings.branches !== undefined) changed['branches'] = 0;
  if (settings.costs !== undefined && Object.keys(settings.costs).length > 0) changed['costs'] = settings.costs;
  return {
    l: program.language === 'javascript' ? 'js' : 'py',
    f: program.files.flatMap((file) => [file.name, file.text]),
    ...(entry > 0 ? { e: entry } : {}),
    ...(beside.length > 0 ? { b: beside } : {}),
    ...(notes.length > 0 ? { n: notes.flatMap(({ time, text }) => [time, text]) } : {}),
    ...(playhead === undefined ? {} : { p: Math.round(playhead) }),
    ...(speed === undefined ? {} : { x: speed }),
    ...(lines.length > 0 ? { k: lines } : {}),
    ...(stops.length > 0 ? { v: toFlatStops(stops) } : {}),
    ...(Object.keys(changed).length > 0 ? { s: changed } : {}),
  };
}

/**
 * Reads a body that anybody may have written. A bad optional part is left out; a bad program is a sentence.
 */
export function fromLinkBody(body: unknown): SharedProgram | { readonly invalid: string } {
  if (!isRecord(body)) return { invalid: 'invalid body: not an object' };
  const language = body.l === 'js' || body.l === 'py' ? LANGUAGES[body.l] : undefined;
  if (language === undefined) return { invalid: 'unknown language' };
  const flat = body.f;
  if (!Array.isArray(flat) || flat.length === 0 || flat.length % 2 !== 0) return { invalid: 'missing files' };
  if (flat.length / 2 > FILES_AT_MOST) return { invalid: `invalid files: more than ${FILES_AT_MOST}` };
  if (!flat.every((item): item is string => typeof item === 'string'))
    return { invalid: 'invalid file: not a text' };
  const files = [];
  const names = new Set<string>();
  for (let index = 0; index < flat.length; index += 2) {
    const name = flat[index];
    if (!isFileName(name)) return { invalid: 'invalid file name' };
    if (names.has(name)) return { invalid: 'duplicate file name' };
    names.add(name);
    files.push({ name, text: flat[index + 1] });
  }
  const entry = body.e === undefined ? files[0] : typeof body.e === 'number' ? files[body.e] : undefined;
  if (entry === undefined) return { invalid: 'missing entry file' };
  const notes = notesOf(body.n);
  const beside = besideOf(body.b, files.map(({ name }) => name), entry.name);
  const breaks = breaksOf(body.k, files);
  const stops = fromFlatStops(body.v);
  return {
    program: { language, files, entry: entry.name, ...(beside.length > 0 && { beside }) },
    settings: settingsOf(body.s),
    ...(notes.length > 0 && { notes }),
    ...(isBetween(body.p, 0, LATEST_PLAYHEAD) && { playhead: body.p }),
    ...(isBetween(body.x, SLOWEST, FASTEST) && { speed: body.x }),
    ...(Object.keys(breaks).length > 0 && { breaks }),
    ...(stops.length > 0 && { stops }),
  };
}

/** Indexes that name no other file are left out. */
function besideOf(given: unknown, names: readonly string[], entry: string): readonly string[] {
  if (!Array.isArray(given)) return [];
  const others = given.map((index: unknown) => (typeof index === 'number' ? names[index] : undefined));
  return [...new Set(others)].filter((name): name is string => name !== undefined && name !== entry);
}

/** Lines that the files do not have are left out. */
function breaksOf(given: unknown, files: Program['files']): Breaks {
  if (!Array.isArray(given)) return {};
  const flat = given as readonly unknown[];
  const breaks: Record<string, number[]> = {};
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const [number, line] = [flat[index], flat[index + 1]];
    const file = typeof number === 'number' ? files[number] : undefined;
    if (file !== undefined && isWhole(line, 1, file.text.split('\n').length)) (breaks[file.name] ??= []).push(line);
  }
  return breaks;
}

/** A bad note is left out, and the rest stays. */
function notesOf(given: unknown): readonly Note[] {
  if (!Array.isArray(given)) return [];
  const flat = given as readonly unknown[];
  const notes: Note[] = [];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    const [time, text] = [flat[index], flat[index + 1]];
    if (typeof time === 'number' && typeof text === 'string') notes.push({ time, text });
  }
  return cleanNotes(notes);
}

function settingsOf(given: unknown): RunSettings {
  if (!isRecord(given)) return DEFAULT_SETTINGS;
  const { tracing, stdin, memoryBytes, clock, cpus, policy, step, races, quantum, seed, branches, costs, startMethod } = given;
  const replay = policy === 'replay' ? fromChoices(given.replay) : undefined;
  return {
    ...DEFAULT_SETTINGS,
    ...(typeof tracing === 'boolean' ? { tracing } : {}),
    ...(typeof stdin === 'string' ? { stdin } : {}),
    ...(isWhole(memoryBytes, MEMORY_AT_LEAST, MEMORY_AT_MOST) ? { memoryBytes } : {}),
    ...(clock === 'real' ? { clock } : {}),
    ...(isWhole(cpus, 1, MOST_CPUS) ? { cpus } : {}),
    ...(isPolicy(policy) ? { policy } : {}),
    ...(replay === undefined ? {} : { policy: 'replay', replay, ...(branches === 0 && { branches }) }),
    ...(isRecord(costs) ? costsOf(costs) : {}),
    ...(typeof races === 'boolean' ? { races } : {}),
    ...(isStep(step) ? { step } : {}),
    ...(typeof quantum === 'number' && quantum > 0 && quantum <= LONGEST_QUANTUM ? { quantum } : {}),
    ...(isWhole(seed, 0, 2 ** 31 - 1) ? { seed } : {}),
    ...(isStartMethod(startMethod) ? { startMethod } : {}),
  };
}

function isStartMethod(value: unknown): value is StartMethod {
  return START_METHODS.some((method) => method === value);
}

function isBetween(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

function isWhole(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

/** A replay needs its choices as well. */
function isPolicy(value: unknown): value is PolicyName {
  return value !== 'replay' && POLICIES.some((policy) => policy === value);
}

/** Costs of what there is; the rest is left out. */
function costsOf(given: Record<string, unknown>): Pick<RunSettings, 'costs'> {
  const costs = Object.entries(given).filter(([name, cost]) => Object.hasOwn(DEFAULT_COSTS, name) && isWhole(cost, 0, COST_AT_MOST));
  return costs.length === 0 ? {} : { costs: Object.fromEntries(costs) };
}

function isStep(value: unknown): value is StepKind {
  return STEP_KINDS.some((step) => step === value);
}

/** Printable, no way up or to a root: it names a file of the program and nothing else. */
export function isFileName(name: string): boolean {
  if (name.length === 0 || name.length > NAME_AT_MOST || name.startsWith('/')) return false;
  return (
    !/[\p{Cc}\p{Cf}\\]/u.test(name) &&
    name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
