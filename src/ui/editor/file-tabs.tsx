import type { ReactElement } from 'react';
import { runsSideBySide, startedFiles } from '../../state/program-files';
import { Button } from '../controls/button';
import { Icon } from '../controls/icon';
import { Popover } from '../controls/popover';
import { useEditor, usePage, useText } from '../page';
import styles from './editor-pane.module.css';
import { FilePanel } from './file-panel';

/** One tab for each file, what can be done with the one that is shown, and a way to another. */
export function FileTabs(): ReactElement {
  const text = useText();
  const { editor } = usePage();
  const { program, file: shown, edited } = useEditor((state) => state);
  const several = program.files.length > 1;
  const started = startedFiles(program);
  const sideBySide = runsSideBySide(program);
  const about = text(sideBySide ? 'ui.editor.addProgramTip' : 'ui.editor.addFileTip');
  return (
    <div className={styles.tabs}>
      <div className={styles.files} role="group" aria-label={text('ui.editor.files')}>
        {program.files.map(({ name }) => (
          <button
            key={name} type="button" aria-pressed={several ? name === shown : undefined} data-alone={!several || undefined}
            onClick={() => editor.showFile(name)}
            title={several && sideBySide ? text(started.includes(name) ? 'ui.editor.startsTip' : 'ui.editor.importedTip') : undefined}
          >
            {several && sideBySide && started.includes(name) && (
              <span className={styles.starts}>
                <Icon name="play" size={9} />
                <span className={styles.hidden}>{text('ui.editor.starts')}</span>
              </span>
            )}
            {name}
            {!several && edited && <span className={styles.edited} title={text('ui.editor.edited')} />}
          </button>
        ))}
      </div>
      <Popover
        kind="dialog" label={text('ui.editor.fileMenu', { file: shown })}
        button={{ icon: 'more', compact: 'always', className: styles.tool, children: text('ui.editor.fileMenu', { file: shown }) }}
      >
        {(close) => <FilePanel name={shown} onDone={close} />}
      </Popover>
      <Button icon="plus" compact="always" className={styles.tool} title={about} onClick={() => editor.addFile()}>
        {text(sideBySide ? 'ui.editor.addProgram' : 'ui.editor.addFile')}
      </Button>
    </div>
  );
}
