import './search-field.css';
import type { KeyboardEvent, ReactElement } from 'react';
import { translate } from '../../text/translate';
import type { Interval } from '../../trace/trace';
import { nextFound, type LaneSearch } from './search-lanes';

interface SearchFieldProps {
  readonly text: string;
  readonly search: LaneSearch | undefined;
  readonly disabled: boolean;
  /** The event of what is picked: from there on the next one is looked for. */
  readonly current: number | undefined;
  readonly onText: (text: string) => void;
  readonly onGo: (interval: Interval) => void;
}

/** Leaves the lanes that have what is looked for; Enter goes from one found interval to the next. */
export function SearchField({ text, search, disabled, current, onText, onGo }: SearchFieldProps): ReactElement {
  const press = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') onText('');
    if (event.key !== 'Enter' || search === undefined) return;
    event.preventDefault();
    const next = nextFound(search, current, event.shiftKey ? -1 : 1);
    if (next !== undefined) onGo(next);
  };
  const place = search?.intervals.findIndex(({ event }) => event === current) ?? -1;
  const count = search?.intervals.length ?? 0;
  return (
    <span className="wt-search">
      <input
        type="search" className="wt-filter" value={text} disabled={disabled} aria-label={translate('timeline.lane.filter')}
        placeholder={translate('timeline.lane.filterShort')} title={translate('timeline.lane.filterAbout')}
        onChange={(event) => onText(event.currentTarget.value)} onKeyDown={press}
      />
      {search !== undefined && (
        <span className="wt-found" role="status">
          {place >= 0 ? translate('timeline.lane.foundAt', { place: place + 1, count }) : count}
        </span>
      )}
    </span>
  );
}
