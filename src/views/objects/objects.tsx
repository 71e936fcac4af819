import { useMemo, type ReactElement } from 'react';
import { contentsAt, workerOn, type Item } from '../../analysis/contents';
import { eventIndexOf, holdersAfter } from '../../analysis/holders';
import type { Place, Tid } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import type { ObjectType } from '../../protocol/words';
import { translate } from '../../text/translate';
import { objectLabel, placePhrase, taskLabel, valueLabel } from '../../trace/labels';
import { intervalAt, lastEventAt, seriesValueAt } from '../../trace/lookup';
import type { Interval, ObjectInfo, TraceModel } from '../../trace/trace';
import { momentPhrase } from '../parts/moment';
import { StateName, TaskName } from '../parts/names';
import type { ViewProps } from '../view-props';

const carriers = new Set<ObjectType>(['queue', 'joinable queue', 'simple queue', 'pipe', 'connection', 'pool']);
const owned = new Set<ObjectType>(['lock', 'rlock', 'gil']);
const permits = new Set<ObjectType>(['semaphore', 'bounded semaphore']);
const values = new Set<ObjectType>(['value', 'array']);
/** More of one queue are counted, not shown. */
const ITEMS_AT_MOST = 60;
const OBJECTS_AT_MOST = 200;

/** What each shared object holds at the playhead, who has it, and who waits for it. */
export function Objects(props: ViewProps): ReactElement {
  const { model, whole, time } = props;
  const label = translate('views.objects.label', { at: momentPhrase(model, time) });
  const waiters = useMemo(() => waitersAt(model, time), [model, time]);
  const all = model === whole;
  const objects = model.objects.filter((info) => info.createdAt <= time && info.type !== 'variable' && (all || tellsSomething(info, waiters)))
    .toSorted((a, b) => Number(b.named) - Number(a.named)).slice(0, OBJECTS_AT_MOST);
  return (
    <section className="wv-view" aria-label={label}>
      <h3 className="wv-title">{label}</h3>
      {objects.length === 0 && <p className="wv-empty">{translate('views.objects.none')}</p>}
      <ul className="wv-cards">
        {objects.map((info) => <ObjectCard key={info.id} {...props} info={info} waiters={waiters.get(info.id) ?? []} />)}
      </ul>
    </section>
  );
}

/** A lock that the program has no name for and nobody waits on is a library's. */
function tellsSomething({ id, named, type }: ObjectInfo, waiters: ReadonlyMap<number, readonly Interval[]>): boolean {
  return named || !owned.has(type) || waiters.has(id);
}

type CardProps = ViewProps & { readonly info: ObjectInfo; readonly waiters: readonly Interval[] };

function ObjectCard(props: CardProps): ReactElement {
  const { model, info, waiters, time, onSelect } = props;
  return (
    <li className="wv-card" data-object={info.id}>
      <header>
        <button type="button" className="wv-object" onClick={() => onSelect({ kind: 'series', object: info.id, time })}>
          {objectLabel(model, info.id)}
        </button>
        {info.named && <span className="wv-faint">{translate(`traceWords.object.${info.type}`)}</span>}
      </header>
      <State {...props} />
      {waiters.length > 0 && (
        <p className="wv-people">
          <span className="wv-faint">{translate('views.objects.waitedFor')}</span>
          {waiters.map((interval) => (
            <StateName key={interval.task} {...props} interval={interval}>{taskLabel(model, interval.task)}</StateName>
          ))}
        </p>
      )}
    </li>
  );
}

function State(props: CardProps): ReactElement | null {
  const { model, info, time } = props;
  if (carriers.has(info.type)) return <Items {...props} />;
  if (owned.has(info.type) || permits.has(info.type)) return <Holders {...props} />;
  if (values.has(info.type)) {
    const value = seriesOf(model, info, time);
    return value === undefined ? null : <p>{translate('views.objects.value', { value })}</p>;
  }
  if (info.type !== 'event') return null;
  return <p>{translate(isSet(model, info, time) ? 'views.objects.set' : 'views.objects.notSet')}</p>;
}

