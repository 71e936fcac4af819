import './order.css';
import { useMemo, useState, type ReactElement } from 'react';
import { happensBeforeOf, racesOf, type HappensBefore, type Race } from '../../analysis/happens-before';
import { orderWindow, toldEvents } from '../../analysis/order-window';
import type { Place, Tid } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { describeEvent, objectLabel, placePhrase, taskLabel } from '../../trace/describe';
import { firstAfter, lastEventAt } from '../../trace/lookup';
import type { TraceModel } from '../../trace/trace';
import { processColorOf, toneStyle } from '../parts/names';
import type { ViewProps } from '../view-props';
import { OrderPicture } from './picture';

/** So many events are drawn around the one that is looked at. */
const EVENTS_SHOWN = 44;
/** So many that are in no order with it are told in words. */
const UNORDERED_TOLD = 12;

/** What had to happen before what: the past and the future of one event, what is in no order with it, and the races. */
export function OrderView(props: ViewProps): ReactElement {
  const { model, whole, time, selection } = props;
  const order = useMemo(() => happensBeforeOf(whole), [whole]);
  const races = useMemo(() => racesOf(whole), [whole]);
  const [chosen, setChosen] = useState<Race>();
  const race = chosen !== undefined && races.includes(chosen) ? chosen : undefined;
  const picked = selection?.kind === 'interval' ? selection.event : undefined;
  const centre = race?.second ?? centreOf(order, model, time, picked);
  return (
    <section className="wv-view" aria-label={translate('views.tab.order')}>
      <p className="wv-hint">{translate('views.order.about')}</p>
      {races.length > 0 && <Races {...props} races={races} chosen={race} onChoose={setChosen} />}
      {centre === undefined
        ? <p className="wv-empty">{translate('views.order.nothing')}</p>
        : <Around {...props} order={order} centre={centre} race={race} onLeave={() => setChosen(undefined)} />}
      {order.end < whole.trace.length && (
        <p className="wv-hint">{translate('views.order.tooLong', { at: formatMoment(whole.trace.time[order.end]) })}</p>
      )}
    </section>
  );
}

/** What is picked, else what was told last by the playhead. */
function centreOf(order: HappensBefore, model: TraceModel, time: number, picked: number | undefined): number | undefined {
  const told = toldEvents(order, model);
  const by = picked ?? lastEventAt(model.trace, time);
  return told[Math.max(0, firstAfter(told, by) - 1)];
}

interface RacesProps extends ViewProps {
  readonly races: readonly Race[];
  readonly chosen: Race | undefined;
  readonly onChoose: (race: Race | undefined) => void;
}

function Races({ whole, races, chosen, onChoose, onTime }: RacesProps): ReactElement {
  return (
    <ul className="wv-races">
      {races.map((race) => (
        <li key={`${race.first} ${race.second}`} className="wv-alarm">
          <span>{raceSentence(whole, race)}</span>
          <button
            type="button" className="wv-button" aria-pressed={race === chosen}
            onClick={() => {
              onChoose(race === chosen ? undefined : race);
              onTime(whole.trace.time[race.second]);
            }}
          >
            {translate('views.order.show')}
          </button>
        </li>
      ))}
    </ul>
  );
}

function raceSentence(model: TraceModel, { object, first, second }: Race): string {
  return translate('views.order.race', { object: objectLabel(model, object), first: accessWords(model, first), second: accessWords(model, second) });
}

function accessWords({ trace, ...model }: TraceModel, event: number): string {
  const write = trace.kind[event] === EventKindCode.store;
  return translate(write ? 'views.order.wrote' : 'views.order.read', {
    task: taskLabel({ trace, ...model }, trace.task[event] as Tid), place: placePhrase(trace, trace.place[event] as Place),
  });
}

interface AroundProps extends ViewProps {
  readonly order: HappensBefore;
  readonly centre: number;
  readonly race: Race | undefined;
  readonly onLeave: () => void;
}

function Around(props: AroundProps): ReactElement {
  const { model, order, centre, race, onSelect, onLeave } = props;
  const { trace } = order;
  const shown = useMemo(() => orderWindow(order, model, centre, EVENTS_SHOWN, race?.first), [order, model, centre, race]);
  const counts = useMemo(() => countOrders(order, model, centre), [order, model, centre]);
  const pick = (event: number): void => {
    onLeave();
    onSelect({ kind: 'interval', task: trace.task[event] as Tid, event });
  };
  const unordered = shown.events.filter((each) => each.order === 'none');
  return (
    <>
      <h3 className="wv-subtitle">{translate('views.order.around', { what: describeEvent(model, centre), at: formatMoment(trace.time[centre]) })}</h3>
      <ul className="wv-legend wv-order-legend">
        {(['before', 'after', 'none'] as const).map((name) => (
          <li key={name} data-order={name}>{translate(`views.order.${name}`, { count: counts[name] })}</li>
        ))}
      </ul>
      <OrderPicture {...props} shown={shown} onPick={pick} />
      <h4 className="wv-subtitle">{translate('views.order.unordered')}</h4>
      {unordered.length === 0 && <p className="wv-hint">{translate('views.order.noneUnordered')}</p>}
      <ul className="wv-list">
        {unordered.slice(0, UNORDERED_TOLD).map(({ event, task }) => (
          <li key={event}>
            <button
              type="button" className="wv-state" onClick={() => pick(event)}
              style={toneStyle(processColorOf(model, model.taskByTid.get(task)?.pid ?? task, props.theme))}
            >
              {describeEvent(model, event)}
            </button>
            <span className="wv-faint">{formatMoment(trace.time[event])}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function countOrders(order: HappensBefore, model: TraceModel, centre: number): Record<'before' | 'after' | 'none', number> {
  const counts = { before: 0, after: 0, none: 0 };
  for (const event of toldEvents(order, model)) {
    const is = order.order(event, centre);
    if (is !== 'same') counts[is]++;
  }
  return counts;
}
