import { createStore, type StoreApi } from 'zustand/vanilla';
import { DEFAULT_SETTINGS, type Language, type Program, type RunSettings } from '../protocol/program';
import { makePlace, type Place } from '../protocol/ids';
import type { StopWish } from '../protocol/pause';
import { readKept, writeKept, type KeptStorage } from './kept';
import { fromLinkBody, isFileName, toLinkBody, type Breakpoints, type Breaks, type SharedProgram } from './link/shared-program';
import { inLanguage, languageOfName, nameOfNewFile, withFile, withoutFile, withStart } from './program-files';
import { eventBreakOf, withToggled, type StopEvent } from './stop-events';

/** Where the program in the editor came from. */
export type ProgramOrigin =
  | { readonly kind: 'example'; readonly id: string }
  | { readonly kind: 'link' | 'own' }
  | { readonly kind: 'lesson' | 'puzzle'; readonly id: string }
  | { readonly kind: 'file'; readonly name: string };

export interface EditorState {
  readonly program: Program;
  readonly settings: RunSettings;
  /** Name of the file that is shown. */
  readonly file: string;
  readonly origin: ProgramOrigin;
  /** True once the reader changed it since it was opened. */
  readonly edited: boolean;
  /** A place that the reader asked to see; another object each time it is asked for. */
  readonly target?: PlaceInProgram;
  /** Grows when another program is opened: the editor then starts a new history. */
  readonly generation: number;
  /** The line of the file that the cursor is on, from 1. */
  readonly cursor: number;
  /** Lines at which a run in virtual time stands still, by file; they move with the text. */
  readonly breaks: Breaks;
  /** Events at which it stands still. */
  readonly stops: readonly StopEvent[];
}

export interface PlaceInProgram {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1; 0 where only the line is known. */
  readonly column: number;
}

export interface EditorStore extends StoreApi<EditorState> {
  open(program: Program, origin: ProgramOrigin, settings?: RunSettings, breakpoints?: Breakpoints): void;
  setText(file: string, text: string): void;
  /** Another file, empty and shown; in a language whose programs run side by side it is a program of its own. */
  addFile(): void;
  /** False where the name is taken, or none. */
  renameFile(from: string, to: string): boolean;
  /** The program is one in another language, and so is its file's name. Nothing where it `mayChangeLanguage` not. */
  setLanguage(language: Language): void;
  /** The last one stays. */
  removeFile(name: string): void;
  /** Whether the file is started as a program of its own; one always is. */
  setStarts(name: string, starts: boolean): void;
  /** How the next run goes. */
  setSettings(settings: RunSettings): void;
  showFile(file: string): void;
  setBreaks(file: string, lines: readonly number[]): void;
  /** Sets a breakpoint on events, or takes it away. */
  toggleStop(stop: StopEvent): void;
  /** All breakpoints, as a run takes them. */
  breakpoints(): Required<Pick<StopWish, 'lines' | 'events'>>;
  readonly setCursor: (line: number) => void;
  /** Where the cursor is, as a run knows places. */
  cursorPlace(): Place;
  /** Shows a place of the program, where it has such a file. */
  goTo(place: PlaceInProgram): void;
}

const KEY = 'weft.draft';

/** The program is a lesson's or a puzzle's: what is typed over it is no draft of the reader's own. */
export function isOfCourse({ kind }: ProgramOrigin): boolean {
  return kind === 'lesson' || kind === 'puzzle';
}

