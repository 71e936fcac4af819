import { formatDuration } from '../text/duration';
import { currentLanguage } from '../text/translate';
import type { Both, Moment, Values } from './lesson';
import type { Numbers } from './numbers';
import { timeOf, type Found, type RunReader } from './run-reader';

/** A text in the reader's language. A name that nobody gave stays as it is: a test looks for those. */
export function fill(text: Both, values: Values = {}): string {
  const language = currentLanguage();
  const filled = text[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'object' ? formatDuration(value.ns) : String(value);
  });
  // Between a unit and the word behind it Chinese has no space, though between a number and a word it has.
  return language === 'zh' ? filled.replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1') : filled;
}

/** What the texts of a moment may name. */
export function momentValues(moment: Moment, found: Found, run: RunReader, numbers: Numbers): Values {
  const length: Values = 'start' in found ? { length: { ns: found.end - found.start } } : {};
  return { ...numbers, ...length, time: { ns: timeOf(found) }, ...moment.values?.(run, numbers) };
}
