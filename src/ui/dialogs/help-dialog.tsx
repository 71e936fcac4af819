import { useMemo, useRef, type ReactElement, type ReactNode } from 'react';
import { Button } from '../controls/button';
import { Mark } from '../controls/icon';
import { useText } from '../page';
import { KEYS } from '../run-phase';
import { useMachineSentence } from '../shell/machine-badge';
import { HelpContext } from './help-context';
import styles from './help-dialog.module.css';

/** The help of the page, which any part below can open. */
export function HelpProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const help = useMemo(() => ({ open: () => dialog.current?.showModal() }), []);
  return (
    <HelpContext value={help}>
      {children}
      <dialog
        ref={dialog} className={styles.dialog} aria-labelledby="help-title"
        onClick={(event) => {
          // A click beside the dialog's box lands on the dialog itself.
          if (event.target === event.currentTarget) event.currentTarget.close();
        }}
      >
        <HelpContent onClose={() => dialog.current?.close()} />
      </dialog>
    </HelpContext>
  );
}

function HelpContent({ onClose }: { readonly onClose: () => void }): ReactElement {
  const text = useText();
  const machine = useMachineSentence();
  const keys = [
    [KEYS.run, text('ui.help.keyRun')],
    [KEYS.stop, text('ui.help.keyStop')],
    [KEYS.goOn, text('ui.help.keyGoOn')],
    [KEYS.step, text('ui.help.keyStep')],
    [KEYS.stepBack, text('ui.help.keyStepBack')],
    [KEYS.stepSwitch, text('ui.help.keyStepSwitch')],
    [KEYS.runToHere, text('ui.help.keyRunToHere')],
    ['1 – 9', text('ui.help.keyChoose')],
    [KEYS.complete, text('ui.help.keyComplete')],
    [KEYS.find, text('ui.help.keyFind')],
    [KEYS.help, text('ui.help.keyHelp')],
  ] as const;
  return (
    <div className={styles.content}>
      <header>
        <Mark size={28} />
        <h2 id="help-title">{text('ui.help.title')}</h2>
        <Button icon="close" compact="always" onClick={onClose}>{text('ui.help.close')}</Button>
      </header>
      <p>{text('ui.help.what')}</p>
      <p>{text('ui.help.where')}</p>
      <h3>{text('ui.help.keys')}</h3>
      <dl className={styles.keys}>
        {keys.map(([key, meaning]) => (
          <div key={key}><dt><kbd>{key}</kbd></dt><dd>{meaning}</dd></div>
        ))}
      </dl>
      <h3>{text('ui.help.api')}</h3>
      <p>{text('ui.help.apiAbout')}</p>
      <h3>{text('ui.help.recorder')}</h3>
      <p>{text('ui.help.recorderAbout')} <a href="./weft_recorder.py" download>weft_recorder.py</a></p>
      <h3>{text('ui.help.machine')}</h3>
      <p>{machine} <a href="./browser.html">{text('browser.title')}</a></p>
    </div>
  );
}
