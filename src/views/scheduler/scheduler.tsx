import './scheduler.css';
import { useMemo, type ReactElement } from 'react';
import {
  decisionAt, decisionOf, decisionsOf, passedOver, readyCounts, runQueuesAt, type CpuNow, type RunQueues,
} from '../../analysis/run-queues';
import type { PolicyName } from '../../protocol/words';
import { formatDuration, formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { taskLabel } from '../../trace/labels';
import type { Interval, TraceModel } from '../../trace/trace';
import { momentPhrase } from '../parts/moment';
import { StateName, TaskName } from '../parts/names';
import { ReadyChart } from './ready-chart';
import type { ViewProps } from '../view-props';

/** Who has which CPU at the playhead, who stands in line, and each decision of the scheduler one after the other. */
export function SchedulerView(props: ViewProps): ReactElement {
  // Also what is folded away elsewhere needs a CPU.
  const { whole: model, time } = props;
  const queues = useMemo(() => runQueuesAt(model, time), [model, time]);
  const label = translate('views.scheduler.label', { at: momentPhrase(model, time) });
  return (
    <section className="wv-view" aria-label={label}>
      <h3 className="wv-title">{label}</h3>
      <p className="wv-hint">{policyWords(model)}</p>
      <Cpus {...props} cpus={queues.cpus} />
      <Lines {...props} queues={queues} />
      <Decisions {...props} />
      <Counts {...props} />
    </section>
  );
}

function policyWords({ trace: { header } }: TraceModel): string {
  if (header.clock === 'real') return translate('views.scheduler.real');
  const { cpus = 1, policy = 'round-robin', quantum = 0, seed = 0 } = header.settings ?? {};
  const name = policy === 'replay' ? translate('views.scheduler.replay') : translate(`ui.clock.policies.${policy satisfies PolicyName}`);
  const words = { policy: name, quantum: formatDuration(quantum * 1e6), seed };
  return translate('views.scheduler.virtual', { count: cpus, ...words });
}

function Cpus(props: ViewProps & { readonly cpus: readonly CpuNow[] }): ReactElement {
  const { cpus, whole, time } = props;
  const word = whole.trace.header.clock === 'real' ? 'timeline.lane.worker' : 'timeline.lane.cpu';
  if (cpus.length === 0) return <p className="wv-empty">{translate('views.scheduler.noneRuns')}</p>;
  return (
    <ul className="wv-cards wv-cpus">
      {cpus.map(({ cpu, running }) => (
        <li key={cpu} className="wv-card" data-cpu={cpu}>
          <header><h4>{translate(word, { number: cpu })}</h4></header>
          {running === undefined
            ? <p className="wv-faint">{translate('views.scheduler.idle')}</p>
            : (
              <p className="wv-people">
                <TaskName {...props} model={whole} tid={running.task} />
                <span className="wv-faint">{translate('views.scheduler.for', { duration: formatDuration(time - running.start) })}</span>
              </p>
            )}
        </li>
      ))}
    </ul>
  );
}

function Lines(props: ViewProps & { readonly queues: RunQueues }): ReactElement {
  const { ready, gil } = props.queues;
  return (
    <>
      <h4 className="wv-subtitle">
        {ready.length === 0 ? translate('views.scheduler.noneReady') : translate('views.scheduler.ready', { count: ready.length })}
      </h4>
      {ready.length > 0 && <Line {...props} waiting={ready} />}
      {gil.length > 0 && (
        <>
          <h4 className="wv-subtitle">{translate('views.scheduler.gil', { count: gil.length })}</h4>
          <Line {...props} waiting={gil} />
        </>
      )}
    </>
  );
}

function Line(props: ViewProps & { readonly waiting: readonly Interval[] }): ReactElement {
  const { waiting, whole, time } = props;
  return (
    <ol className="wv-list wv-queue">
      {waiting.map((interval) => (
        <li key={interval.task} data-tid={interval.task}>
          <StateName {...props} interval={interval}>{taskLabel(whole, interval.task)}</StateName>
          <span className="wv-faint">{sinceWords(interval, time)}</span>
        </li>
      ))}
    </ol>
  );
}

function sinceWords(interval: Interval, time: number): string {
  const words = { at: formatMoment(interval.start), duration: formatDuration(time - interval.start) };
  const why = interval.state === 'ready' ? interval.cause : undefined;
  if (why === undefined) return translate('views.scheduler.since', words);
  return translate('views.scheduler.sinceWhy', { ...words, why: translate(`views.scheduler.cause.${why}`) });
}

/** The decision by the playhead, whom it passed over, and the ones before and after. */
function Decisions(props: ViewProps): ReactElement | null {
  const { whole: model, time, onTime } = props;
  const { trace } = model;
  const count = decisionsOf(trace).length;
  const index = useMemo(() => decisionAt(trace, time), [trace, time]);
  const decision = decisionOf(trace, index);
  const others = useMemo(() => (decision === undefined ? [] : passedOver(model, decision)), [model, decision]);
  if (count === 0) return null;
  const go = (by: 1 | -1): void => {
    const from = decision?.time ?? -1;
    let to = index + by;
    // Several decisions of one moment are one step of the playhead.
    while (by < 0 && (decisionOf(trace, to)?.time ?? -1) === from) to--;
    const found = decisionOf(trace, to);
    if (found !== undefined) onTime(found.time);
  };
  return (
    <section aria-label={translate('views.scheduler.decisions')}>
      <header className="wv-bar">
        <h4 className="wv-subtitle">{translate('views.scheduler.decision', { index: index + 1, count })}</h4>
        <button type="button" className="wv-button" disabled={index <= 0} onClick={() => go(-1)}>{translate('views.scheduler.before')}</button>
        <button type="button" className="wv-button" disabled={index >= count - 1} onClick={() => go(1)}>{translate('views.scheduler.after')}</button>
      </header>
      {decision !== undefined && (
        <p className="wv-people" aria-live="polite">
          <TaskName {...props} model={model} tid={decision.task} />
          <span>{translate('views.scheduler.took', { at: formatMoment(decision.time), cpu: decision.cpu })}</span>
          <span className="wv-faint">
            {others.length === 0
              ? translate('views.scheduler.noChoice')
              : translate('views.scheduler.passedOver', {
                count: others.length, tasks: others.map(({ task }) => taskLabel(model, task)).join(', '),
              })}
          </span>
        </p>
      )}
    </section>
  );
}

function Counts({ whole, time, onTime }: ViewProps): ReactElement | null {
  const { times, counts } = useMemo(() => readyCounts(whole), [whole]);
  const most = counts.reduce((greatest, each) => Math.max(greatest, each), 0);
  if (most === 0) return null;
  return (
    <>
      <h4 className="wv-subtitle">{translate('views.scheduler.chart', { most })}</h4>
      <ReadyChart times={times} counts={counts} most={most} end={whole.endTime} time={time} onTime={onTime} />
    </>
  );
}
