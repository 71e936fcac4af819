import type { TextKey, TextParams } from './catalogue';
import { player } from './en/player';
import { LANGUAGES, type Language } from './languages';
import { TextStore, type Texts } from './texts';

const store = new TextStore();
const listeners = new Set<(language: Language) => void>();
/** Texts that name nothing, in the current language: labels drawn by the thousand. */
const plainTexts = new Map<TextKey, string>();
let current: Language = 'en';

store.add('en', player);

/** Adds texts to those that an embed begins with: the page does, before it says anything (whole-catalogue.ts). */
export function addTexts(texts: Readonly<Partial<Record<Language, Texts>>>): void {
  for (const language of LANGUAGES) {
    const added = texts[language];
    if (added !== undefined) store.add(language, added);
  }
  plainTexts.clear();
}

/** The text at `key` in the reader's language: `translate('traceWords.state.ready')`. */
export function translate<Key extends TextKey>(
  key: Key,
  ...params: [keyof TextParams<Key>] extends [never] ? [] : [params: TextParams<Key>]
): string {
  const known = plainTexts.get(key);
  if (known !== undefined) return known;
  const text = store.say(current, key, { ...params[0] });
  if (params.length === 0) plainTexts.set(key, text);
  return text;
}

export function currentLanguage(): Language {
  return current;
}

/** Changes the language of all that is said from now on, and tells those who listen. */
export function setLanguage(language: Language): void {
  if (language === current) return;
  current = language;
  plainTexts.clear();
  for (const listener of listeners) listener(language);
}

/** Calls `listener` after each change of the language until the returned function is called. */
export function onLanguageChange(listener: (language: Language) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The first of the reader's languages (as `navigator.languages` has them) that there is; else English. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0];
    const language = LANGUAGES.find((known) => known === base);
    if (language !== undefined) return language;
  }
  return 'en';
}

/** The value of the page's `lang` attribute. */
export function languageTag(language: Language): string {
  return language === 'zh' ? 'zh-Hans' : 'en';
}
