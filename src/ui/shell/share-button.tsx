import { useCallback, useEffect, useRef, useState, type ReactElement } from 'react';
import { LINK_LENGTH_AT_MOST } from '../../state/link/link-codec';
import { Button } from '../controls/button';
import form from '../controls/form-panel.module.css';
import { Icon } from '../controls/icon';
import { Popover } from '../controls/popover';
import { copyText } from '../copy-text';
import { usePage, useText } from '../page';
import { EmbedPanel } from './embed-panel';
import styles from './share-button.module.css';

/** A link with the program in it, copied at once. */
export function ShareButton(): ReactElement {
  const text = useText();
  return (
    <Popover
      kind="dialog"
      align="end"
      label={text('ui.share.title')}
      button={{
        icon: 'share',
        compact: 'narrow',
        children: text('ui.bar.share'),
        title: text('ui.bar.shareTip'),
      }}
    >
      {(close) => <SharePanel onDone={close} />}
    </Popover>
  );
}

type Copying = 'waiting' | 'copied' | 'refused';

export function SharePanel({ onDone }: { readonly onDone: () => void }): ReactElement {
  const text = useText();
  const { actions } = usePage();
  const [{ address, tooLong }] = useState(actions.makeLink);
  const [copying, setCopying] = useState<Copying>('waiting');
  const [embedding, setEmbedding] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = useCallback(() => {
    void copyText(address).then((copied) => setCopying(copied ? 'copied' : 'refused'));
  }, [address]);
  // The press that opened this asked for it.
  useEffect(() => {
    if (!tooLong) copy();
  }, [copy, tooLong]);
  const count = address.length;
  if (tooLong) {
    return (
      <div className={styles.panel}>
        <p role="status">{text('ui.share.tooLong', { count, limit: LINK_LENGTH_AT_MOST })}</p>
        <Button
          look="primary"
          icon="save"
          data-autofocus
          onClick={() => {
            actions.saveProgram();
            onDone();
          }}
        >
          {text('ui.share.saveFile')}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.panel}>
      <div className={form.row}>
        <input
          ref={field}
          className={form.code}
          readOnly
          value={address}
          aria-label={text('ui.share.link')}
          data-testid="link"
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button look="primary" icon={copying === 'copied' ? 'check' : 'copy'} data-autofocus onClick={copy}>
          {text('ui.share.copy')}
        </Button>
      </div>
      <p className={styles.status} data-copying={copying} role="status">
        {copying === 'copied' && (
          <>
            <Icon name="check" size={14} />
            {text('ui.share.copied')}
          </>
        )}
        {copying === 'refused' && text('ui.share.cannotCopy')}
        {copying === 'waiting' && text('ui.share.ready')}
      </p>
      <p>{text('ui.share.about', { count })}</p>
      {embedding
        ? <EmbedPanel address={address} />
        : <Button look="outlined" icon="code" onClick={() => setEmbedding(true)}>{text('ui.embed.open')}</Button>}
    </div>
  );
}
