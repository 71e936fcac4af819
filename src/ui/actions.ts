import { shownText, type EditorStore } from '../state/editor-store';
import { decodeLink, encodeLink, isLinkFragment, LINK_LENGTH_AT_MOST } from '../state/link/link-codec';
import { toProgramFile } from '../state/link/program-file';
import type { Program } from '../protocol/program';
import type { LinkProblem, SharedProgram } from '../state/link/shared-program';
import type { LessonStore } from '../state/lesson-store';
import type { NotesStore } from '../state/notes-store';
import type { NoticeStore } from '../state/notice-store';
import type { PuzzleSession } from '../state/puzzle-session';
import { readersClient } from '../state/readers-client';
import type { StopWish } from '../protocol/pause';
import type { RunStore } from '../state/run-store';
import type { SearchStore } from '../state/search-store';
import type { ViewStore } from '../state/view-store';
import { translate } from '../text/translate';
import { choicesOf } from '../trace/choices';
import type { TraceModel } from '../trace/trace';
import { chromeTracePieces } from '../trace/chrome-writer';
import { foldMachinery } from '../trace/folding';
import { traceJsonPieces } from '../trace/trace-json';
import { formatBytes } from './bytes';
import { languageOfText } from './editor/language-of-text';
import type { Example } from './examples/examples';
import { readOpenedFile } from './opened-file';
import { isRunning } from './run-phase';
import { saveFile } from './save-file';

/** What the reader can do, whatever button, key or drop it came by. None throws or rejects. */
export interface PageActions {
  /** Runs what is in the editor; stops first what runs. */
  readonly run: () => void;
  readonly stop: () => void;
  /** Starts a client of the reader's beside the programs that run; what the reader types goes to the server at `address`. */
  readonly connect: (address: string) => void;
  /** Tries schedules of what is in the editor until one goes wrong, and shows that. */
  readonly breakIt: () => void;
  /** In virtual time: pauses what runs, or lets it go on from where it stands. */
  readonly pauseOrGoOn: () => void;
  /** One step more of a paused run; of a program that does not run, the first. */
  readonly step: () => void;
  /** The paused run one step before; where the reader is asked who goes next, at the question before. */
  readonly stepBack: () => void;
  /** On to the next switch of tasks. */
  readonly toSwitch: () => void;
  /** To the moment that is looked at or, where there is none, to the line with the cursor. */
  readonly runToHere: () => void;
  readonly openExample: (example: Example) => void;
  readonly openFile: (file: File) => Promise<void>;
  /** Shows the program of a link where `fragment` is one; runs nothing. */
  readonly openLink: (fragment: string) => void;
  /** The link to what is in the editor; `tooLong` for the ways it is likely to be sent. */
  readonly makeLink: () => { readonly address: string; readonly tooLong: boolean };
  readonly saveTrace: () => void;
  /** The run as trace events of Chromium, for Perfetto. */
  readonly saveChromeTrace: () => void;
  readonly saveProgram: () => void;
}

interface Stores {
  readonly run: RunStore;
  readonly editor: EditorStore;
  readonly view: ViewStore;
  readonly notices: NoticeStore;
  readonly notes: NotesStore;
  readonly search: SearchStore;
  readonly lessons: LessonStore;
  readonly play: PuzzleSession;
}

/** A file of so many bytes takes a while to read, and the reader is told. */
const LONG_FILE = 1 << 20;