function Items({ model, info, time, onSelect }: CardProps): ReactElement {
  const items = contentsAt(model, info.id, time);
  const more = items.length - ITEMS_AT_MOST;
  return (
    <>
      <p>
        {items.length === 0 ? translate('views.objects.empty') : translate('views.objects.items', { count: items.length })}
        {info.initial > 0 && info.type !== 'pool' && (
          <span className="wv-faint"> {translate('views.objects.of', { capacity: info.initial })}</span>
        )}
      </p>
      {items.length > 0 && (
        <ol className="wv-items">
          {items.slice(0, ITEMS_AT_MOST).map((item) => {
            const worker = workerOn(model, item, time);
            const about = itemSentence(model, item, worker);
            return (
              <li key={item.put}>
                <button
                  type="button" className="wv-item" data-busy={worker !== undefined || undefined} title={about} aria-label={about}
                  onClick={() => onSelect({ kind: 'interval', task: model.trace.task[item.put] as Tid, event: item.put })}
                >
                  {valueLabel(item.value, 14)}
                </button>
              </li>
            );
          })}
          {more > 0 && <li className="wv-faint">{translate('views.objects.more', { count: more })}</li>}
        </ol>
      )}
    </>
  );
}

function itemSentence(model: TraceModel, item: Item, worker: Tid | undefined): string {
  const { trace } = model;
  const value = valueLabel(item.value);
  if (worker !== undefined) return translate('views.objects.itemJob', { value, worker: taskLabel(model, worker) });
  if (trace.kind[item.put] === EventKindCode['job-submit']) return translate('views.objects.itemWaits', { value });
  const task = taskLabel(model, trace.task[item.put] as Tid);
  return translate('views.objects.item', { value, task, place: placePhrase(trace, trace.place[item.put] as Place) });
}

function Holders(props: CardProps): ReactElement {
  const { model, info, time } = props;
  const holders = holdersAfter(model.trace, info.id, lastEventAt(model.trace, time));
  const counted = permits.has(info.type);
  const left = counted ? seriesOf(model, info, time) : undefined;
  return (
    <p className="wv-people">
      {left !== undefined && <span>{translate('views.objects.permits', { count: left })}</span>}
      {holders.length === 0
        ? !counted && <span>{translate('views.objects.free')}</span>
        : <span className="wv-faint">{translate(counted ? 'views.objects.permitsWith' : 'views.objects.heldBy')}</span>}
      {holders.map(({ task, count }) => (
        <span key={task}><TaskName {...props} tid={task} />{count > 1 && <span className="wv-faint"> ×{count}</span>}</span>
      ))}
    </p>
  );
}

function waitersAt(model: TraceModel, time: number): ReadonlyMap<number, readonly Interval[]> {
  const waiters = new Map<number, Interval[]>();
  for (const { tid } of model.tasks) {
    const interval = intervalAt(model, tid, Math.min(time, model.endTime));
    if (interval?.state !== 'blocked' || interval.object <= 0) continue;
    waiters.set(interval.object, [...(waiters.get(interval.object) ?? []), interval]);
  }
  return waiters;
}

function seriesOf(model: TraceModel, { id }: ObjectInfo, time: number): number | undefined {
  const series = model.series.find(({ object }) => object === id);
  return series && seriesValueAt(series, time);
}

function isSet(model: TraceModel, { id }: ObjectInfo, time: number): boolean {
  const last = lastEventAt(model.trace, time);
  const { kind } = model.trace;
  const deed = eventIndexOf(model.trace).eventsOfObject(id)
    .findLast((event) => event <= last && (kind[event] === EventKindCode.set || kind[event] === EventKindCode.clear));
  return deed !== undefined && kind[deed] === EventKindCode.set;
}
