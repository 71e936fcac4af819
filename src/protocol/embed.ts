/**
 * What an embed is told and tells: the options in its address, and the messages between it and the page around it.
 * docs/embedding.md is the same for people. The element (src/weft-run.ts) and the embed (src/embed.ts) share these types
 * and nothing else, for the element must stay small.
 */

import type { MachineShape } from './shape';

/** What an embed shows. */
export const SHOWS = ['both', 'code', 'timeline', 'lesson'] as const;
export type Show = (typeof SHOWS)[number];

export const EMBED_THEMES = ['auto', 'light', 'dark'] as const;
export type EmbedTheme = (typeof EMBED_THEMES)[number];

export const EMBED_LANGUAGES = ['auto', 'en', 'zh'] as const;
export type EmbedLanguage = (typeof EMBED_LANGUAGES)[number];

/** The views that an embed may offer below its timeline. */
export const EMBED_VIEWS = ['output', 'processes', 'waits', 'objects', 'why', 'numbers', 'list'] as const;
export type EmbedView = (typeof EMBED_VIEWS)[number];

/** How an embed looks and what it may do. */
export interface EmbedOptions {
  readonly show: Show;
  readonly theme: EmbedTheme;
  readonly lang: EmbedLanguage;
  readonly views: readonly EmbedView[];
  /** The program cannot be edited. */
  readonly readonly: boolean;
  /** The recorded run plays once it is seen. Never for readers who want no motion. */
  readonly autoplay: boolean;
  /** Address of a recorded run, relative to the app's own folder. */
  readonly run: string | undefined;
  /** A lesson of the course: its name, or its number from 1. */
  readonly lesson: string | undefined;
  /** Moment of the recorded run to open at, in nanoseconds. */
  readonly at: number | undefined;
  /** Origin of the page around: messages go to it and are taken from it alone. Undefined: there are none. */
  readonly host: string | undefined;
  /** The page around sends program or recorded run as a message. */
  readonly waits: boolean;
}

/** Sent by the page around. `weft` is the version of these messages. */
export type HostMessage = { readonly weft: 1 } & (
  | {
      readonly type: 'load';
      /** What to show: a program, or a recorded run (the text of a trace file) that brings its own. */
      readonly language?: 'python' | 'javascript';
      readonly name?: string;
      readonly text?: string;
      readonly trace?: string;
    }
  | { readonly type: 'run' | 'stop' | 'play' | 'pause' }
  /** Moves the playhead; nanoseconds of the run. */
  | { readonly type: 'seek'; readonly time: number }
);

/** Sent to the page around. */
export type EmbedMessage = { readonly weft: 1 } & (
  /** It takes messages now. `shape`: how programs run here, or that only recorded runs can be shown. */
  | { readonly type: 'ready'; readonly shape: MachineShape }
  | { readonly type: 'running' }
  /** `status` is the program's exit status; times are nanoseconds of the run. */
  | { readonly type: 'finished'; readonly status: number; readonly duration: number; readonly output: string }
  | { readonly type: 'seeked'; readonly time: number }
  /** The reader answered the question or did the exercise of a lesson. */
  | { readonly type: 'score'; readonly lesson: string; readonly part: 'question' | 'exercise'; readonly passed: boolean }
);

const FLAGS: Readonly<Record<string, boolean>> = { '': true, 'true': true, '1': true, 'yes': true, 'false': false, '0': false, 'no': false };

/**
 * Reads the options in the query of an embed's address, which anybody may have written. An unknown option, or a value that
 * is none of an option's, is told to `warn` in a sentence for the author of the page, and left out.
 */
export function readEmbedOptions(query: string, warn: (sentence: string) => void): EmbedOptions {
  const given = new URLSearchParams(query);
  const known = new Set(['show', 'theme', 'lang', 'views', 'readonly', 'autoplay', 'run', 'lesson', 'at', 'host', 'waits']);
  for (const name of new Set(given.keys())) {
    if (!known.has(name)) warn(`unknown option "${name}" is ignored; there are ${[...known].slice(0, -2).join(', ')}`);
  }
  const oneOf = <Value extends string>(name: string, values: readonly Value[]): Value => {
    const value = given.get(name);
    const found = values.find((each) => each === value);
    if (value !== null && found === undefined) warn(`unknown ${name} "${value}" is ignored; there are ${values.join(', ')}`);
    return found ?? values[0];
  };
  const flag = (name: string): boolean => {
    const value = given.get(name);
    if (value === null) return false;
    const on = FLAGS[value.toLowerCase()];
    if (on === undefined) warn(`unknown ${name} "${value}" is ignored; it is true or false`);
    return on ?? false;
  };
  const views: EmbedView[] = [];
  for (const name of (given.get('views') ?? 'output').split(',').map((each) => each.trim()).filter((each) => each !== '')) {
    const view = EMBED_VIEWS.find((each) => each === name);
    if (view === undefined) warn(`unknown view "${name}" is ignored; there are ${EMBED_VIEWS.join(', ')}`);
    else if (!views.includes(view)) views.push(view);
  }
  const at = given.get('at');
  if (given.get('show') === 'lesson' && given.get('lesson') === null) warn('show "lesson" is ignored; lesson names which one');
  const moment = at === null || at === '' ? undefined : Number(at);
  if (moment !== undefined && !(moment >= 0)) warn(`invalid at "${at}" is ignored; it is a moment in nanoseconds`);
  return {
    show: oneOf('show', SHOWS),
    theme: oneOf('theme', EMBED_THEMES),
    lang: oneOf('lang', EMBED_LANGUAGES),
    views: views.length === 0 ? ['output'] : views,
    readonly: flag('readonly'),
    autoplay: flag('autoplay'),
    run: given.get('run') ?? undefined,
    lesson: given.get('lesson') ?? undefined,
    at: moment !== undefined && moment >= 0 ? moment : undefined,
    host: originOf(given.get('host')),
    waits: flag('waits'),
  };
}

/** A web origin, or undefined where it is none. */
function originOf(text: string | null): string | undefined {
  if (text === null) return undefined;
  try {
    const { origin, protocol } = new URL(text);
    return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
  } catch {
    return undefined;
  }
}

const LONGEST_TEXT = 1 << 20;
const LONGEST_TRACE = 64 << 20;

/** Reads what claims to be a message of the page around; undefined where it is none, or has a field of another kind. */
export function readHostMessage(data: unknown): HostMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { weft, type, time, language, name, text, trace } = data as Record<string, unknown>;
  if (weft !== 1) return undefined;
  switch (type) {
    case 'run':
    case 'stop':
    case 'play':
    case 'pause':
      return { weft, type };
    case 'seek':
      return typeof time === 'number' && time >= 0 && Number.isFinite(time) ? { weft, type, time } : undefined;
    case 'load':
      if (typeof trace === 'string') return trace.length <= LONGEST_TRACE ? { weft, type, trace } : undefined;
      if (typeof text !== 'string' || text.length > LONGEST_TEXT) return undefined;
      return {
        weft, type, text,
        language: language === 'javascript' ? 'javascript' : 'python',
        ...(typeof name === 'string' && /^[\w .-]{1,100}$/.test(name) ? { name } : {}),
      };
    default:
      return undefined;
  }
}