export function createActions({ run, editor, view, notices, notes, search, lessons, play }: Stores): PageActions {
  const shared = (): SharedProgram => {
    const { program, settings, breaks, stops } = editor.getState();
    const marks = notes.getState().notes;
    const { playhead, speed } = view.getState();
    return {
      program, settings, breaks, stops,
      ...(marks.length > 0 && { notes: marks }),
      ...(playhead !== undefined && { playhead }),
      ...(speed !== undefined && { speed }),
    };
  };
  /** Where a link wants the playhead to be, once its program has run. */
  let linked: { readonly time: number; readonly program: Program } | undefined;

  /** Another program is there: what was said about the one before no longer holds. */
  function show({ program, settings, notes: marks = [], playhead, speed, ...breakpoints }: SharedProgram, origin: Parameters<EditorStore['open']>[1]): void {
    run.forgetProblems();
    notices.clear('link');
    notices.clear('file');
    editor.open(program, origin, settings, breakpoints);
    notes.replace(marks);
    linked = playhead === undefined ? undefined : { time: playhead, program: editor.getState().program };
    if (speed !== undefined) view.setSpeed(speed);
    view.setPlayhead(undefined);
    view.setTab('code');
  }

  /** Typed letter by letter, a program is seen to be one of another language only when it is to run. */
  function readLanguage(): void {
    const state = editor.getState();
    editor.setLanguage(languageOfText(shownText(state), state.program.language));
  }

  /** `again`: with the choices that the reader made in the run that is shown. */
  async function runProgram(stop?: StopWish, again = false): Promise<void> {
    readLanguage();
    const made = shared();
    const { program } = made;
    const settings = again ? { ...withChoices(made, run.getState().model).settings, policy: made.settings.policy } : made.settings;
    await search.stop();
    const breakpoints = editor.breakpoints();
    const stops = stop !== undefined || Object.values(breakpoints).some(({ length }) => length > 0);
    notices.clear('machine');
    view.setPlayhead(undefined);
    view.setTab('timeline');
    await run.run(program, { ...settings, ...(stops && { stop: { ...breakpoints, ...stop } }) });
    if (run.getState().problems.length > 0) view.setTab('code');
  }

  run.subscribe(({ phase, model, source }, before) => {
    if (linked === undefined || phase !== 'ended' || before.phase === 'ended' || source.kind !== 'run' || model === undefined) return;
    // An edited program has other moments.
    if (editor.getState().program === linked.program) view.setPlayhead(Math.min(linked.time, model.endTime));
    linked = undefined;
  });

  // Also of a program that starts later than the first.
  run.subscribe(({ failure }, before) => {
    if (failure === undefined || failure === before.failure) return;
    notices.tell('machine', 'problem', translate('ui.notice.machineFailed', { reason: failure }));
  });

  return {
    run: () => void runProgram(),
    stop: () => void run.stop(),
    connect: (address) => {
      void run.join(readersClient(address)).then((failure) => {
        if (failure !== undefined) notices.tell('machine', 'problem', translate('ui.notice.machineFailed', { reason: failure }));
      });
    },
    breakIt: () => {
      readLanguage();
      view.setPlayhead(undefined);
      view.setTab('timeline');
      void search.start();
    },
    pauseOrGoOn: () => {
      const { phase, pause } = run.getState();
      if (phase === 'running') run.goOn(pause === undefined ? { now: true } : editor.breakpoints());
    },
    step: () => {
      const { phase, pause } = run.getState();
      if (pause !== undefined) run.goOn({ afterSteps: 1, ...editor.breakpoints() });
      else if (!isRunning(phase) && editor.getState().settings.clock === 'virtual') void runProgram({ atStep: 1 });
    },
    stepBack: () => void (lessons.getState().place.kind === 'puzzle' ? play.undo() : run.stepBack()),
    toSwitch: () => run.goOn({ atSwitch: true, ...editor.breakpoints() }),
    runToHere: () => {
      const { playhead } = view.getState();
      const { phase, pause } = run.getState();
      const { lines, events } = editor.breakpoints();
      const here = { lines: [...lines, editor.cursorPlace()], events };
      if (pause === undefined) {
        if (!isRunning(phase) && editor.getState().settings.clock === 'virtual') {
          void (playhead === undefined ? runProgram(here) : runProgram({ atTime: playhead }, true));
        }
        return;
      }
      view.setPlayhead(undefined);
      if (playhead === undefined) run.goOn(here);
      else void run.goTo(playhead);
    },
    openExample: (example) => {
      show({ program: example.program, settings: example.settings }, { kind: 'example', id: example.id });
      forgetFragment();
    },
    openLink: (fragment) => {
      if (!isLinkFragment(fragment)) return;
      const link = decodeLink(fragment);
      if (link.ok) show(link, { kind: 'link' });
      else notices.tell('link', 'problem', sentenceOn(link.problem));
    },
    openFile: async (file) => {
      const isLong = file.size >= LONG_FILE;
      if (isLong) notices.tell('file', 'busy', translate('ui.file.reading', { name: file.name, size: formatBytes(file.size) }));
      const opened = await readOpenedFile(file);
      if (opened.kind === 'problem') {
        notices.tell('file', 'problem', opened.sentence);
        return;
      }
      if (opened.kind === 'program') {
        show(opened, { kind: 'file', name: file.name });
        forgetFragment();
        return;
      }
      const { program } = opened.trace.header;
      await run.openTrace(opened.trace, file.name, opened.model);
      notices.clear('file');
      view.setPlayhead(undefined);
      if (program !== undefined)
        show({ program, settings: editor.getState().settings }, { kind: 'file', name: file.name });
      view.setTab('timeline');
      if (opened.notes.length > 0) {
        const notes = opened.notes.join(' ');
        notices.tell('file', 'information', translate('ui.file.openedPart', { name: file.name, notes }));
      }
    },
    makeLink: () => {
      const fragment = encodeLink(withChoices(shared(), run.getState().model));
      const address = `${location.href.replace(/#.*$/s, '')}${fragment}`;
      const tooLong = address.length > LINK_LENGTH_AT_MOST;
      if (!tooLong) history.replaceState(null, '', fragment);
      return { address, tooLong };
    },
    saveTrace: () => {
      const { model } = run.getState();
      if (model !== undefined)
        saveFile('run.trace.json', [...traceJsonPieces(model.trace)], 'application/json');
    },
    saveChromeTrace: () => {
      const { model } = run.getState();
      if (model !== undefined)
        saveFile('run.perfetto.json', [...chromeTracePieces(foldMachinery(model))], 'application/json');
    },
    saveProgram: () => {
      const { name, text } = toProgramFile(shared());
      saveFile(name, [text], 'text/plain');
    },
  };
}

/** A run whose schedule the reader chose is shared with the choices. */
function withChoices(shared: SharedProgram, model: TraceModel | undefined): SharedProgram {
  const { program, settings } = shared;
  if (settings.policy !== 'manual' || model === undefined) return shared;
  const { header } = model.trace;
  if (header.settings?.policy !== 'manual' || JSON.stringify(header.program) !== JSON.stringify(program)) return shared;
  return { ...shared, settings: { ...settings, policy: 'replay', replay: choicesOf(model.trace) } };
}

/** The address no longer says what is in the editor: a reload would bring back the link's program. */
export function forgetFragment(): void {
  if (isLinkFragment(location.hash)) history.replaceState(null, '', location.pathname + location.search);
}

function sentenceOn(problem: LinkProblem): string {
  switch (problem.kind) {
    case 'damaged':
      return translate('ui.link.damaged', { detail: problem.detail });
    case 'too new':
      return translate('ui.link.tooNew', { version: problem.version, reads: problem.reads });
    case 'too large':
      return translate('ui.link.tooLarge', { limit: formatBytes(problem.limitBytes) });
  }
}
