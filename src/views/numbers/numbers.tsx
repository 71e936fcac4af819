import { useMemo, type ReactElement } from 'react';
import { objectNumbers, taskNumbers, type ObjectNumbers, type TaskNumbers, type WaitNumbers } from '../../analysis/statistics';
import { TIME_CLASSES, type TimeClass } from '../../analysis/time-class';
import { formatDuration } from '../../text/duration';
import { translate } from '../../text/translate';
import { objectLabel, taskLabel } from '../../trace/labels';
import type { TraceModel } from '../../trace/trace';
import { Histogram } from '../parts/histogram';
import { TaskName } from '../parts/names';
import { Table, type Column } from '../parts/table';
import { selectionOf } from '../timeline/find';
import { selectedTask } from '../timeline/scene';
import type { ViewProps } from '../view-props';

/** Where the time of each task went, and what was done with each object. */
export function Numbers(props: ViewProps): ReactElement {
  const { model, whole, selection, onSave, language } = props;
  const tasks = useMemo(() => taskNumbers(model), [model]);
  const objects = useMemo(() => shownObjects(model, whole), [model, whole]);
  const task = selectedTask(selection);
  const object = selection?.kind === 'series' ? selection.object : undefined;
  if (tasks.length === 0) return <p className="wv-empty">{translate('views.numbers.none')}</p>;
  return (
    <section className="wv-view" aria-label={translate('views.tab.numbers')} lang={language === 'zh' ? 'zh-Hans' : 'en'}>
      <Table
        caption={translate('views.numbers.tasks')} columns={taskColumns(props, tasks)} rows={tasks} rowKey={(row) => row.task.tid}
        current={(row) => row.task.tid === task} fileName="tasks.csv" onSave={onSave}
      />
      {objects.length === 0
        ? <p className="wv-hint">{translate('views.numbers.noObjects')}</p>
        : (
          <Table
            caption={translate('views.numbers.objects')} columns={objectColumns(props)} rows={objects} rowKey={(row) => row.object.id}
            current={(row) => row.object.id === object} fileName="objects.csv" onSave={onSave}
          />
        )}
    </section>
  );
}

const locks = new Set<string>(['lock', 'rlock', 'gil']);

/** Those the program has a name for come first; locks that have none and that nobody waited for are a library's, and folded away. */
function shownObjects(model: TraceModel, whole: TraceModel): readonly ObjectNumbers[] {
  const numbers = objectNumbers(model).filter(({ object, waits }) => {
    // Of a variable there is nothing to count: the view of memory shows it.
    if (object.type === 'variable') return false;
    return model === whole || object.named || waits.count > 0 || !locks.has(object.type);
  });
  return numbers.toSorted((a, b) => Number(b.object.named) - Number(a.object.named));
}

function taskColumns(props: ViewProps, rows: readonly TaskNumbers[]): readonly Column<TaskNumbers>[] {
  const used = TIME_CLASSES.filter((name) => rows.some(({ time }) => time[name] > 0));
  return [
    {
      key: 'task', title: translate('views.numbers.task'), value: ({ task }) => taskLabel(props.model, task.tid),
      cell: ({ task }) => <TaskName {...props} tid={task.tid} />,
    },
    timeColumn('life', translate('views.numbers.life'), ({ life }) => life),
    ...used.map((name: TimeClass) => timeColumn<TaskNumbers>(name, translate(`views.numbers.${name}`), ({ time }) => time[name])),
    countColumn('turns', translate('views.numbers.turns'), ({ turns }) => turns),
    ...waitColumns<TaskNumbers>(props),
  ];
}

function objectColumns(props: ViewProps): readonly Column<ObjectNumbers>[] {
  const { model, onSelect, time } = props;
  return [
    {
      key: 'object', title: translate('views.numbers.object'), value: ({ object }) => objectLabel(model, object.id),
      cell: ({ object }) => (
        <button type="button" className="wv-object" onClick={() => onSelect({ kind: 'series', object: object.id, time })}>
          {objectLabel(model, object.id)}
        </button>
      ),
    },
    { key: 'type', title: translate('views.numbers.type'), value: ({ object }) => translate(`traceWords.object.${object.type}`) },
    countColumn('given', translate('views.numbers.given'), ({ given }) => given),
    countColumn('taken', translate('views.numbers.taken'), ({ taken }) => taken),
    {
      key: 'throughput', title: translate('views.numbers.throughput'), number: true,
      value: ({ throughput }) => Number(throughput.toPrecision(3)),
    },
    timeColumn('held', translate('views.numbers.held'), ({ held }) => held),
    ...waitColumns<ObjectNumbers>(props),
  ];
}

function waitColumns<Row extends { readonly waits: WaitNumbers }>(props: ViewProps): readonly Column<Row>[] {
  return [
    countColumn('waits', translate('views.numbers.waits'), ({ waits }) => waits.count),
    timeColumn('total', translate('views.numbers.total'), ({ waits }) => waits.total),
    timeColumn('mean', translate('views.numbers.mean'), ({ waits }) => waits.mean),
    {
      ...timeColumn<Row>('longest', translate('views.numbers.longest'), ({ waits }) => waits.longest),
      cell: ({ waits }) => {
        const { worst } = waits;
        if (worst === undefined) return '';
        return (
          <button type="button" className="wv-object" onClick={() => props.onSelect(selectionOf(worst))}>{formatDuration(waits.longest)}</button>
        );
      },
    },
    {
      key: 'histogram', title: translate('views.numbers.histogram'), value: ({ waits }) => waits.count,
      cell: ({ waits }) => <Histogram buckets={waits.histogram} />,
    },
  ];
}

/** In a file a time is a number of milliseconds. */
function timeColumn<Row>(key: string, title: string, amount: (row: Row) => number): Column<Row> {
  return {
    key, title, number: true, value: (row) => Number((amount(row) / 1e6).toFixed(6)),
    cell: (row) => (amount(row) > 0 ? formatDuration(amount(row)) : ''),
  };
}

function countColumn<Row>(key: string, title: string, count: (row: Row) => number): Column<Row> {
  return { key, title, number: true, value: count, cell: (row) => (count(row) > 0 ? count(row) : '') };
}
