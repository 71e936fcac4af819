import { useDeferredValue, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { formatDuration, formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { taskLabel } from '../../trace/labels';
import { timeClassOf } from '../../analysis/time-class';
import { classColor, processColorOf, toneStyle } from '../parts/names';
import type { ViewProps } from '../view-props';
import { listRows, rowSentence, type ListKind, type ListRow } from './rows';

const ROW_HEIGHT = 26;
/** Below this width a sentence may take two lines. */
const NARROW = 640;
const NARROW_ROW_HEIGHT = 42;
/** Rows drawn above and below what is in view. */
const OVERDRAW = 10;

/** The timeline as a table: what each task did, in order and in sentences; a search leaves what it means. */
export function EventList(props: ViewProps): ReactElement {
  const { model } = props;
  const [kind, setKind] = useState<ListKind>('intervals');
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const { rows, total } = useMemo(() => listRows(model, kind, wanted), [model, kind, wanted]);
  return (
    <section className="wv-view wv-fill" aria-label={translate('views.tab.list')}>
      <div className="wv-bar" role="search">
        <input
          type="search" className="wv-input" value={search} onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={translate('views.list.placeholder')} aria-label={translate('views.list.search')}
          title={translate('views.list.searchAbout')}
        />
        <span className="wv-choice" role="group" aria-label={translate('views.list.what')}>
          {(['intervals', 'events'] as const).map((each) => (
            <button key={each} type="button" className="wv-button" aria-pressed={kind === each} onClick={() => setKind(each)}>
              {translate(`views.list.${each}`)}
            </button>
          ))}
        </span>
        <span className="wv-faint" role="status">
          {total === 0 ? translate('views.list.none') : translate('views.list.found', { count: total })}
        </span>
      </div>
      <Rows key={`${kind} ${wanted}`} {...props} rows={rows} />
    </section>
  );
}

function Rows(props: ViewProps & { readonly rows: readonly ListRow[] }): ReactElement {
  const { rows, selection, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 400, width: NARROW });
  const isNarrow = view.width < NARROW;
  const rowHeight = isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const current = selection?.kind === 'interval' ? rowOfEvent(rows, selection.task, selection.event) : -1;
  const first = Math.max(0, Math.floor(view.top / rowHeight) - OVERDRAW);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / rowHeight) + OVERDRAW);

  const look = (): void => {
    const box = scroller.current;
    if (box !== null) setView({ top: box.scrollTop, height: box.clientHeight, width: box.clientWidth });
  };
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    const observer = new ResizeObserver(() => setView({ top: box.scrollTop, height: box.clientHeight, width: box.clientWidth }));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    const box = scroller.current;
    if (box === null || current < 0) return;
    const top = current * rowHeight;
    if (top < box.scrollTop || top > box.scrollTop + box.clientHeight - 2 * rowHeight) {
      box.scrollTop = Math.max(0, top - box.clientHeight / 2);
    }
  }, [current, rowHeight]);

  const pick = (row: ListRow | undefined): void => {
    if (row !== undefined) onSelect({ kind: 'interval', task: row.task, event: row.event });
  };
  const press = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 12, PageUp: -12, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    pick(rows[Math.min(rows.length - 1, Math.max(0, current + step))]);
  };

  return (
    <div
      ref={scroller} className="wv-rows" data-narrow={isNarrow || undefined} onScroll={look} onKeyDown={press} tabIndex={0} role="region"
      aria-label={translate('views.list.label')}
    >
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{translate('views.list.time')}</th>
            <th scope="col">{translate('views.list.task')}</th>
            <th scope="col">{translate('views.list.duration')}</th>
            <th scope="col">{translate('views.list.what')}</th>
          </tr>
        </thead>
        <tbody>
          {first > 0 && <tr aria-hidden="true" style={{ height: first * rowHeight }}><td colSpan={4} /></tr>}
          {rows.slice(first, last).map((row, index) => (
            <Row
              key={`${row.task} ${row.event}`} {...props} row={row} index={first + index} current={first + index === current} height={rowHeight}
              onPick={() => pick(row)}
            />
          ))}
          {last < rows.length && <tr aria-hidden="true" style={{ height: (rows.length - last) * rowHeight }}><td colSpan={4} /></tr>}
        </tbody>
      </table>
      {rows.length === 0 && <p className="wv-empty">{translate('views.list.none')}</p>}
    </div>
  );
}

interface RowProps extends ViewProps {
  readonly row: ListRow;
  readonly index: number;
  readonly current: boolean;
  readonly height: number;
  readonly onPick: () => void;
}

function Row({ model, theme, row, index, current, height, onPick }: RowProps): ReactElement {
  const { task, interval, time, duration } = row;
  const color = interval === undefined ? undefined : classColor(timeClassOf(interval.state, interval.reason), theme);
  const pid = model.taskByTid.get(task)?.pid;
  return (
    <tr aria-rowindex={index + 2} aria-current={current || undefined} onClick={onPick} style={{ height }}>
      <td className="wv-number">{formatMoment(time)}</td>
      <td>
        {pid === undefined
          ? taskLabel(model, task)
          : <span className="wv-task" style={toneStyle(processColorOf(model, pid, theme))}>{taskLabel(model, task)}</span>}
      </td>
      <td className="wv-number">{duration === undefined ? '' : formatDuration(duration)}</td>
      <td className="wv-sentence">
        <button type="button" tabIndex={-1} className="wv-state" style={color === undefined ? {} : toneStyle(color)}>
          {rowSentence(model, row)}
        </button>
      </td>
    </tr>
  );
}

/** The row of what is picked: that of the event itself, else the last of its task before it. */
function rowOfEvent(rows: readonly ListRow[], task: number, event: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle].event <= event) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= 0; index--) if (rows[index].task === task) return index;
  return -1;
}
