import { useEffect, useState, type ReactElement } from 'react';
import { Icon } from '../controls/icon';
import { usePage, useText } from '../page';
import styles from './drop-target.module.css';

/** A file dropped anywhere on the page is opened; while one is held over it the page says so. */
export function DropTarget(): ReactElement | null {
  const text = useText();
  const { actions } = usePage();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hold = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(false);
      const [file] = event.dataTransfer?.files ?? [];
      if (file !== undefined) void actions.openFile(file);
    };
    // In the capturing phase: the editor would take the file for text to insert.
    window.addEventListener('dragover', hold, true);
    window.addEventListener('dragleave', leave, true);
    window.addEventListener('drop', drop, true);
    return () => {
      window.removeEventListener('dragover', hold, true);
      window.removeEventListener('dragleave', leave, true);
      window.removeEventListener('drop', drop, true);
    };
  }, [actions]);
  if (!over) return null;
  return <div className={styles.target}><p><Icon name="open" size={20} />{text('ui.file.drop')}</p></div>;
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
