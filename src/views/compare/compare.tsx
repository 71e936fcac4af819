import { useMemo, useState, type ReactElement } from 'react';
import { compareRuns } from '../../analysis/compare';
import type { Tid } from '../../protocol/ids';
import { formatDuration, formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { describeEvent } from '../../trace/describe';
import type { TraceModel } from '../../trace/trace';
import { classColor, toneStyle } from '../parts/names';
import type { ViewProps } from '../view-props';
import { BothLanes } from './both-lanes';

interface CompareProps extends ViewProps {
  /** Runs to compare with, the latest first. */
  readonly others: readonly { readonly number: number; readonly model: TraceModel }[];
}

/** The run beside another one: where they part, what each took, and both on one axis. */
export function Compare(props: CompareProps): ReactElement {
  const { others } = props;
  const [wanted, setWanted] = useState<number>();
  const chosen = others.find(({ number }) => number === wanted) ?? others[0];
  if (chosen === undefined) return <p className="wv-empty">{translate('views.compare.none')}</p>;
  return (
    <section className="wv-view" aria-label={translate('views.tab.compare')}>
      <label className="wv-bar">
        {translate('views.compare.with')}
        <select className="wv-input" value={chosen.number} onChange={(event) => setWanted(Number(event.currentTarget.value))}>
          {others.map((run) => <option key={run.number} value={run.number}>{runName(run)}</option>)}
        </select>
      </label>
      <Both {...props} other={chosen.model} />
    </section>
  );
}

function runName({ number, model }: CompareProps['others'][number]): string {
  return translate('views.compare.run', {
    number, program: model.trace.header.program?.entry ?? '', duration: formatDuration(model.endTime),
    tasks: translate('timeline.tasks', { count: model.tasks.length }),
  });
}

function Both(props: ViewProps & { readonly other: TraceModel }): ReactElement {
  const { whole, other, theme } = props;
  // Both with all there is: one may have machinery that the other lacks, and that is a difference.
  const compared = useMemo(() => compareRuns(whole, other), [whole, other]);
  const { times, length, tasks, events } = compared;
  const rows = [
    { key: 'length', title: translate('views.compare.length'), color: undefined, ...length, show: formatDuration },
    { key: 'tasks', title: translate('views.compare.tasks'), color: undefined, ...tasks, show: String },
    { key: 'events', title: translate('views.compare.events'), color: undefined, ...events, show: String },
    ...times.map((row) => ({
      key: row.class, title: translate(`timeline.style.${row.class}`), color: classColor(row.class, theme),
      first: row.first, second: row.second, show: formatDuration,
    })),
  ];
  return (
    <>
      <Parting {...props} parting={compared.parting} />
      <BothLanes model={props.model} other={other} theme={theme} parting={partingTimes(whole, other, compared.parting)} />
      <div className="wv-scroll" role="region" aria-label={translate('views.compare.difference')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{translate('views.compare.what')}</th>
              <th scope="col" data-number="true">{translate('views.compare.this')}</th>
              <th scope="col" data-number="true">{translate('views.compare.other')}</th>
              <th scope="col" data-number="true">{translate('views.compare.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, title, color, first, second, show }) => (
              <tr key={key} data-row={key}>
                <th scope="row">{color === undefined ? title : <span className="wv-state" style={toneStyle(color)}>{title}</span>}</th>
                <td data-number="true">{show(first)}</td>
                <td data-number="true">{show(second)}</td>
                <td data-number="true">{differenceOf(first, second, show)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function partingTimes(whole: TraceModel, other: TraceModel, parting: PartingProps['parting']): readonly [number, number] | undefined {
  return parting && [whole.trace.time[parting.first], other.trace.time[parting.second]];
}

function differenceOf(first: number, second: number, show: (amount: number) => string): string {
  if (first === second) return '';
  return `${first > second ? '+' : '−'}${show(Math.abs(first - second))}`;
}

type PartingProps = ViewProps & { readonly other: TraceModel; readonly parting: ReturnType<typeof compareRuns>['parting'] };

function Parting({ whole, other, parting, onSelect }: PartingProps): ReactElement {
  if (parting === undefined) return <p className="wv-hint">{translate('views.compare.same')}</p>;
  const { index, first, second } = parting;
  const task = whole.trace.task[first] as Tid;
  return (
    <>
      <p className="wv-hint">{translate('views.compare.parting', { index: index + 1, at: formatMoment(whole.trace.time[first]) })}</p>
      <ul className="wv-list">
        <li>
          <button type="button" className="wv-state" onClick={() => onSelect({ kind: 'interval', task, event: first })}>
            {translate('views.compare.partingHere', { what: describeEvent(whole, first) })}
          </button>
        </li>
        <li><span className="wv-state">{translate('views.compare.partingThere', { what: describeEvent(other, second) })}</span></li>
      </ul>
    </>
  );
}
