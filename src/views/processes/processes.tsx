import { useMemo, type ReactElement } from 'react';
import { eventIndexOf } from '../../analysis/holders';
import { processTreeAt, type ProcessNode, type ThreadNode } from '../../analysis/process-tree';
import { NO_PLACE } from '../../protocol/ids';
import type { TaskState } from '../../protocol/words';
import { translate } from '../../text/translate';
import { placeLabel, signalLabel, taskLabel } from '../../trace/labels';
import type { Interval, TaskInfo } from '../../trace/trace';
import { intervalLabels } from '../timeline/interval-labels';
import { momentPhrase } from '../parts/moment';
import { StateName, TaskName } from '../parts/names';
import type { ViewProps } from '../view-props';

/** Whose child each process is at the playhead, its threads, and what each of them does. */
export function Processes(props: ViewProps): ReactElement {
  const { model, time } = props;
  const roots = useMemo(() => processTreeAt(model, time), [model, time]);
  const label = translate('views.processes.label', { at: momentPhrase(model, time) });
  return (
    <section className="wv-view" aria-label={label}>
      <h3 className="wv-title">{label}</h3>
      <ul className="wv-tree">
        {roots.map((node) => <Process key={node.pid} node={node} {...props} />)}
      </ul>
    </section>
  );
}

function Process(props: ViewProps & { readonly node: ProcessNode }): ReactElement {
  const { node, model } = props;
  const { info, threads, children, orphanOf } = node;
  return (
    <li data-pid={node.pid} data-state={node.state}>
      <div className="wv-line" data-gone={node.state === 'dead' || undefined}>
        {info === undefined ? <b className="wv-task">{translate('views.processes.init')}</b> : <TaskName {...props} tid={info.tid} />}
        <span className="wv-faint">{translate('views.processes.pid', { pid: node.pid })}</span>
        {info === undefined
          ? <span className="wv-faint">{translate('views.processes.initAbout')}</span>
          : <Doing {...props} info={info} state={node.state} interval={node.interval} />}
        {info?.daemon === true && <span className="wv-badge">{translate('views.processes.daemon')}</span>}
        {info !== undefined && info.method !== 'initial' && (
          <span className="wv-badge">{translate(`views.processes.method.${info.method}`)}</span>
        )}
        {orphanOf !== undefined && (
          <span className="wv-badge" data-tone="warning">
            {translate('views.processes.orphan', { parent: taskLabel(model, orphanOf) })}
          </span>
        )}
      </div>
      {(threads.length > 0 || children.length > 0) && (
        <ul>
          {threads.map((thread) => <Thread key={thread.info.tid} thread={thread} {...props} />)}
          {children.map((child) => <Process key={child.pid} {...props} node={child} />)}
        </ul>
      )}
    </li>
  );
}

function Thread(props: ViewProps & { readonly thread: ThreadNode }): ReactElement {
  const { info, state, interval } = props.thread;
  return (
    <li data-tid={info.tid} data-state={state}>
      <div className="wv-line" data-gone={state === 'dead' || undefined}>
        <TaskName {...props} tid={info.tid} />
        <span className="wv-faint">{translate(info.method === 'coroutine' ? 'views.processes.method.coroutine' : 'views.processes.thread')}</span>
        <Doing {...props} info={info} state={state} interval={interval} />
        {info.daemon && <span className="wv-badge">{translate('views.processes.daemon')}</span>}
      </div>
    </li>
  );
}

interface DoingProps extends ViewProps {
  readonly info: TaskInfo;
  readonly state: TaskState;
  readonly interval: Interval | undefined;
}

/** What a task does, and on which line. */
function Doing(props: DoingProps): ReactElement | null {
  const { model, info, state, interval, time } = props;
  if (interval === undefined) return state === 'dead' ? <span className="wv-faint">{endOf(info)}</span> : null;
  const place = state === 'zombie' ? NO_PLACE : eventIndexOf(model.trace).placeAt(info.tid, time);
  return (
    <>
      <StateName {...props} interval={interval}>{stateWords(props, interval)}</StateName>
      {place !== NO_PLACE && <span className="wv-faint">{placeLabel(model.trace, place)}</span>}
    </>
  );
}

function stateWords({ model, info }: DoingProps, interval: Interval): string {
  switch (interval.state) {
    case 'running': return translate('views.processes.running');
    case 'ready': return translate('views.processes.ready');
    case 'zombie': {
      const { status = 0 } = info;
      return translate('views.processes.zombie', { status: status < 0 ? signalLabel(-status) : status });
    }
    default: return intervalLabels(model, interval)[0] ?? translate(`traceWords.state.${interval.state}`);
  }
}

function endOf({ status = 0, tid, pid }: TaskInfo): string {
  if (status < 0) return translate('views.processes.killed', { signal: signalLabel(-status) });
  return tid === pid ? translate('views.processes.dead', { status }) : translate('views.processes.deadThread');
}
