import './memory.css';
import { useMemo, type ReactElement } from 'react';
import type { LocalVariable } from '../../analysis/local-variables';
import { memoryAt, type ProcessMemory, type SharedMemory, type ThreadMemory, type Variable } from '../../analysis/memory';
import { lastLivingMoment } from '../../analysis/last-moment';
import { lineOfPlace, type Tid } from '../../protocol/ids';
import { EventKindCode } from '../../protocol/trace-events';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { objectLabel, taskLabel, valueLabel } from '../../trace/labels';
import type { Trace } from '../../trace/trace';
import { momentPhrase } from '../parts/moment';
import { processColorOf, TaskName, toneStyle } from '../parts/names';
import type { ViewProps } from '../view-props';

/** What each process has in memory at the playhead: its variables, copied at a fork or its own; its threads' calls; what all share. */
export function MemoryView(props: ViewProps): ReactElement {
  const { model, time, standing } = props;
  const { processes, shared } = useMemo(() => memoryAt(model, time, standing), [model, time, standing]);
  const label = translate('views.memory.label', { at: momentPhrase(model, time) });
  const seen = processes.some(({ variables, threads }) => variables.length > 0 || threads.some(({ calls }) => calls.length > 0));
  return (
    <section className="wv-view" aria-label={label}>
      <h3 className="wv-title">{label}</h3>
      {processes.length === 0 && <NoneAlive {...props} />}
      {processes.length > 0 && !seen && (
        <p className="wv-hint wv-above">{translate(isRecorded(model.trace) ? 'views.memory.notYet' : 'views.memory.notRecorded')}</p>
      )}
      <ul className="wv-cards wv-memory">
        {processes.map((process) => <ProcessBox key={process.info.pid} {...props} process={process} />)}
        {shared.length > 0 && <SharedBox {...props} shared={shared} />}
      </ul>
    </section>
  );
}

/** At the end of a run, or before its beginning: the way to where there is something to see. */
function NoneAlive({ model, onTime }: ViewProps): ReactElement {
  const moment = useMemo(() => lastLivingMoment(model), [model]);
  return (
    <div className="wv-empty">
      <p>{translate('views.memory.none')}</p>
      {moment !== undefined && (
        <button type="button" className="wv-button" onClick={() => onTime(moment)}>
          {translate('views.memory.lastAlive', { at: formatMoment(moment) })}
        </button>
      )}
    </div>
  );
}

function isRecorded({ kind }: Trace): boolean {
  return kind.includes(EventKindCode.calls) || kind.includes(EventKindCode.variable);
}

function ProcessBox(props: ViewProps & { readonly process: ProcessMemory }): ReactElement {
  const { model, theme, process: { info, variables, threads } } = props;
  return (
    <li className="wv-card wv-box" data-pid={info.pid} style={toneStyle(processColorOf(model, info.pid, theme))}>
      <header>
        <TaskName {...props} tid={info.tid} />
        <span className="wv-faint">{translate('views.processes.pid', { pid: info.pid })}</span>
      </header>
      {variables.length > 0 && (
        <>
          <h4>{threads.length > 1 ? translate('views.memory.sharedByThreads', { count: threads.length }) : translate('views.memory.globals')}</h4>
          <dl className="wv-variables">
            {variables.map((variable) => <VariableRow key={variable.name} {...props} process={info.pid} variable={variable} />)}
          </dl>
        </>
      )}
      {threads.some(isKnown) && (
        <>
          <h4>{translate('views.memory.calls', { count: threads.length })}</h4>
          <ul className="wv-stacks">
            {threads.map((thread) => <Stack key={thread.info.tid} {...props} thread={thread} alone={threads.length === 1} />)}
          </ul>
        </>
      )}
    </li>
  );
}

/** Whether the run has recorded where a thread is: one that has done nothing but run has not said it yet. */
function isKnown({ calls, place }: ThreadMemory): boolean {
  return calls.length > 0 || lineOfPlace(place) > 0;
}

function VariableRow(props: ViewProps & { readonly process: number; readonly variable: Variable }): ReactElement {
  const { variable: { name, value, event, copied, parents } } = props;
  return (
    <div data-variable={name}>
      <dt title={name}>{name}</dt>
      <dd>
        <ValueButton {...props} value={value} event={event} />
        {copied !== undefined && (
          <span className="wv-badge" data-tone={copied === 'changed' ? 'warning' : undefined}>
            {translate(copied === 'as it was' ? 'views.memory.copied' : 'views.memory.changed')}
          </span>
        )}
        {parents !== undefined && <span className="wv-faint">{translate('views.memory.parents', { value: valueLabel(parents, 20) })}</span>}
      </dd>
    </div>
  );
}

/** A value, and the way to the event by which it came to be known. */
function ValueButton({ model, onSelect, value, event }: ViewProps & {
  readonly value: number | string;
  readonly event: number | undefined;
}): ReactElement {
  if (event === undefined) return <span className="wv-value" title={String(value)}>{valueLabel(value, 32)}</span>;
  return (
    <button
      type="button" className="wv-value" title={String(value)}
      onClick={() => onSelect({ kind: 'interval', task: model.trace.task[event] as Tid, event })}
    >
      {valueLabel(value, 32)}
    </button>
  );
}

function Stack(props: ViewProps & { readonly thread: ThreadMemory; readonly alone: boolean }): ReactElement {
  const { alone, thread: { info, calls, place } } = props;
  const shown = calls.length > 0 ? calls : [{ name: '', line: lineOfPlace(place), locals: [] }];
  return (
    <li data-tid={info.tid}>
      {!alone && <TaskName {...props} tid={info.tid} />}
      <ol aria-label={translate('views.memory.stackOf', { task: taskLabel(props.model, info.tid) })}>
        {shown.map((call, index) => (
          <li key={index} data-top={index === 0 || undefined}>
            <p>
              {call.name !== '' && <code>{call.name === '<module>' ? translate('views.memory.module') : `${call.name}()`}</code>}
              {call.line > 0 && <span className="wv-faint">{translate('views.processes.line', { line: call.line })}</span>}
            </p>
            {call.locals.length > 0 && <Locals {...props} locals={call.locals} />}
          </li>
        ))}
      </ol>
    </li>
  );
}

/** What a call has in its own variables; nobody else sees them. */
function Locals(props: ViewProps & { readonly locals: readonly LocalVariable[] }): ReactElement {
  return (
    <dl className="wv-variables wv-locals">
      {props.locals.map(({ name, value, event }) => (
        <div key={name} data-local={name}>
          <dt title={name}>{name}</dt>
          <dd><ValueButton {...props} value={value} event={event} /></dd>
        </div>
      ))}
    </dl>
  );
}

function SharedBox(props: ViewProps & { readonly shared: readonly SharedMemory[] }): ReactElement {
  const { model, shared, time, onSelect } = props;
  return (
    <li className="wv-card wv-box" data-shared="true">
      <header><b>{translate('views.memory.shared')}</b></header>
      <p className="wv-faint wv-wrap">{translate('views.memory.sharedAbout')}</p>
      <dl className="wv-variables">
        {shared.map(({ info, slots }) => (
          <div key={info.id} data-variable={info.name}>
            <dt>{objectLabel(model, info.id)}</dt>
            <dd>
              <button type="button" className="wv-value" onClick={() => onSelect({ kind: 'series', object: info.id, time })}>
                {slots.length === 0 ? '–' : slots.map(({ value }) => valueLabel(value, 12)).join(', ')}
              </button>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}
