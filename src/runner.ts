/**
 * The page without a face: what the command line, the bench and the browser tests of the kernel drive. It offers the
 * machine as `globalThis.weft`.
 */
import './text/whole-catalogue';
import { createMachine } from './machine/machine';
import { ProgramRejected, type Machine } from './machine/machine-types';
import type { Program, RunSettings } from './protocol/program';
import type { SearchOptions, SearchResult } from './search/search';
import { encodeLink } from './state/link/link-codec';
import { searchProgram } from './state/program-search';
import { RecordedRun, type StartOutcome, type Writes } from './state/recorded-run';
import { describeProgress, describeSearch } from './state/search-sentences';
import { buildModel } from './trace/model';
import { TraceBuilder } from './trace/trace-builder';
import { replayOf } from './trace/choices';
import { readTrace, writeTrace } from './trace/trace-json';

/** Supplied by whoever drives the page and wants the output as it comes. */
declare const weftWrite: ((writes: Writes) => Promise<void>) | undefined;

/** Starts `program` as `weft.run`, with those `beside` it. */
async function start(program: Program, settings: RunSettings, beside: readonly Program[] = []): Promise<StartOutcome> {
  const run = new RecordedRun(program, settings, async (writes) => {
    if (typeof weftWrite === 'function') await weftWrite(writes);
  }, beside);
  const outcome = await run.start(weft.machine);
  if (outcome.outcome === 'started') weft.run = run;
  return outcome;
}

/** What a search came to; crosses to whoever drives the page, so it is plain data. */
export type ExploreOutcome =
  | {
    readonly outcome: 'explored';
    readonly result: SearchResult;
    /** It in words. */
    readonly sentences: readonly string[];
    /** Where something was found: how the program is run so that it fails, and the link to that. */
    readonly settings?: RunSettings;
    readonly link?: string;
    /** How often that takes the CPU from a task that could go on. */
    readonly preemptions?: number;
  }
  | Exclude<StartOutcome, { outcome: 'started' }>;

let exploration = new AbortController();

/** Searches the schedules of `program`. `address`: of the page, which the link begins with. */
async function explore(program: Program, settings: RunSettings, options: SearchOptions, address: string): Promise<ExploreOutcome> {
  exploration = new AbortController();
  try {
    const search = await searchProgram(weft.machine, program, settings, options, (progress) => {
      weft.exploring = describeProgress(progress);
    }, exploration.signal);
    const { result, failing } = search;
    return {
      outcome: 'explored', result, sentences: describeSearch(search),
      ...(failing && {
        settings: failing.settings, preemptions: failing.interruptions.length,
        link: `${address}${encodeLink({ program, settings: failing.settings })}`,
      }),
    };
  } catch (error) {
    if (error instanceof ProgramRejected) return { outcome: 'rejected', errors: error.errors };
    return { outcome: 'failed', message: error instanceof Error ? error.message : String(error) };
  } finally {
    weft.exploring = '';
  }
}

const machine: Machine = createMachine();

const weft = {
  /** What runs programs; another may be put in its place. */
  machine,
  createMachine,
  TraceBuilder,
  buildModel,
  readTrace,
  writeTrace,
  start,
  /** Settings that do the run of a trace file again; undefined where that is of real time. Throws where it is no trace. */
  replayOf: (text: string) => replayOf(readTrace(text).trace),
  explore,
  /** How far the search is, in a sentence. */
  exploring: '',
  stopExploring: () => exploration.abort(),
  /** The last run that was started. */
  run: undefined as RecordedRun | undefined,
};
export type WeftRunner = typeof weft;

Object.assign(globalThis, { weft });
document.documentElement.dataset['ready'] = 'true';
