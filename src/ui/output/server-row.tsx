import { useMemo, useState, type ReactElement } from 'react';
import { listeningAddresses, readerOf } from '../../state/readers-client';
import { Button } from '../controls/button';
import { usePage, useRun, useText } from '../page';
import styles from './output-pane.module.css';

/** While a server listens the reader can be one of its clients. */
export function ServerRow(): ReactElement | null {
  const text = useText();
  const { actions } = usePage();
  const model = useRun((state) => (state.phase === 'running' && state.source.kind === 'run' ? state.model : undefined));
  const addresses = useMemo(() => (model === undefined ? [] : listeningAddresses(model)), [model]);
  const [chosen, setChosen] = useState('');
  const address = addresses.includes(chosen) ? chosen : addresses.at(-1);
  if (model === undefined || address === undefined || readerOf(model) !== undefined) return null;
  return (
    <div className={styles.server} data-testid="server">
      <i aria-hidden="true" />
      <span className={styles.listens}>
        {addresses.length === 1 ? text('ui.output.listens', { address }) : (
          <label>
            {text('ui.output.listensAt')}
            <select value={address} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
              {addresses.map((each) => <option key={each}>{each}</option>)}
            </select>
          </label>
        )}
      </span>
      <Button look="outlined" title={text('ui.output.connectTip')} onClick={() => actions.connect(address)}>
        {text('ui.output.connect')}
      </Button>
    </div>
  );
}
