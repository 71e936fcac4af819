/**
 * The page without a face: what the command line, the bench and the browser tests of the kernel drive. It offers the
 * machine as `globalThis.weft`.
 */
import './text/whole-catalogue';
import { createMachine } from './machine/machine';
import type { Machine } from './machine/machine-types';
import type { Program, RunSettings } from './protocol/program';
import { RecordedRun, type StartOutcome, type Writes } from './state/recorded-run';
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
  /** The last run that was started. */
  run: undefined as RecordedRun | undefined,
};
export type WeftRunner = typeof weft;

Object.assign(globalThis, { weft });
document.documentElement.dataset['ready'] = 'true';
