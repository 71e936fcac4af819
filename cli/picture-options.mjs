// @ts-check
/** What `weft picture` is asked for, as data. */
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import { checkTokens, momentOf, numberOf, oneFile, wordOf } from './option-values.mjs';
import { ONE_RUN_OPTIONS, oneRun } from './record-options.mjs';
import { UsageError } from './usage-error.mjs';

/**
 * @typedef {object} PictureOptions
 * @property {string} file a program, or a recorded run
 * @property {string} out
 * @property {import('../src/views/timeline/whole-picture').WholePicture} picture
 * @property {'en' | 'zh'} language
 * @property {import('./options.mjs').RunOptions | undefined} run how the program is run; undefined: it is a recorded run
 */

const PICTURE_OPTIONS = /** @type {const} */ ({
  out: { type: 'string', short: 'o' },
  from: { type: 'string' },
  to: { type: 'string' },
  width: { type: 'string' },
  theme: { type: 'string' },
  lang: { type: 'string' },
});
const OPTIONS = /** @type {const} */ ({ ...PICTURE_OPTIONS, ...ONE_RUN_OPTIONS });

/** As wide as a slide shows well. */
const WIDTH = '1200';

/**
 * @param {string[]} args what follows `weft picture`
 * @returns {PictureOptions}
 */
export function parsePicture(args) {
  const { values, positionals, tokens } = parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  checkTokens(tokens, OPTIONS);
  const file = oneFile('picture', positionals);
  const given = /** @type {Record<string, string | undefined>} */ (values);
  const { out = `${basename(file, extname(file)).replace(/\.trace$/, '')}.svg`, width = WIDTH, theme = 'light', lang = 'en' } = given;
  const kind = extname(out).toLowerCase();
  if (kind !== '.svg' && kind !== '.png') throw new UsageError(`invalid --out "${out}": its name ends in .svg or .png`);
  const [from, to] = [momentGiven(given, 'from'), momentGiven(given, 'to')];
  if (to !== undefined && to <= (from ?? 0)) throw new UsageError('invalid --to: the picture would end before it begins');
  return {
    file,
    out,
    picture: {
      kind: kind === '.svg' ? 'svg' : 'png',
      theme: wordOf('--theme', theme, /** @type {const} */ (['light', 'dark'])),
      width: numberOf('--width', width, 'a whole number of pixels from 400 to 8000', isWidth),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    },
    language: wordOf('--lang', lang, /** @type {const} */ (['en', 'zh'])),
    run: extname(file).toLowerCase() === '.json' ? noRun(given) : oneRun(file, values),
  };
}

/** @param {Record<string, string | undefined>} given @param {'from' | 'to'} name */
function momentGiven(given, name) {
  const text = given[name];
  return text === undefined ? undefined : momentOf(`--${name}`, text);
}

/** @param {Record<string, string | undefined>} given */
function noRun(given) {
  const stray = Object.keys(ONE_RUN_OPTIONS).find((name) => given[name] !== undefined);
  if (stray !== undefined) throw new UsageError(`invalid --${stray}: a recorded run is not run again`);
  return undefined;
}

/** @param {number} width */
const isWidth = (width) => Number.isInteger(width) && width >= 400 && width <= 8000;
