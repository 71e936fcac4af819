// @ts-check
/** Finds the listings: a folder of Python programs beside the project, with what each prints in manifest.json. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectRoot } from '../paths.mjs';

/**
 * One program and what its run must show; check.py in the same folder is the definition of the rules.
 *
 * @typedef {object} Listing
 * @property {string} file
 * @property {string} topic
 * @property {string[]} apis what it uses, by name
 * @property {boolean} ends false: it never ends by itself and is stopped after `stop_after` seconds
 * @property {number} [stop_after]
 * @property {boolean} [may_block] it hangs now and then
 * @property {number | null} seconds how long it takes on CPython
 * @property {'none' | 'order' | 'values'} timing what rests on time: nothing, the order of lines (on sleeps), a printed value
 * @property {string} [stdin]
 * @property {string[]} [needs] servers that must run beside it
 * @property {number[]} [ports] ports it uses; two that share one do not run at the same time
 * @property {string[]} [requires] packages
 * @property {string} [start_method]
 * @property {string[]} states what its timeline must show, in words
 */

const FOLDER_VARIABLE = 'WEFT_LISTINGS';

/** The folder of the listings, or a sentence that says where they were looked for. */
export function findListings() {
  const named = process.env[FOLDER_VARIABLE];
  const folder = named ? resolve(named) : resolve(projectRoot, '..', 'shared', 'listings');
  if (existsSync(join(folder, 'manifest.json')) && existsSync(join(folder, 'check.py'))) return { folder };
  const shown = named ?? join('..', 'shared', 'listings');
  return { missing: `there are no listings in ${shown}; ${FOLDER_VARIABLE} names another folder` };
}

/**
 * The listings whose names begin with one of `prefixes`; all where there is none.
 *
 * @param {string} folder
 * @param {readonly string[]} prefixes
 * @returns {Listing[]}
 */
export function readListings(folder, prefixes) {
  /** @type {Listing[]} */
  const listings = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  return prefixes.length === 0 ? listings : listings.filter(({ file }) => prefixes.some((prefix) => file.startsWith(prefix)));
}
