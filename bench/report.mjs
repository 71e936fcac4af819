// @ts-check
import { median, shortNumber } from './statistics.mjs';

/**
 * @typedef {import('./measurements.mjs').Measurement} Measurement
 * @typedef {import('./measurements.mjs').Comparison} Comparison
 * @typedef {{ figure: number, foreignLoad: number }} Sample with the cores that other processes used meanwhile
 * @typedef {Map<string, Sample[]>} Samples of each source, one a repetition
 *
 * @typedef {object} Row
 * @property {string} title
 * @property {number[]} samples
 * @property {number} median
 * @property {number} [ratio] ours to this one
 * @property {string} [target]
 * @property {boolean} [reached]
 */

/** Cores in use by others from which on it is said. */
const BUSY = 0.5;

/** @param {Samples} samples @param {string} key */
function figuresOf(samples, key) {
  return samples.get(key)?.map(({ figure }) => figure);
}

/** @param {{ atLeast: number } | { atMost: number }} bound */
function wordsOf(bound) {
  return 'atLeast' in bound ? `at least ${shortNumber(bound.atLeast)}` : `at most ${shortNumber(bound.atMost)}`;
}

/** @param {number} figure @param {{ atLeast: number } | { atMost: number }} bound */
function isReached(figure, bound) {
  return 'atLeast' in bound ? figure >= bound.atLeast : figure <= bound.atMost;
}

/**
 * @param {readonly Measurement[]} measurements
 * @param {Samples} samples
 */
export function reportOf(measurements, samples) {
  const results = measurements.map((measurement) => ({ name: measurement.name, unit: measurement.unit, ...rowsOf(measurement, samples) }));
  const judged = results.flatMap(({ ours, others }) => [ours, ...others]).filter(({ reached }) => reached !== undefined);
  const lines = results.flatMap(({ name, unit, ours, others }) => [
    '',
    `${name}: ${ours.title}`,
    `  ${lineOf(ours, unit)}`,
    ...others.map((row) => `  ${lineOf(row, unit)}`),
  ]);
  if (!cpythonIsThere(measurements, samples)) lines.push('', 'CPython was left out: there is no python3 on this machine.');
  const load = median([...samples.values()].flat().map(({ foreignLoad }) => foreignLoad));
  if (load > BUSY) {
    lines.push('', `Other processes used ${load.toFixed(1)} cores meanwhile: no figure is reliable, what needs several cores least.`);
  }
  lines.push('', `${judged.filter(({ reached }) => reached).length} of ${judged.length} targets reached`);
  return { text: lines.join('\n').trimStart(), results, foreignLoad: load };
}

/** Whether CPython was measured where it was wanted. @param {readonly Measurement[]} measurements @param {Samples} samples */
function cpythonIsThere(measurements, samples) {
  const wanted = measurements.flatMap(({ against }) => against).filter(({ by }) => by === 'cpython');
  return wanted.every(({ key }) => samples.has(`cpython ${key}`));
}

/** @param {Measurement} measurement @param {Samples} samples @returns {{ ours: Row, others: Row[] }} */
function rowsOf({ name, title, target, against }, samples) {
  const own = figuresOf(samples, `ours ${name}`) ?? [];
  const figure = median(own);
  /** @type {Row} */
  const ours = { title, samples: own, median: figure };
  if (target) Object.assign(ours, { target: wordsOf(target), reached: isReached(figure, target) });
  /** @type {Row[]} */
  const rows = [];
  for (const { by, key, title, ratio: bound } of against) {
    const theirs = figuresOf(samples, `${by} ${key}`);
    if (!theirs) continue;
    const ratio = figure / median(theirs);
    const judged = bound ? { target: wordsOf(bound), reached: isReached(ratio, bound) } : {};
    rows.push({ title, samples: theirs, median: median(theirs), ratio, ...judged });
  }
  return { ours, others: rows };
}

/** @param {Row} row @param {string} unit */
function lineOf({ title, samples, median, ratio, target, reached }, unit) {
  const range = `${shortNumber(Math.min(...samples))} to ${shortNumber(Math.max(...samples))}`;
  const start = `${(ratio === undefined ? 'Weft' : title).padEnd(42)} ${shortNumber(median).padStart(7)} ${unit} (${range})`;
  const compared = ratio === undefined ? '' : `ratio ${ratio.toPrecision(3)}`;
  const judged = target === undefined ? '' : `${target}: ${reached ? 'reached' : 'NOT reached'}`;
  return [start, compared, judged].filter(Boolean).join(', ');
}
