import type { Language } from './languages';

/** A tree of texts by key; a text with forms for one and many has the keys `x_one` and `x_other`. */
export interface Texts {
  readonly [key: string]: string | Texts;
}

export type Params = Readonly<Record<string, string | number | undefined>>;

/** What is said in each language so far, by dotted key. An embed begins with few texts, so this must stay small. */
export class TextStore {
  private readonly texts = new Map<Language, Map<string, string>>();
  private readonly plurals = new Map<Language, Intl.PluralRules>();

  add(language: Language, texts: Texts): void {
    const known = this.texts.get(language) ?? new Map<string, string>();
    this.texts.set(language, known);
    addLeaves(known, texts, '');
  }

  /** The text at `key` with `params` in the place of its `{{names}}`; in English where the language has none. */
  say(language: Language, key: string, params: Params): string {
    const text = this.find(language, key, params['count']) ?? this.find('en', key, params['count']);
    // Not done again for what was filled in: names of a program are shown as they are.
    return (text ?? key).replace(/\{\{(\w+)\}\}/g, (whole, name: string) => (name in params ? String(params[name] ?? '') : whole));
  }

  private find(language: Language, key: string, count: string | number | undefined): string | undefined {
    const texts = this.texts.get(language);
    if (typeof count === 'number') {
      const form = texts?.get(`${key}_${this.formOf(language, count)}`) ?? texts?.get(`${key}_other`);
      if (form !== undefined) return form;
    }
    return texts?.get(key);
  }

  private formOf(language: Language, count: number): Intl.LDMLPluralRule {
    let rules = this.plurals.get(language);
    if (rules === undefined) this.plurals.set(language, (rules = new Intl.PluralRules(language)));
    return rules.select(count);
  }
}

function addLeaves(known: Map<string, string>, texts: Texts, prefix: string): void {
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') known.set(prefix + key, value);
    else addLeaves(known, value, `${prefix}${key}.`);
  }
}
