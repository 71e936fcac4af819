// @ts-check
/** What commands have in common in reading their options. */
import { UsageError } from './usage-error.mjs';

export const MORE = '"weft --help" lists all';

/** The longest delay a timer takes, in seconds. */
const LONGEST_TIMEOUT = 2 ** 31 / 1000 - 1;

/**
 * The complaints that parseArgs would make, in our words.
 *
 * @param {ReturnType<typeof import('node:util').parseArgs>['tokens']} tokens
 * @param {Readonly<Record<string, { readonly type: 'string' | 'boolean', readonly multiple?: boolean }>>} options
 */
export function checkTokens(tokens = [], options) {
  const seen = new Set();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw new UsageError(`unknown option "${token.rawName}"; ${MORE}`);
    if (option.type === 'boolean') {
      if (token.value !== undefined) throw new UsageError(`invalid option "${token.rawName}=${token.value}": it takes no value`);
      continue;
    }
    // `--trace --out x`: what follows is the next option, not the value. A value may be "-" alone.
    const looksLikeOption = !token.inlineValue && token.value !== undefined && /^-./.test(token.value);
    if (token.value === undefined || token.value === '' || looksLikeOption) {
      throw new UsageError(`missing value after "${token.rawName}"; ${MORE}`);
    }
    if (seen.has(token.name) && option.multiple !== true) throw new UsageError(`duplicate option "${token.rawName}"`);
    seen.add(token.name);
  }
}

/** @param {number} seed */
export const isSeed = (seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32;
/** @param {number} seconds */
export const isTimeout = (seconds) => seconds > 0 && seconds <= LONGEST_TIMEOUT;

/** @param {string} option @param {string} text @param {string} wanted @param {(number: number) => boolean} isGood */
export function numberOf(option, text, wanted, isGood) {
  const number = text.trim() === '' ? NaN : Number(text);
  if (!isGood(number)) throw new UsageError(`invalid ${option} "${text}": give ${wanted}`);
  return number;
}

const UNITS = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 };

/** A moment in nanoseconds: `1.5`, `200ms`, `40us`. @param {string} option @param {string} text */
export function momentOf(option, text) {
  const match = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s)?$/.exec(text);
  if (!match) throw new UsageError(`invalid ${option} "${text}": give a moment of the run such as 1.5, 1.5s, 200ms or 40us`);
  return Number(match[1]) * UNITS[/** @type {keyof typeof UNITS} */ (match[2] ?? 's')];
}

/**
 * One of several words.
 *
 * @template {string} Word
 * @param {string} option
 * @param {string} text
 * @param {readonly Word[]} words
 * @returns {Word}
 */
export function wordOf(option, text, words) {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new UsageError(`unknown ${option} "${text}": there are ${words.join(', ')}`);
  return word;
}

/** The one file that a command is for. @param {string} command @param {string[]} files */
export function oneFile(command, files) {
  const [file, other] = files;
  if (file === undefined) throw new UsageError(`missing file: say "weft ${command} FILE"; ${MORE}`);
  if (other !== undefined) throw new UsageError(`invalid file "${other}": weft ${command} takes one file at a time`);
  return file;
}
