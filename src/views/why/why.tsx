import { useMemo, useState, type ReactElement } from 'react';
import { crowdsOf, type Convoy, type Starvation } from '../../analysis/crowding';
import { criticalPath } from '../../analysis/critical-path';
import { causesOf, type CauseStep } from '../../analysis/why';
import { formatDuration, formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { describeInterval, objectLabel, taskLabel } from '../../trace/describe';
import type { Interval, TraceModel } from '../../trace/trace';
import { classColor, StateName, toneStyle } from '../parts/names';
import { selectedInterval, selectionOf } from '../timeline/find';
import type { ViewProps } from '../view-props';

/** So many waits are offered where none is picked. */
const WAITS_OFFERED = 8;
const STEPS_AT_FIRST = 30;

/** Why a wait lasted, where the time of the run went, and what stood in line. */
export function Why(props: ViewProps): ReactElement {
  const { model, selection } = props;
  const picked = selectedInterval(model, selection);
  const wait = picked?.state === 'blocked' ? picked : undefined;
  return (
    <section className="wv-view wv-columns" aria-label={translate('views.why.wait')}>
      <section>
        <h3 className="wv-title">{translate('views.why.wait')}</h3>
        {wait === undefined ? <LongestWaits {...props} /> : <Causes {...props} wait={wait} />}
        <Crowds {...props} />
      </section>
      <Path {...props} />
    </section>
  );
}

function LongestWaits(props: ViewProps): ReactElement {
  const { model } = props;
  const longest = useMemo(() => longestWaits(model), [model]);
  if (longest.length === 0) return <p className="wv-hint">{translate('views.why.noWaits')}</p>;
  return (
    <>
      <p className="wv-hint">{translate('views.why.pick')}</p>
      <h4 className="wv-subtitle">{translate('views.why.longest')}</h4>
      <ul className="wv-list">
        {longest.map((interval) => (
          <li key={interval.event}><StateName {...props} interval={interval}>{describeInterval(model, interval)}</StateName></li>
        ))}
      </ul>
    </>
  );
}

/** Sleeping is nobody's doing, and waiting for the GIL is everybody's: both are many and say little. */
function longestWaits(model: TraceModel): readonly Interval[] {
  const waits: Interval[] = [];
  for (const intervals of model.intervals.values()) {
    for (const interval of intervals) {
      if (interval.state === 'blocked' && interval.reason !== 'sleep' && interval.reason !== 'gil') waits.push(interval);
    }
  }
  return waits.sort((a, b) => b.end - b.start - (a.end - a.start)).slice(0, WAITS_OFFERED);
}

function Causes(props: ViewProps & { readonly wait: Interval }): ReactElement {
  const { model, whole, wait } = props;
  const steps = useMemo(() => causesOf(model, wait, whole), [model, whole, wait]);
  return (
    <ol className="wv-chain">
      {steps.map((step, index) => (
        <li key={index} data-kind={step.kind}>
          {step.kind === 'circle'
            ? <p className="wv-alarm">{translate('views.why.circle')}</p>
            : <StateName {...props} interval={step.interval}>{stepSentence(props, step)}</StateName>}
          <span className="wv-faint">{formatMoment(step.interval.start)}</span>
        </li>
      ))}
    </ol>
  );
}

function stepSentence({ model, whole }: ViewProps, step: Exclude<CauseStep, { kind: 'circle' }>): string {
  const from = model.taskByTid.has(step.interval.task) ? model : whole;
  const what = describeInterval(from, step.interval);
  switch (step.kind) {
    case 'cause': return translate('views.why.cause', { what });
    case 'held': return translate('views.why.held', { what, holder: taskLabel(whole, step.holder) });
    default: return translate(step.by === undefined ? 'views.why.nobody' : 'views.why.because', { what });
  }
}

function Path(props: ViewProps): ReactElement {
  const { whole, theme } = props;
  const [all, setAll] = useState(false);
  const path = useMemo(() => criticalPath(whole), [whole]);
  const { steps, shares, length } = path;
  // Steps that cannot be seen in the bar above are told only to those who ask for all.
  const shown = all ? steps : steps.filter(({ start, end }) => end - start > length / 2000).slice(0, STEPS_AT_FIRST);
  const seen = shares.filter(({ time }) => time > length / 2000);
  return (
    <section aria-label={translate('views.why.path')}>
      <h3 className="wv-title">{translate('views.why.path')}</h3>
      {steps.length === 0
        ? <p className="wv-hint">{translate('views.why.pathEmpty')}</p>
        : <p className="wv-hint">{translate('views.why.pathAbout', { duration: formatDuration(length) })}</p>}
      <div className="wv-shares" aria-hidden="true">
        {seen.map(({ class: name, time }) => (
          <i key={name} style={{ ...toneStyle(classColor(name, theme)), flexGrow: time / length }} />
        ))}
      </div>
      <ul className="wv-legend">
        {seen.map(({ class: name, time }) => (
          <li key={name} style={toneStyle(classColor(name, theme))} data-class={name}>
            {translate('views.why.share', {
              state: translate(`timeline.style.${name}`), duration: formatDuration(time), percent: percentOf(time, length),
            })}
          </li>
        ))}
      </ul>
      <ol className="wv-list" aria-label={translate('views.why.steps', { count: steps.length })}>
        {shown.map((step) => (
          <li key={`${step.interval.event} ${step.start}`}>
            <StateName {...props} interval={step.interval}>
              {translate('views.why.step', {
                task: taskLabel(whole, step.task), state: translate(`timeline.style.${step.class}`),
                duration: formatDuration(step.end - step.start),
              })}
            </StateName>
            <span className="wv-faint">{formatMoment(step.start)}</span>
          </li>
        ))}
      </ol>
      {shown.length < steps.length && (
        <button type="button" className="wv-button" onClick={() => setAll(true)}>
          {translate('views.why.steps', { count: steps.length })}
        </button>
      )}
    </section>
  );
}

function Crowds(props: ViewProps): ReactElement {
  const { model, onSelect } = props;
  const crowds = useMemo(() => crowdsOf(model), [model]);
  return (
    <>
      <h4 className="wv-subtitle">{translate('views.why.crowds')}</h4>
      {crowds.length === 0 && <p className="wv-hint">{translate('views.why.noCrowds')}</p>}
      <ul className="wv-list">
        {crowds.map((crowd) => (
          <li key={`${crowd.kind} ${crowd.object}`}>
            <button
              type="button" className="wv-state" data-tone="warning"
              onClick={() => onSelect(selectionOf(crowd.kind === 'convoy' ? crowd.worst : crowd.interval))}
            >
              {crowdSentence(model, crowd)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function crowdSentence(model: TraceModel, crowd: Convoy | Starvation): string {
  const object = objectLabel(model, crowd.object);
  if (crowd.kind === 'convoy') {
    const { waited, acquires, queue, time } = crowd;
    return translate('views.why.convoy', { object, waited, acquires, queue, duration: formatDuration(time) });
  }
  const { task, interval, passed } = crowd;
  const duration = formatDuration(interval.end - interval.start);
  return translate('views.why.starvation', { task: taskLabel(model, task), duration, object, passed });
}

/** Whole percents, or one digit where a whole one would say nothing. */
function percentOf(part: number, whole: number): string {
  const percent = whole > 0 ? (part / whole) * 100 : 0;
  return percent >= 1 ? String(Math.round(percent)) : percent.toFixed(1);
}
