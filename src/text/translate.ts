import { createInstance } from 'i18next';
import type { TextKey, TextParams } from './catalogue';
import { LANGUAGES, type Language } from './languages';
import { player } from './en/player';

const translator = createInstance();
const listeners = new Set<(language: Language) => void>();
/** Texts that name nothing, in the current language: labels drawn by the thousand. */
const plainTexts = new Map<TextKey, string>();

// The first texts are in the bundle, so this is done when it returns. React escapes what it shows, and names of a program are
// shown as they are.
void translator.init({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: player } },
});

/** Adds texts to those that an embed begins with: the page does, before it says anything (whole-catalogue.ts). */
export function addTexts(texts: Readonly<Partial<Record<Language, object>>>): void {
  for (const [language, added] of Object.entries(texts)) translator.addResourceBundle(language, 'translation', added);
  plainTexts.clear();
}

interface PlainTranslator {
  t(key: string, params: Record<string, unknown>): string;
}

/** The text at `key` in the reader's language: `translate('traceWords.state.ready')`. */
export function translate<Key extends TextKey>(
  key: Key,
  ...params: [keyof TextParams<Key>] extends [never] ? [] : [params: TextParams<Key>]
): string {
  const known = plainTexts.get(key);
  if (known !== undefined) return known;
  // Its types would work out every text's parameters once more, from types of its own; ours have done so.
  const text = (translator as PlainTranslator).t(key, { ...params[0] });
  if (params.length === 0) plainTexts.set(key, text);
  return text;
}

export function currentLanguage(): Language {
  return translator.language as Language;
}

/** Changes the language of all that is said from now on, and tells those who listen. */
export function setLanguage(language: Language): void {
  if (language === currentLanguage()) return;
  void translator.changeLanguage(language);
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
