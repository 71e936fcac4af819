import { useState, type FormEvent, type ReactElement } from 'react';
import { runsSideBySide, startedFiles } from '../../state/program-files';
import { Button } from '../controls/button';
import form from '../controls/form-panel.module.css';
import { useEditor, usePage, useText } from '../page';
import styles from './file-panel.module.css';

/** What can be done with a file: another name, whether it is started, and away with it. */
export function FilePanel({ name, onDone }: { readonly name: string; readonly onDone: () => void }): ReactElement {
  const text = useText();
  const { editor } = usePage();
  const program = useEditor((state) => state.program);
  const [draft, setDraft] = useState(name);
  const [refused, setRefused] = useState(false);
  const started = startedFiles(program);
  const isLast = started.length === 1 && started[0] === name;
  const rename = (event: FormEvent): void => {
    event.preventDefault();
    if (editor.renameFile(name, draft.trim())) onDone();
    else setRefused(true);
  };
  return (
    <form className={styles.panel} onSubmit={rename}>
      <label className={styles.name}>
        <span>{text('ui.editor.fileName')}</span>
        <span className={form.row}>
          <input
            className={form.code} data-autofocus value={draft} autoComplete="off" spellCheck={false} aria-invalid={refused || undefined}
            onChange={({ currentTarget }) => {
              setDraft(currentTarget.value);
              setRefused(false);
            }}
          />
          <Button type="submit" look="primary" disabled={draft.trim() === name}>{text('ui.editor.rename')}</Button>
        </span>
      </label>
      {refused && <p className={styles.refused} role="alert">{text('ui.editor.nameRefused')}</p>}
      {runsSideBySide(program) && program.files.length > 1 && (
        <label className={styles.starts}>
          <input
            type="checkbox" checked={started.includes(name)} disabled={isLast}
            onChange={({ currentTarget }) => editor.setStarts(name, currentTarget.checked)}
          />
          <span>
            <strong>{text('ui.editor.startsChoice')}</strong>
            <small>{text('ui.editor.startsAbout')}</small>
          </span>
        </label>
      )}
      {program.files.length > 1 && (
        <Button
          look="danger" className={styles.remove}
          onClick={() => {
            editor.removeFile(name);
            onDone();
          }}
        >
          {text('ui.editor.removeFile')}
        </Button>
      )}
    </form>
  );
}
