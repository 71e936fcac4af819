import type { ReactElement, ReactNode } from 'react';
import { fill } from '../../lessons/fill';
import type { Both, Values } from '../../lessons/lesson';
import { useLanguage } from '../page';

/** A text of a lesson in the reader's language: paragraphs, with `code` and *emphasis*. */
export function Prose({ text, values }: { readonly text: Both; readonly values?: Values | undefined }): ReactElement {
  useLanguage();
  return <>{fill(text, values).split(/\n\n+/).map((paragraph, index) => <p key={index}>{marked(paragraph)}</p>)}</>;
}

/** The same on one line. */
export function Phrase({ text, values }: { readonly text: Both; readonly values?: Values | undefined }): ReactElement {
  useLanguage();
  return <>{marked(fill(text, values))}</>;
}

function marked(text: string): ReactNode[] {
  return text.split(/(`[^`]+`|\*[^*\s](?:[^*]*[^*\s])?\*)/).map((part, index) => {
    if (part.startsWith('`') && part.endsWith('`') && part.length > 2) return <code key={index}>{part.slice(1, -1)}</code>;
    if (part.startsWith('*') && part.endsWith('*') && part.length > 2) return <em key={index}>{part.slice(1, -1)}</em>;
    return part;
  });
}
