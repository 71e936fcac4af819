import { useEffect, useRef, type ReactElement } from 'react';
import { shownText } from '../../state/editor-store';
import { forgetFragment } from '../actions';
import { useEditor, useLanguage, usePage, useRun, useText } from '../page';
import { showBreakpoints } from './breakpoints';
import { CodeEditor } from './code-editor';
import { languageOfText } from './language-of-text';
import styles from './editor-pane.module.css';
import { Problems } from './problems';
import { showLineHits } from './line-hits';
import { showTaskMarks } from './task-marks';
import { useLineHits } from './use-line-hits';
import { useTaskMarks } from './use-task-marks';

/** The text of the file that is shown, with what the stores know about its lines. */
export function EditorBody(): ReactElement {
  const page = usePage();
  const text = useText();
  const language = useLanguage();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor>(undefined);
  const opened = useRef<number>(undefined);
  const { generation, file, program, target, breaks } = useEditor((state) => state);
  const problems = useRun((state) => state.problems);
  const marks = useTaskMarks(file);
  const hits = useLineHits(file);
  const label = text('ui.editor.label', { file });

  useEffect(() => {
    if (host.current === null) return undefined;
    const made = new CodeEditor(host.current, {
      onChange: (changed, isAnother) => {
        const { file, program } = page.editor.getState();
        page.editor.setText(file, changed);
        if (isAnother) page.editor.setLanguage(languageOfText(changed, program.language));
        page.run.forgetProblems();
        forgetFragment();
      },
      onRun: page.actions.run,
      readOnly: page.readOnly,
      onCursor: page.editor.setCursor,
      onBreaks: (lines) => page.editor.setBreaks(page.editor.getState().file, lines),
    });
    editor.current = made;
    return () => {
      editor.current = undefined;
      opened.current = undefined;
      made.dispose();
    };
  }, [page]);

  useEffect(() => {
    const state = page.editor.getState();
    const shown = { text: shownText(state), language: state.program.language, breaks: state.breaks[state.file] ?? [] };
    // A file that only has another name keeps its history.
    if (opened.current === generation && editor.current?.text === shown.text) editor.current.setLanguage(shown.language);
    else {
      page.editor.setCursor(1);
      editor.current?.open(shown);
    }
    opened.current = generation;
  }, [page, generation, file, program.language]);

  const lines = breaks[file];
  useEffect(() => {
    if (editor.current !== undefined) showBreakpoints(editor.current.view, lines ?? []);
  }, [lines]);
  useEffect(() => {
    if (target !== undefined) editor.current?.goTo(target.line, target.column);
  }, [target]);

  useEffect(() => editor.current?.setWords({ language, label }), [language, label]);
  useEffect(() => {
    editor.current?.showProblems(
      problems.filter((problem) => problem.file === file || program.files.length === 1),
    );
  }, [problems, file, program.files.length, generation]);
  useEffect(() => {
    if (editor.current !== undefined) showTaskMarks(editor.current.view, marks);
  }, [marks, generation, file]);
  useEffect(() => {
    if (editor.current !== undefined) showLineHits(editor.current.view, hits);
  }, [hits, generation, file]);

  return (
    <>
      <div ref={host} className={styles.text} data-testid="editor" />
      <Problems problems={problems} />
    </>
  );
}
