import {
  autocompletion,
  completeFromList,
  ifNotIn,
  type Completion,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { javascriptLanguage, localCompletionSource, snippets } from '@codemirror/lang-javascript';
import type { Extension } from '@codemirror/state';
import type { Language } from '../../text/languages';
import { apiMembers, apiNames, type ApiName } from './api-docs';

/** Where names of the library make no sense: in texts and comments. */
const NOT_IN = ['String', 'TemplateString', 'LineComment', 'BlockComment'];

/** Completes names of the library, with its documentation, and names of the program itself. */
export function apiCompletions(language: Language): Extension {
  const names = apiNames(language).map(completionOf);
  const members = apiMembers(language).map(completionOf);
  return [
    javascriptLanguage.data.of({
      autocomplete: ifNotIn(NOT_IN, afterNoDot(completeFromList([...names, ...snippets]))),
    }),
    javascriptLanguage.data.of({ autocomplete: ifNotIn(NOT_IN, afterDot(members)) }),
    javascriptLanguage.data.of({ autocomplete: localCompletionSource }),
    autocompletion({ icons: false, maxRenderedOptions: 60 }),
  ];
}

/** After a dot every member of the library is offered: which object stands before it is not known. */
function afterDot(members: readonly Completion[]): CompletionSource {
  return (context) => {
    const before = context.matchBefore(/\.[\w$]*/);
    return before === null ? null : { from: before.from + 1, options: members, validFor: /^[\w$]*$/ };
  };
}

function afterNoDot(source: CompletionSource): CompletionSource {
  return (context) => (context.matchBefore(/\.[\w$]*/) === null ? source(context) : null);
}

function completionOf(name: ApiName): Completion {
  const { label, kind, owners } = name;
  return {
    label,
    type: kind,
    detail: owners.length > 0 ? owners.join(', ') : kind,
    boost: 2,
    info: () => documentationOf(name),
  };
}

function documentationOf({ documents }: ApiName): HTMLElement {
  const box = document.createElement('div');
  for (const { signature, sentence } of documents) {
    box.append(element('code', 'cm-api-signature', signature), element('p', 'cm-api-sentence', sentence));
  }
  return box;
}

function element(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
