import type { ReactElement } from 'react';
import { useEditor, usePage, useText } from '../page';
import styles from './editor-pane.module.css';

/** One button for each file of a program that has several. */
export function FileTabs(): ReactElement {
  const text = useText();
  const { editor } = usePage();
  const files = useEditor((state) => state.program.files);
  const shown = useEditor((state) => state.file);
  return (
    <div className={styles.files} role="group" aria-label={text('ui.editor.files')}>
      {files.map(({ name }) => (
        <button key={name} type="button" aria-pressed={name === shown} onClick={() => editor.showFile(name)}>
          {name}
        </button>
      ))}
    </div>
  );
}
