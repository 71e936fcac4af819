import { autocompletion, completeFromList, ifNotIn, type Completion } from '@codemirror/autocomplete';
import { javascriptLanguage, localCompletionSource, snippets } from '@codemirror/lang-javascript';
import type { Extension } from '@codemirror/state';

/** A name of the guest's library with its documentation: a row of the guest's table. */
export interface ApiDoc {
  readonly name: string;
  readonly kind: string;
  readonly signature: string;
  readonly doc: string;
}

/** Where names of the library make no sense: in texts and comments. */
const NOT_IN = ['String', 'TemplateString', 'LineComment', 'BlockComment'];

/** Completes names of the library, with its documentation, and names of the program itself. */
export function apiCompletions(docs: readonly ApiDoc[]): Extension {
  const globals = docs.filter(({ name }) => !name.includes('.')).map(completionOf);
  const members = docs.filter(({ name }) => name.includes('.')).map((doc) => completionOf(doc, 'member'));
  return [
    javascriptLanguage.data.of({ autocomplete: ifNotIn(NOT_IN, completeFromList([...globals, ...snippets])) }),
    javascriptLanguage.data.of({ autocomplete: ifNotIn(NOT_IN, memberSource(members)) }),
    javascriptLanguage.data.of({ autocomplete: localCompletionSource }),
    autocompletion({ icons: false, maxRenderedOptions: 60 }),
  ];
}

/** After a dot every method of the library is offered: which object stands before it is not known. */
function memberSource(members: readonly Completion[]): ReturnType<typeof completeFromList> {
  return (context) => {
    const before = context.matchBefore(/\.[\w$]*/);
    return before === null ? null : { from: before.from + 1, options: members, validFor: /^[\w$]*$/ };
  };
}

function completionOf(doc: ApiDoc, place: unknown = 'global'): Completion {
  const dot = doc.name.indexOf('.');
  return {
    label: place === 'member' ? doc.name.slice(dot + 1) : doc.name,
    type: doc.kind,
    detail: place === 'member' ? doc.name.slice(0, dot) : doc.kind,
    boost: 2,
    info: () => documentationOf(doc),
  };
}

function documentationOf({ signature, doc }: ApiDoc): HTMLElement {
  const box = document.createElement('div');
  const head = box.appendChild(document.createElement('code'));
  head.textContent = signature;
  head.style.cssText = 'display: block; margin-bottom: 6px; font-family: var(--weft-font-mono); font-size: 12px;';
  const body = box.appendChild(document.createElement('div'));
  body.textContent = doc;
  return box;
}
