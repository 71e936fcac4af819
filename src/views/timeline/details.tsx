import { useState, type ReactElement, type ReactNode } from 'react';
import type { Journey } from '../../analysis/journey';
import { NO_OBJECT, NO_PLACE, type Place, type Tid } from '../../protocol/ids';
import { palettes, STYLES, type ThemeName } from '../../render/palette';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { describeEvent, describeInterval, placeLabel, taskLabel } from '../../trace/describe';
import { lastEventAt } from '../../trace/lookup';
import type { TimelineData } from './derive';
import { momentOf, selectedInterval } from './find';
import { Icon, type IconName } from './icons';
import { causeOf, effectOf } from './navigate';
import { JourneySteps } from './journey-steps';
import { isMarker, selectionSentence } from './sentences';
import type { TimelineSelection, WaitsOf, WaitStops } from './timeline-types';

export interface DetailsProps {
  readonly data: TimelineData;
  readonly selection: TimelineSelection | undefined;
  readonly theme: ThemeName;
  readonly touch: boolean;
  readonly empty: boolean;
  /** The way of the item that is picked. */
  readonly journey: Journey | undefined;
  readonly onSelect: (selection: TimelineSelection | undefined) => void;
  readonly onShow: () => void;
  readonly onPlace: ((place: Place) => void) | undefined;
  readonly waitStops: WaitStops | undefined;
}

/** Below the lanes: what is selected, in words, and the ways on from it. Its place is kept while nothing is selected. */
export function Details(props: DetailsProps): ReactElement {
  const { data, selection, touch, empty } = props;
  const sentence = selection === undefined ? '' : selectionSentence(data, selection);
  // Said aloud once for each selection: a wait that goes on grows longer every second.
  const [said, setSaid] = useState({ selection, sentence });
  if (said.selection !== selection) setSaid({ selection, sentence });
  return (
    <section className="wt-details" aria-label={translate('timeline.details.label')}>
      {selection === undefined
        ? <p className="wt-hint">{empty ? '' : translate(touch ? 'timeline.details.noneTouch' : 'timeline.details.none')}</p>
        : <Selected {...props} selection={selection} />}
      <p className="wt-said" aria-live="polite">{said.sentence}</p>
    </section>
  );
}

function Selected(props: DetailsProps & { readonly selection: TimelineSelection }): ReactElement {
  const { data, selection, onSelect, onShow, onPlace } = props;
  const { model } = data;
  const moment = momentOf(model, selection);
  const place = placeOf(data, selection);
  const link = selection.kind === 'link';
  const cause = causeOf(model, selection);
  const effect = effectOf(model, selection);
  const way = (icon: IconName, to: TimelineSelection | undefined, key: 'waker' | 'woke' | 'source' | 'target'): ReactNode => {
    if (to?.kind !== 'interval') return null;
    const text = translate(`timeline.details.${key}`, { task: taskLabel(model, to.task) });
    return <Action icon={icon} text={text} onClick={() => onSelect(to)} />;
  };
  return (
    <>
      <p className="wt-sentence">
        {selectionSentence(data, selection)}
        <MarkerContext data={data} selection={selection} />
        {moment !== undefined && <span className="wt-moment">{momentLabel(moment)}</span>}
      </p>
      {props.journey !== undefined && <JourneySteps {...props} journey={props.journey} />}
      {selection.kind === 'task' && <Shares {...props} tid={selection.tid} />}
      <div className="wt-ways">
        {way('waker', isWait(data, selection) || link ? cause : undefined, link ? 'source' : 'waker')}
        {way('woke', effect, link ? 'target' : 'woke')}
        {place !== NO_PLACE && onPlace !== undefined && (
          <Action
            icon="line" text={translate('timeline.details.line', { place: placeLabel(model.trace, place) })}
            onClick={() => onPlace(place)}
          />
        )}
        <StopAction {...props} />
        <Action icon="fit" text={translate('timeline.details.zoom')} onClick={onShow} />
        <Action icon="close" text={translate('timeline.details.clear')} onClick={() => onSelect(undefined)} quiet />
      </div>
    </>
  );
}

/** A breakpoint on waits like the one that is picked. */
function StopAction({ data, selection, waitStops }: DetailsProps & { readonly selection: TimelineSelection }): ReactNode {
  const waits = waitsOf(data, selection);
  if (waits === undefined || waitStops === undefined) return null;
  const text = 'object' in waits
    ? translate('timeline.details.stopForObject', { object: waits.object })
    : translate('timeline.details.stopForTask', { task: waits.task });
  return <Action icon="stop" text={text} pressed={waitStops.has(waits)} onClick={() => waitStops.toggle(waits)} />;
}

