import { useState, type ReactElement } from 'react';
import { encodeLink } from '../../state/link/link-codec';
import { Mark } from '../controls/icon';
import { useEditor, useText } from '../page';
import { MachineBadge } from '../shell/machine-badge';
import { RunButtons } from '../shell/top-bar';
import styles from './embed-page.module.css';

/** Run and Stop, on which machine, and the way to the whole page. */
export function EmbedBar(): ReactElement {
  const text = useText();
  const { program, settings } = useEditor((state) => state);
  const home = new URL('./', document.baseURI).href;
  // The link holds the program: it is made when a reader is about to follow it.
  const [address, setAddress] = useState(home);
  const point = (): void => setAddress(`${home}${encodeLink({ program, settings })}`);
  return (
    <header className={styles.bar}>
      <RunButtons />
      <h1 className={styles.name}>{program.entry}</h1>
      <span className={styles.space} />
      <MachineBadge />
      <a
        className={styles.open} href={address} target="_blank" rel="noopener" title={text('embed.openTip')}
        onPointerEnter={point} onFocus={point}
      >
        <Mark />
        <span>{text('embed.open')}</span>
      </a>
    </header>
  );
}
