import type { ReactElement } from 'react';
import { useEditor, useText } from '../page';
import { Pane } from '../shell/pane';
import { EditorBody } from './editor-body';
import styles from './editor-pane.module.css';
import { FileTabs } from './file-tabs';
import { LanguageMenu } from './language-menu';

/** The program: its files, its text, and what keeps it from running. */
export function EditorPane(): ReactElement {
  const text = useText();
  const { edited, origin } = useEditor((state) => state);
  return (
    <Pane
      label={text('ui.editor.title')}
      title={<FileTabs />}
      actions={<LanguageMenu />}
    >
      {origin.kind === 'link' && !edited && <p className={styles.note}>{text('ui.editor.fromLink')}</p>}
      <EditorBody />
    </Pane>
  );
}
