import type { Program, RunSettings } from '../protocol/program';
import { translate } from '../text/translate';
import { readTrace } from '../trace/trace-json';
import type { Trace } from '../trace/trace';

/** What an embed has to show: a program, a recorded run, or a recorded run with its program. */
export interface EmbedContent {
  readonly lesson?: EmbeddedLesson;
  readonly program?: Program;
  readonly settings?: RunSettings;
  readonly trace?: Trace;
}

/** A lesson of the course, as far as an embed shows it before its reader begins. */
export interface EmbeddedLesson {
  readonly id: string;
  readonly title: string;
  /** Where its recorded run is worth a look. */
  readonly moment: number | undefined;
}

/** A lesson by its name or its number in the course, with its program and its recorded run. Throws where there is none. */
export async function contentOfLesson(wanted: string): Promise<EmbedContent> {
  const { openedLesson } = await import('./lesson-content');
  const content = await openedLesson(wanted);
  if (content === undefined) throw new Error(translate('embed.noLesson', { lesson: wanted }));
  return content;
}

/** The recorded run in the text of a trace file. Throws TraceFormatError with a sentence. */
export function contentOfTrace(text: string): EmbedContent {
  const { trace } = readTrace(text);
  const { program } = trace.header;
  return { trace, ...(program && { program }) };
}

/** The program of a link. Its reader comes when it is needed: most embeds show a recorded run. */
export async function contentOfLink(fragment: string): Promise<EmbedContent | undefined> {
  if (!/^#?w\d+=/.test(fragment)) return undefined;
  const { decodeLink } = await import('../state/link/link-codec');
  const link = decodeLink(fragment);
  if (!link.ok) throw new Error('detail' in link.problem ? link.problem.detail : link.problem.kind);
  return { program: link.program, settings: link.settings };
}

/** A program that the page around brought along. */
export function contentOfText(text: string, language: Program['language'], name: string | undefined): EmbedContent {
  const entry = name ?? (language === 'python' ? 'main.py' : 'main.js');
  return { program: { language, files: [{ name: entry, text }], entry } };
}

/** Fetches a recorded run from the app's own folder. */
export async function contentOfRun(address: string): Promise<EmbedContent> {
  const answer = await fetch(new URL(address, document.baseURI), { credentials: 'omit' });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`.trim());
  return contentOfTrace(await answer.text());
}