/** The program as it is edited. What the reader typed is kept across visits; what was only opened is not. */
export function createEditorStore(
  storage: KeptStorage,
  fallback: () => Program,
  fallbackId: string,
): EditorStore {
  const store = createStore<EditorState>(() => {
    const draft = readKept(storage, KEY, (kept) => fromLinkBody(kept));
    if (!('invalid' in draft)) return opened(draft, { kind: 'own' }, 0);
    return opened({ program: fallback(), settings: DEFAULT_SETTINGS }, { kind: 'example', id: fallbackId }, 0);
  });
  /** A lesson's program does not take the place of the reader's own. */
  const keep = (): void => {
    const { program, settings, origin, breaks, stops } = store.getState();
    if (!isOfCourse(origin)) writeKept(storage, KEY, toLinkBody({ program, settings, breaks, stops }));
  };
  /** What was only opened does not take its place because of a breakpoint. */
  const keepOwn = (): void => {
    const { edited, origin } = store.getState();
    if (edited || origin.kind === 'own') keep();
  };
  const change = (program: Program, more: Partial<EditorState> = {}): void => {
    store.setState({ program, edited: true, ...more });
    keep();
  };
  return Object.assign(store, {
    open: (program: Program, origin: ProgramOrigin, settings: RunSettings = DEFAULT_SETTINGS, { breaks, stops }: Breakpoints = {}) => {
      const shown = { program, settings, ...(breaks !== undefined && { breaks }), ...(stops !== undefined && { stops }) };
      store.setState(opened(shown, origin, store.getState().generation + 1), true);
    },
    setText: (name: string, text: string) => {
      const { program } = store.getState();
      if (program.files.some((file) => file.name === name && file.text === text)) return;
      change({ ...program, files: program.files.map((file) => (file.name === name ? { name, text } : file)) });
    },
    addFile: () => {
      const { program } = store.getState();
      const file = nameOfNewFile(program);
      change(withFile(program, file), { file });
    },
    renameFile: (from: string, to: string) => {
      const { program, file, breaks } = store.getState();
      if (from === to) return true;
      if (!isFileName(to) || hasFile(program, to)) return false;
      const name = (old: string): string => (old === from ? to : old);
      const files = program.files.map((each) => ({ ...each, name: name(each.name) }));
      const beside = program.beside && { beside: program.beside.map(name) };
      const language = (mayChangeLanguage(store.getState()) && languageOfName(to)) || program.language;
      change({ ...program, language, files, entry: name(program.entry), ...beside }, { file: name(file), breaks: moved(breaks, from, to) });
      return true;
    },
    setLanguage: (language: Language) => {
      const state = store.getState();
      if (!mayChangeLanguage(state) || language === state.program.language) return;
      const program = inLanguage(state.program, language);
      change(program, { file: program.entry, breaks: moved(state.breaks, state.program.entry, program.entry) });
    },
    removeFile: (name: string) => {
      const { program, file } = store.getState();
      if (program.files.length === 1) return;
      const left = withoutFile(program, name);
      change(left, file === name ? { file: left.entry } : {});
    },
    setStarts: (name: string, starts: boolean) => change(withStart(store.getState().program, name, starts)),
    setSettings: (settings: RunSettings) => {
      store.setState({ settings });
      keep();
    },
    showFile: (file: string) => {
      if (hasFile(store.getState().program, file)) store.setState({ file });
    },
    setBreaks: (file: string, lines: readonly number[]) => {
      store.setState({ breaks: { ...store.getState().breaks, [file]: lines } });
      keepOwn();
    },
    toggleStop: (stop: StopEvent) => {
      store.setState({ stops: withToggled(store.getState().stops, stop) });
      keepOwn();
    },
    breakpoints: () => {
      const { program, breaks, stops } = store.getState();
      const lines = program.files.flatMap(({ name }, index) => (breaks[name] ?? []).map((line) => makePlace(index, line)));
      return { lines, events: stops.map(eventBreakOf) };
    },
    setCursor: (cursor: number) => {
      if (cursor !== store.getState().cursor) store.setState({ cursor });
    },
    cursorPlace: () => {
      const { program, file, cursor } = store.getState();
      return makePlace(program.files.findIndex(({ name }) => name === file), cursor);
    },
    goTo: ({ file, line, column }: PlaceInProgram) => {
      if (hasFile(store.getState().program, file)) store.setState({ file, target: { file, line, column } });
    },
  });
}

/** A lesson's program is what the lesson is about, and the files of one program are in one language. */
export function mayChangeLanguage({ program, origin }: EditorState): boolean {
  return program.files.length === 1 && !isOfCourse(origin);
}

function hasFile(program: Program, file: string): boolean {
  return program.files.some(({ name }) => name === file);
}

/** Breakpoints of a file that has another name now. */
function moved(breaks: Breaks, from: string, to: string): Breaks {
  const { [from]: lines = [], ...others } = breaks;
  return { ...others, [to]: lines };
}

/** The text of the file that is shown. */
export function shownText({ program, file }: EditorState): string {
  return program.files.find(({ name }) => name === file)?.text ?? '';
}

function opened({ program, settings, breaks = {}, stops = [] }: SharedProgram, origin: ProgramOrigin, generation: number): EditorState {
  return { program, settings, file: program.entry, origin, edited: false, generation, cursor: 1, breaks, stops };
}
