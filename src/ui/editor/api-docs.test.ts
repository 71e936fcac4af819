import { expect, test } from 'vitest';
import { apiDocs, resultDocs, type ApiEntry } from '../../guest/javascript/api-docs';
import { API_NAMES } from '../../guest/javascript/api-names';
import { catalogue } from '../../text/catalogue';
import { LANGUAGES } from '../../text/languages';
import { apiMembers, apiNames } from './api-docs';

test('everything that a program can import is documented, and nothing else', () => {
  expect(Object.keys(apiDocs).sort()).toEqual([...API_NAMES].sort());
});

test.each(LANGUAGES)('each name and each member has its own sentence in the catalogue: %s', (language) => {
  const wanted = Object.entries<ApiEntry>({ ...apiDocs, ...resultDocs }).map(([name, { members = {} }]) => [
    name,
    ['about', ...Object.keys(members)].sort(),
  ]);
  const said = Object.entries(catalogue[language].api).map(([name, sentences]) => [
    name,
    Object.keys(sentences).sort(),
  ]);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(wanted));
});

test.each(LANGUAGES)('what the editor offers has a sentence: %s', (language) => {
  for (const { label, documents } of [...apiNames(language), ...apiMembers(language)]) {
    expect(
      documents.every(({ sentence }) => sentence !== ''),
      label,
    ).toBe(true);
  }
});

test('a member of several classes is offered once, with what differs', () => {
  const join = apiMembers('en').filter(({ label }) => label === 'join');
  expect(join).toHaveLength(1);
  expect(join[0].owners).toEqual(['Process', 'Thread', 'JoinableQueue', 'Pool']);
  expect(join[0].documents.map(({ signature }) => signature)).toEqual([
    'Process: join(timeout) → boolean',
    'JoinableQueue: join(timeout)',
    'Pool: join()',
  ]);
});
