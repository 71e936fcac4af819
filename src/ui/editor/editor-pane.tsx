import type { ReactElement } from 'react';
import { LANGUAGE_NAMES } from '../examples/examples-menu';
import { useEditor, useText } from '../page';
import { Pane } from '../shell/pane';
import { EditorBody } from './editor-body';
import styles from './editor-pane.module.css';
import { FileTabs } from './file-tabs';

/** The program: its files, its text, and what keeps it from running. */
export function EditorPane(): ReactElement {
  const text = useText();
  const { program, edited, origin } = useEditor((state) => state);
  return (
    <Pane
      label={text('ui.editor.title')}
      title={<FileTabs />}
      actions={<span className={styles.language}>{LANGUAGE_NAMES[program.language]}</span>}
    >
      {origin.kind === 'link' && !edited && <p className={styles.note}>{text('ui.editor.fromLink')}</p>}
      <EditorBody />
    </Pane>
  );
}
