// @ts-check
/**
 * `npm run bench [-- NAME... --repetitions N --json FILE]`: measures the machine beside what can be built by hand and beside
 * CPython, in turns, and prints each ratio with what it has to reach. It judges nothing: the exit status is 0 unless a
 * measurement failed.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from '../scripts/ensure-installed.mjs';
import { withLoad } from './load.mjs';
import { measurements } from './measurements.mjs';
import { reportOf } from './report.mjs';

/**
 * @typedef {import('./measurements.mjs').Measurement} Measurement
 * @typedef {import('./report.mjs').Samples} Samples
 */

/** Cores in use by other processes up to which a figure counts as undisturbed, and how often one is taken anew. */
const QUIET = 0.3;
const ATTEMPTS = 3;

/** What is measured by itself, and its report. @type {Record<string, () => Promise<string>>} */
const ALONE = {
  timeline: async () => {
    const { measureTimeline, timelineReport } = await import('./timeline/timeline.mjs');
    return timelineReport(await measureTimeline());
  },
  search: async () => {
    const { measureSearch, searchReport } = await import('./search/search.mjs');
    return searchReport(await measureSearch());
  },
  stepping: async () => {
    const { measureStepping, steppingReport } = await import('./stepping/stepping.mjs');
    return steppingReport(await measureStepping());
  },
  opening: async () => {
    const { measureOpening, openingReport } = await import('./opening/opening.mjs');
    return openingReport(await measureOpening());
  },
  stop: async () => {
    const { measureStop, stopReport } = await import('./stop/stop.mjs');
    return stopReport(await measureStop());
  },
};

/** @param {string[]} names @returns {readonly Measurement[]} */
function chosen(names) {
  /** Those of a name or, where it is no measurement's, all that begin with it: `python`. @param {string} wanted */
  const called = (wanted) => {
    const exact = measurements.filter(({ name }) => name === wanted);
    return exact.length > 0 ? exact : measurements.filter(({ name }) => name.startsWith(`${wanted}-`));
  };
  const unknown = names.filter((name) => called(name).length === 0);
  if (unknown.length > 0) {
    throw new Error(`unknown measurement "${unknown.join('", "')}"; there are ${measurements.map(({ name }) => name).join(', ')}`);
  }
  const wanted = new Set(names.flatMap(called));
  return names.length === 0 ? measurements : measurements.filter((measurement) => wanted.has(measurement));
}

/**
 * All figures, by whom they are of: `ours queue`, `bare ring`. One repetition goes once through all, so that a change of
 * the machine's load meets them all alike.
 *
 * @param {readonly Measurement[]} wanted
 * @param {number} repetitions
 * @returns {Promise<Samples>}
 */
async function measure(wanted, repetitions) {
  const { Sources } = await import('./sources.mjs');
  const sources = await Sources.open();
  /** @type {Samples} */
  const samples = new Map();
  /**
   * Of several attempts the one that others disturbed least counts.
   *
   * @param {string} key
   * @param {() => number | undefined | Promise<number | undefined>} take
   */
  const add = async (key, take) => {
    /** @type {import('./report.mjs').Sample | undefined} */
    let best;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { value: figure, foreignLoad = 0 } = await withLoad(take);
      if (figure === undefined) return;
      if (!best || foreignLoad < best.foreignLoad) best = { figure, foreignLoad };
      if (foreignLoad <= QUIET) break;
    }
    if (best) samples.set(key, [...(samples.get(key) ?? []), best]);
  };
  try {
    for (let repetition = 1; repetition <= repetitions; repetition++) {
      console.error(`bench: repetition ${repetition} of ${repetitions}`);
      const measured = new Set();
      for (const measurement of wanted) {
        await add(`ours ${measurement.name}`, () => sources.machine(measurement));
        for (const comparison of measurement.against) {
          const key = `${comparison.by} ${comparison.key}`;
          if (measured.has(key)) continue;
          measured.add(key);
          await add(key, () => (comparison.by === 'bare' ? sources.bare(comparison) : sources.cpython(comparison)));
        }
      }
    }
  } finally {
    await sources.close();
  }
  return samples;
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { repetitions: { type: 'string', default: '5' }, json: { type: 'string' } },
  });
  const repetitions = Number(values.repetitions);
  if (!Number.isInteger(repetitions) || repetitions < 1) throw new Error(`invalid --repetitions "${values.repetitions}": give a whole number from 1`);
  const alone = Object.entries(ALONE).filter(([name]) => positionals.length === 0 || positionals.includes(name));
  const named = positionals.filter((name) => !Object.hasOwn(ALONE, name));
  const wanted = positionals.length > 0 && named.length === 0 ? [] : chosen(named);
  ensureInstalled();
  const report = reportOf(wanted, wanted.length === 0 ? new Map() : await measure(wanted, repetitions));
  if (wanted.length > 0) console.log(report.text);
  for (const [, measureAlone] of alone) console.log(await measureAlone());
  if (values.json !== undefined) {
    const machine = { cores: cpus().length, processor: cpus()[0]?.model, node: process.version };
    const folder = process.env.npm_lifecycle_event === 'bench' && process.env.INIT_CWD ? process.env.INIT_CWD : process.cwd();
    writeFileSync(resolve(folder, values.json), `${JSON.stringify({ machine, repetitions, foreignLoad: report.foreignLoad, results: report.results }, null, 2)}\n`);
  }
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
