import { afterEach, describe, expect, it, vi } from 'vitest';
import { catalogue } from './catalogue';
import {
  currentLanguage,
  languageTag,
  onLanguageChange,
  preferredLanguage,
  setLanguage,
  translate,
} from './translate';

interface Texts {
  readonly [key: string]: string | Texts;
}

/** Every text of a language by its dotted key. */
function leaves(texts: Texts, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') found.set(prefix + key, value);
    else for (const [path, text] of leaves(value, `${prefix}${key}.`)) found.set(path, text);
  }
  return found;
}

function namesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => name))].sort();
}

const english = leaves(catalogue.en);
const chinese = leaves(catalogue.zh);

afterEach(() => setLanguage('en'));

describe('the catalogue', () => {
  it('has every text in both languages', () => {
    const expected = [...english.keys()].filter((key) => !key.endsWith('_one'));
    expect([...chinese.keys()].sort()).toEqual(expected.sort());
  });

  it('gives no text that is empty', () => {
    for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
  });

  it('names nothing in Chinese that English does not give', () => {
    for (const [key, text] of chinese) {
      const given = [...namesIn(english.get(key) ?? ''), 'count'];
      for (const name of namesIn(text)) expect(given, key).toContain(name);
    }
  });

  it('sets Chinese between Chinese marks', () => {
    for (const [key, text] of chinese) expect(text, key).not.toMatch(/\p{Script=Han}[,;:?!(]\s?[\p{Script=Han}{]/u);
  });

  it('leaves out in Chinese nothing that is named in English', () => {
    for (const [key, text] of english) {
      if (key.endsWith('_one')) continue;
      const said = namesIn(chinese.get(key) ?? '');
      for (const name of namesIn(text)) expect(said, key).toContain(name);
    }
  });
});

describe('translate', () => {
  it('fills in what the text names, as it is', () => {
    expect(translate('trace.name.sameName', { name: '<b>{{tid}} $t(trace.name.init)</b>', tid: 4 })).toBe(
      '<b>{{tid}} $t(trace.name.init)</b> (4)',
    );
  });

  it('has one text for one and another for many, where the language has', () => {
    expect(translate('errors.trace.cutShort', { count: 1 })).toMatch(/its one whole event was kept/);
    expect(translate('errors.trace.cutShort', { count: 5 })).toMatch(/the 5 whole events were kept/);
    setLanguage('zh');
    expect(translate('errors.trace.cutShort', { count: 1 })).toMatch(/1 个完整的事件/);
  });

  it('follows the language, and tells those who listen until they stop', () => {
    const listener = vi.fn();
    const stop = onLanguageChange(listener);
    setLanguage('zh');
    setLanguage('zh');
    expect(translate('traceWords.state.ready')).toBe('就绪');
    stop();
    setLanguage('en');
    expect(translate('traceWords.state.ready')).toBe('ready');
    expect(listener.mock.calls).toEqual([['zh']]);
    expect(currentLanguage()).toBe('en');
  });
});

describe('preferredLanguage', () => {
  it.each([
    [['zh-CN', 'en'], 'zh'],
    [['zh-Hans-SG'], 'zh'],
    [['de', 'zh', 'en'], 'zh'],
    [['en-GB', 'zh'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('%j gives %s', (wanted, language) => {
    expect(preferredLanguage(wanted)).toBe(language);
  });

  it('has a tag for the page', () => {
    expect([languageTag('zh'), languageTag('en')]).toEqual(['zh-Hans', 'en']);
  });
});
