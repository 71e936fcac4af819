// @ts-check
/** Judges what runs printed by the listings' own check.py. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PYTHON = 'python3';

/** Whether there is what judges; else a sentence. */
export function missingJudge() {
  const { error } = spawnSync(PYTHON, ['--version']);
  return error && `${PYTHON} is needed to judge the listings, for their judge, check.py, is a Python program`;
}

/**
 * The faults of each listing in `results`, by file; one without faults has no entry.
 *
 * @param {string} folder of the listings
 * @param {string} results
 * @param {readonly string[]} prefixes
 * @returns {ReadonlyMap<string, string[]>}
 */
export function judge(folder, results, prefixes) {
  const { status, stdout, stderr, error } = spawnSync(PYTHON, [join(folder, 'check.py'), results, ...prefixes], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' },
  });
  const verdict = readVerdict(stdout ?? '');
  // It also ends with 1 where it crashed.
  if (!verdict || (status !== 0 && status !== 1)) throw new Error(`check.py failed: ${error?.message ?? stderr.trim()}`);
  return verdict;
}

/**
 * Reads what check.py prints: a listing's name at the margin, its faults indented below, the totals last.
 *
 * @param {string} text
 * @returns {Map<string, string[]> | undefined} undefined where the totals are missing or say something else
 */
export function readVerdict(text) {
  const lines = text.trimEnd().split('\n');
  const totals = /^\d+ passed, (\d+) failed$/.exec(lines.pop() ?? '');
  /** @type {Map<string, string[]>} */
  const faults = new Map();
  /** @type {string[]} */
  let current = [];
  for (const line of lines) {
    if (line.startsWith('    ')) current.push(line.trim());
    else if (line !== '') faults.set(line, (current = []));
  }
  return totals && Number(totals[1]) === faults.size ? faults : undefined;
}
