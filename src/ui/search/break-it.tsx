import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { describeProgress, describeSearch } from '../../state/search-sentences';
import type { SearchState } from '../../state/search-store';
import { Button } from '../controls/button';
import { Icon } from '../controls/icon';
import { Popover } from '../controls/popover';
import { useEditor, usePage, useText } from '../page';
import styles from './break-it.module.css';

/** Starts a search over the schedules of the program, and shows how far it is and what came of it. */
export function BreakItButton(): ReactElement {
  const text = useText();
  const { actions, search: store } = usePage();
  const state = useStore(store);
  const isVirtual = useEditor(({ settings }) => settings.clock === 'virtual');
  const isSearching = state.phase === 'searching';
  return (
    <Popover
      kind="dialog"
      label={text('search.title')}
      onOpen={() => {
        if (store.getState().phase === 'none') actions.breakIt();
      }}
      button={{
        icon: 'bolt', compact: 'narrow', children: text('search.start'), disabled: !isVirtual,
        title: text(isVirtual ? 'search.startTip' : 'search.onlyVirtual'), className: isSearching ? styles.busy : '',
      }}
    >
      {() => (
        <div className={styles.panel} data-testid="search">
          {isSearching ? <Searching state={state} /> : <Over state={state} />}
        </div>
      )}
    </Popover>
  );
}

function Searching({ state: { progress, rate } }: { readonly state: SearchState }): ReactElement {
  const text = useText();
  const { search } = usePage();
  return (
    <>
      <p className={styles.about}>{text('search.about')}</p>
      <p className={styles.progress} role="status">
        <span>{progress === undefined ? text('search.progress.first') : describeProgress(progress)}</span>
        <small>{rate === undefined ? '' : text('search.rate', { rate })}</small>
      </p>
      <Button look="outlined" icon="stop" data-autofocus onClick={() => void search.stop()}>{text('search.stop')}</Button>
    </>
  );
}

function Over({ state: { search, failure, usual } }: { readonly state: SearchState }): ReactElement {
  const text = useText();
  const { actions, view, search: store } = usePage();
  const isFound = search?.result.found !== undefined;
  const sentences = search === undefined ? [] : describeSearch(search);
  const [first = text('search.about'), ...more] = failure === undefined ? sentences : [text('search.failed', { reason: failure })];
  return (
    <>
      <p className={styles.outcome} data-found={isFound || undefined} role="status">
        {search !== undefined && <Icon name={isFound ? 'warning' : 'check'} />}
        <span>{first}</span>
      </p>
      {more.length > 0 && <ul className={styles.more}>{more.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>}
      {usual !== undefined && <p className={styles.about}>{text('search.shown')}</p>}
      <div className={styles.buttons}>
        {isFound && search?.result.found?.phase !== 'first' && (
          <Button
            look="primary" data-autofocus
            onClick={() => {
              view.setTab('views');
              view.setView('compare');
            }}
          >
            {text('search.compare')}
          </Button>
        )}
        {usual !== undefined && <Button look="outlined" onClick={() => store.leaveSchedule()}>{text('search.usual')}</Button>}
        <Button look="outlined" icon="restart" onClick={actions.breakIt}>{text('search.again')}</Button>
      </div>
    </>
  );
}
