// @ts-check
/** What `weft grade` is asked for, as data. */
import { parseArgs } from 'node:util';
import { checkTokens, MORE, oneFile, wordOf } from './option-values.mjs';
import { UsageError } from './usage-error.mjs';

/**
 * @typedef {object} GradeOptions
 * @property {string} file
 * @property {string} lesson
 * @property {'en' | 'zh'} language
 * @property {string | undefined} trace where the run that shows the verdict goes
 */

const OPTIONS = /** @type {const} */ ({
  lesson: { type: 'string' },
  lang: { type: 'string' },
  trace: { type: 'string' },
});

/**
 * @param {string[]} args what follows `weft grade`
 * @returns {GradeOptions}
 */
export function parseGrade(args) {
  const { values, positionals, tokens } = parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: false, tokens: true });
  checkTokens(tokens, OPTIONS);
  const file = oneFile('grade', positionals);
  const { lesson, lang = 'en', trace } = /** @type {Record<string, string | undefined>} */ (values);
  if (lesson === undefined) throw new UsageError(`missing --lesson: say "weft grade ${file} --lesson ID"; ${MORE}`);
  return { file, lesson, trace, language: wordOf('--lang', lang, /** @type {const} */ (['en', 'zh'])) };
}
