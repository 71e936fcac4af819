import { indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { python } from '@codemirror/lang-python';
import { indentUnit } from '@codemirror/language';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, type ChangeSet, Prec, type Extension, type Text } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import type { ProgramError } from '../../machine/machine-types';
import type { Language as ProgramLanguage } from '../../protocol/program';
import type { Language } from '../../text/languages';
import { breakpoints } from './breakpoints';
import { apiCompletions } from './completions';
import { editorLook } from './highlight';
import { lineHits } from './line-hits';
import { editorPhrases } from './phrases';
import { taskMarks } from './task-marks';

export interface EditorDocument {
  readonly text: string;
  /** Lines with breakpoints. */
  readonly breaks: readonly number[];
  readonly language: ProgramLanguage;
}

export interface EditorOptions {
  /** `isAnother`: nothing of what was there before is in it. */
  readonly onChange: (text: string, isAnother: boolean) => void;
  readonly onRun: () => void;
  /** The text is looked at, copied, searched, and stays as it is. */
  readonly readOnly: boolean;
  /** The cursor is on another line, from 1, or may be. */
  readonly onCursor: (line: number) => void;
  /** Lines with breakpoints are others now. */
  readonly onBreaks: (lines: readonly number[]) => void;
}

/** A CodeMirror editor without React: made once, and told what changes. */
export class CodeEditor {
  readonly view: EditorView;
  private readonly wordsSlot = new Compartment();
  private readonly languageSlot = new Compartment();
  private words: EditorWords = { language: 'en', label: '' };

  constructor(
    parent: HTMLElement,
    private readonly options: EditorOptions,
  ) {
    this.view = new EditorView({ parent });
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  /** Another document, with a history of its own. */
  open(document: EditorDocument): void {
    this.view.setState(this.stateOf(document));
  }

  /** The same document is in another language; what was done to it can still be undone. */
  setLanguage(language: ProgramLanguage): void {
    this.view.dispatch({ effects: this.languageSlot.reconfigure(grammarOf(language)) });
  }

  /** Another language of the page, or another name of the file. */
  setWords(words: EditorWords): void {
    this.words = words;
    this.view.dispatch({ effects: this.wordsSlot.reconfigure(wordsOf(words)) });
  }

  showProblems(problems: readonly ProgramError[]): void {
    const { state } = this.view;
    this.view.dispatch(
      setDiagnostics(
        state,
        problems.map((problem) => diagnosticOf(problem, state.doc)),
      ),
    );
  }

  /** Scrolls to a line (from 1) and puts the cursor there. */
  goTo(line: number, column = 1): void {
    const { doc } = this.view.state;
    const { from, to } = doc.line(Math.max(1, Math.min(line, doc.lines)));
    const anchor = Math.min(to, from + Math.max(0, column - 1));
    this.view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    });
    this.view.focus();
  }

  dispose(): void {
    this.view.destroy();
  }

  private stateOf(document: EditorDocument): EditorState {
    const { onChange, onRun, onCursor, onBreaks, readOnly } = this.options;
    const run = (): boolean => {
      onRun();
      return true;
    };
    return EditorState.create({
      doc: document.text,
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run, preventDefault: true }])),
        // Tab leaves the editor after Escape, as CodeMirror's documentation asks for keyboard users.
        keymap.of([indentWithTab]),
        EditorState.readOnly.of(readOnly),
        breakpoints(document.breaks, onBreaks),
        lineHits(),
        taskMarks(),
        basicSetup,
        editorLook,
        this.languageSlot.of(grammarOf(document.language)),
        this.wordsSlot.of(wordsOf(this.words)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString(), replacesAll(update.changes));
          if (update.docChanged || update.selectionSet) onCursor(update.state.doc.lineAt(update.state.selection.main.head).number);
        }),
      ],
    });
  }
}

function grammarOf(language: ProgramLanguage): Extension {
  return language === 'python' ? [indentUnit.of('    '), python()] : [indentUnit.of('  '), javascript()];
}

/** As a paste over everything does, and its undoing; not a first letter. */
function replacesAll(changes: ChangeSet): boolean {
  let all = false;
  changes.iterChangedRanges((from, to, begin, end) => {
    all ||= from === 0 && to === changes.length && end - begin > 1;
  });
  return all;
}

export interface EditorWords {
  readonly language: Language;
  /** The accessible name. */
  readonly label: string;
}

function wordsOf({ language, label }: EditorWords): Extension {
  return [
    editorPhrases(language),
    apiCompletions(language),
    EditorView.contentAttributes.of({ 'aria-label': label, 'tabindex': '0' }),
  ];
}

/** A mistake covers the word at its column, or its line where the column is unknown. */
function diagnosticOf({ line, column, message }: ProgramError, text: Text): Diagnostic {
  const { from, to, text: content } = text.line(Math.max(1, Math.min(line, text.lines)));
  const begin = column > 0 ? Math.min(to, from + column - 1) : from;
  const word = column > 0 ? /^[\w$]+|^./u.exec(content.slice(begin - from))?.[0].length : undefined;
  const end = word === undefined ? to : begin + word;
  return { from: begin === end ? from : begin, to: begin === end ? to : end, severity: 'error', message };
}
