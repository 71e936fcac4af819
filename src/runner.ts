/**
 * The page without a face: what the command line, the bench and the browser tests of the kernel drive. It offers the
 * machine as `globalThis.weft`.
 */
import './text/whole-catalogue';
import { createMachine } from './machine/machine';
import { ProgramRejected, type Machine } from './machine/machine-types';
import type { Program, RunSettings } from './protocol/program';
import type { SearchOptions, SearchResult } from './search/search';
import { gradeProgram, type Grade } from './state/grading';
import { solve, type Deviation, type Solution } from './lessons/puzzles/solve';
import { loadPuzzle } from './lessons/puzzles/load';
import { SOLUTIONS } from './lessons/puzzles/solutions';
import { encodeLink } from './state/link/link-codec';
import { searchProgram } from './state/program-search';
import { playPuzzle, scheduleOfDeviations, scheduleOfMoves, type PlayedPuzzle } from './state/puzzle-play';
import { RecordedRun, type StartOutcome, type Writes } from './state/recorded-run';
import { describeProgress, describeSearch } from './state/search-sentences';
import { setLanguage } from './text/translate';
import type { Language } from './text/languages';
import { buildModel } from './trace/model';
import { TraceBuilder } from './trace/trace-builder';
import { replayOf } from './trace/choices';
import { readTraceFile } from './trace/trace-file';
import { readTrace, TraceFormatError, writeTrace } from './trace/trace-json';
import type { WholePicture } from './views/timeline/whole-picture';

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

/** A picture as plain data: an SVG as it is, a PNG in base 64. */
export type PictureOutcome =
  | { readonly outcome: 'drawn'; readonly data: string; readonly notes: readonly string[] }
  | { readonly outcome: 'refused'; readonly reason: string }
  /** The run ends before the part that was asked for begins. */
  | { readonly outcome: 'outside'; readonly end: number };

/** Draws the run in the text of a trace file or, without one, the last that was started. */
async function picture(wanted: WholePicture, language: Language, text?: string): Promise<PictureOutcome> {
  setLanguage(language);
  try {
    const { trace, notes } = text === undefined ? { trace: weft.run?.trace, notes: [] } : readTraceFile(text);
    if (trace === undefined) throw new Error('missing run: no program has been started');
    const model = buildModel(trace);
    if ((wanted.from ?? 0) >= model.endTime) return { outcome: 'outside', end: model.endTime };
    // Most who drive this page want none.
    const { pictureOfRun } = await import('./views/timeline/whole-picture');
    const drawn = await pictureOfRun(model, wanted);
    return { outcome: 'drawn', data: wanted.kind === 'svg' ? await drawn.text() : await base64Of(drawn), notes };
  } catch (error) {
    if (error instanceof TraceFormatError) return { outcome: 'refused', reason: error.message };
    throw error;
  }
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Judges a program by a lesson's exercise; the run that shows the verdict is `weft.run` then. */
async function grade(program: Program, lesson: string, language: Language): Promise<Grade> {
  setLanguage(language);
  const graded = await gradeProgram(weft.machine, program, lesson, (sentence) => {
    weft.exploring = sentence;
  });
  weft.exploring = '';
  weft.run = graded.run;
  return graded.grade;
}

/** Plays a puzzle: its known solution, or by itself but for some choices. */
async function play(id: string, deviations?: readonly Deviation[]): Promise<PlayedPuzzle> {
  const puzzle = await loadPuzzle(id);
  if (puzzle === undefined) throw new Error(`unknown puzzle "${id}"`);
  const schedule = deviations === undefined ? scheduleOfMoves(puzzle, SOLUTIONS[id]) : scheduleOfDeviations(deviations);
  return playPuzzle(weft.machine, puzzle, schedule);
}

/** Tries all schedules of a puzzle with at most `most` choices, the fewest first. */
function solvePuzzle(id: string, most: number): Promise<Solution> {
  return solve(async (deviations) => {
    const { asked, verdict } = await play(id, deviations);
    return { options: asked.map(({ length }) => length), reached: verdict === true };
  }, most);
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
  picture,
  grade,
  play,
  solvePuzzle,
  /** How far the search or the grading is, in a sentence. */
  exploring: '',
  stopExploring: () => exploration.abort(),
  /** The last run that was started. */
  run: undefined as RecordedRun | undefined,
};
export type WeftRunner = typeof weft;

Object.assign(globalThis, { weft });
document.documentElement.dataset['ready'] = 'true';
