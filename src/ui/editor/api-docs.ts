import { apiDocs, resultDocs, type ApiEntry } from '../../guest/javascript/api-docs';
import { catalogue } from '../../text/catalogue';
import type { Language } from '../../text/languages';

/** A name of the library, or a member of several of its classes, as the editor offers it. */
export interface ApiName {
  readonly label: string;
  /** The classes that have it; none for a name of the library itself. */
  readonly owners: readonly string[];
  readonly kind: ApiEntry['kind'] | 'method' | 'property';
  /** With what is said about each, in the order of `owners`. */
  readonly documents: readonly { readonly signature: string; readonly sentence: string }[];
}

type Sentences = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Every name that a program can import, with its documentation in the reader's language. */
export function apiNames(language: Language): readonly ApiName[] {
  const sentences: Sentences = catalogue[language].api;
  return Object.entries<ApiEntry>(apiDocs).map(([label, { kind, signature }]) => ({
    label,
    kind,
    owners: [],
    documents: [{ signature, sentence: sentences[label]?.about ?? '' }],
  }));
}

/** Every method and property of its classes, each name once. */
export function apiMembers(language: Language): readonly ApiName[] {
  const sentences: Sentences = catalogue[language].api;
  const members = new Map<string, ApiName>();
  for (const [owner, { members: own = {} }] of Object.entries<ApiEntry>({ ...apiDocs, ...resultDocs })) {
    for (const [label, signature] of Object.entries(own)) {
      const known = members.get(label);
      const sentence = sentences[owner]?.[label] ?? '';
      const said = known?.documents.some((document) => document.sentence === sentence) === true;
      members.set(label, {
        label,
        kind: signature.includes('(') ? 'method' : 'property',
        owners: [...(known?.owners ?? []), owner],
        documents: [
          ...(known?.documents ?? []),
          ...(said ? [] : [{ signature: `${owner}: ${signature}`, sentence }]),
        ],
      });
    }
  }
  return [...members.values()];
}