/** For the object that is picked or waited for, or else of the task. */
function waitsOf({ model }: TimelineData, selection: TimelineSelection): WaitsOf | undefined {
  const interval = selectedInterval(model, selection);
  const object = model.objectById.get(selection.kind === 'series' ? selection.object : interval?.object ?? NO_OBJECT);
  if (object?.named === true && object.type !== 'variable') return { object: object.name };
  const tid = selection.kind === 'task' ? selection.tid : interval?.state === 'blocked' ? interval.task : undefined;
  const task = tid === undefined ? undefined : model.taskByTid.get(tid);
  // A coroutine is known by name to its own library alone.
  return task === undefined || task.name === '' || task.method === 'coroutine' ? undefined : { task: task.name };
}

interface ActionProps {
  readonly icon: IconName;
  readonly text: string;
  readonly onClick: () => void;
  readonly quiet?: boolean;
  readonly pressed?: boolean;
}

function Action({ icon, text, onClick, quiet = false, pressed }: ActionProps): ReactElement {
  return (
    <button type="button" className="wt-way" aria-pressed={pressed} onClick={onClick} {...(quiet ? { 'aria-label': text, title: text } : {})}>
      <Icon name={icon} />
      {!quiet && <span>{text}</span>}
    </button>
  );
}

/** An event's sentence is followed by that of the interval it was in; an object's number by what was done to it last. */
function MarkerContext({ data, selection }: { readonly data: TimelineData; readonly selection: TimelineSelection }): ReactNode {
  const { model } = data;
  if (selection.kind === 'series') {
    const event = lastDeed(data, selection);
    return event < 0 ? null : <span className="wt-context">{describeEvent(model, event)}</span>;
  }
  const interval = selectedInterval(model, selection);
  if (selection.kind !== 'interval' || interval === undefined || !isMarker(interval, selection.event)) return null;
  return <span className="wt-context">{describeInterval(model, interval)}</span>;
}

/** How long the task was in each state, as parts of its life. */
function Shares({ data, theme, tid }: DetailsProps & { readonly tid: Tid }): ReactNode {
  const lane = data.lanes.get(tid);
  if (lane === undefined) return null;
  const times = new Float64Array(STYLES.length);
  lane.track.addTimes(times, 0, 0, lane.track.count);
  const total = times.reduce((sum, time) => sum + time, 0);
  const shares = STYLES.map((style, code) => ({ style, code, percent: Math.round((times[code] / (total || 1)) * 100) }))
    .filter(({ percent }) => percent > 0).sort((a, b) => b.percent - a.percent);
  return (
    <ul className="wt-shares">
      {shares.map(({ style, code, percent }) => (
        <li key={style} style={{ ['--wt-color' as string]: palettes[theme].styles[code].color }}>
          {translate('timeline.details.share', { state: translate(`timeline.style.${style}`), percent })}
        </li>
      ))}
    </ul>
  );
}

function isWait(data: TimelineData, selection: TimelineSelection): boolean {
  return selectedInterval(data.model, selection)?.state === 'blocked';
}

function momentLabel({ start, end }: { readonly start: number; readonly end: number }): string {
  return start === end
    ? translate('timeline.details.at', { at: formatMoment(start) })
    : translate('timeline.details.from', { from: formatMoment(start), to: formatMoment(end) });
}

/** The line of the program that the selection belongs to. */
function placeOf(data: TimelineData, selection: TimelineSelection): Place {
  const { model } = data;
  const { trace } = model;
  if (selection.kind === 'link') return (trace.place[model.links.at(selection.index)?.fromEvent ?? 0] ?? NO_PLACE) as Place;
  if (selection.kind === 'series') return (trace.place[lastDeed(data, selection)] ?? NO_PLACE) as Place;
  if (selection.kind !== 'interval') return NO_PLACE;
  const interval = selectedInterval(model, selection);
  if (interval === undefined) return NO_PLACE;
  return isMarker(interval, selection.event) ? (trace.place[selection.event] as Place) : interval.place;
}

/** Looked at for the last event of an object before a moment. */
const LOOK_BACK = 20_000;

/** The last event of an object by a moment, or -1. */
function lastDeed(data: TimelineData, { object, time }: TimelineSelection & { readonly kind: 'series' }): number {
  const { trace } = data.model;
  const last = lastEventAt(trace, time);
  for (let event = last; event >= Math.max(0, last - LOOK_BACK); event--) {
    if (trace.object[event] === object) return event;
  }
  return -1;
}
