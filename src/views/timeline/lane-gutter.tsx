import { memo, type CSSProperties, type ReactElement } from 'react';
import type { ObjectId, Tid } from '../../protocol/ids';
import { palettes, StyleCode, type ThemeName } from '../../render/palette';
import { translate } from '../../text/translate';
import { objectLabel, taskLabel } from '../../trace/labels';
import { seriesValueAt } from '../../trace/lookup';
import type { TraceModel } from '../../trace/trace';
import { numberedName } from '../parts/numbered-name';
import { Icon } from './icons';
import { chartColor } from './paint-charts';
import { laneName, sectionAction, sectionName } from './lane-names';
import { Movable } from './movable';
import type { FoldKey, HeadingRow, ObjectRow, OwnerRow, Row, TaskRow } from './rows';
import { amountLabel } from './sentences';
import { taskStatus } from './task-status';

export interface LaneGutterProps {
  readonly rows: readonly Row[];
  readonly model: TraceModel;
  readonly theme: ThemeName;
  /** The moment whose numbers are shown. */
  readonly time: number;
  readonly selectedTask: Tid | undefined;
  readonly selectedObject: ObjectId | undefined;
  readonly onFold: (key: FoldKey) => void;
  readonly onTask: (tid: Tid) => void;
  readonly onObject: (object: ObjectId) => void;
  readonly pinned: readonly string[];
  readonly onPin: (key: string) => void;
  /** Moves a row among its like: by one place, or to a height of the content. */
  readonly onMove: (key: string, to: { readonly by: 1 | -1 } | { readonly y: number }) => void;
  /** The pool that each worker of one works for. */
  readonly pools: ReadonlyMap<Tid, ObjectId>;
  /** Changes with the reader's language, so that memoised rows say it anew. */
  readonly language: string;
}

/** The labels at the left of the lanes: who it is, how it ended, what it holds. */
export const LaneGutter = memo(function LaneGutter(props: LaneGutterProps): ReactElement {
  return (
    <ul className="wt-gutter" aria-label={translate('timeline.lanes')}>
      {props.rows.map((row) => {
        if (row.kind === 'task') return <TaskLabel key={row.key} row={row} {...props} />;
        if (row.kind === 'object') return <ObjectLabel key={row.key} row={row} {...props} />;
        if (row.kind === 'owner') return <OwnerLabel key={row.key} row={row} {...props} />;
        return <Heading key={row.key} row={row} {...props} />;
      })}
    </ul>
  );
});

function TaskLabel(props: LaneGutterProps & { readonly row: TaskRow }): ReactElement {
  const { row, model, time, theme } = props;
  const { info } = row.lane;
  const name = taskLabel(model, info.tid);
  const colors = palettes[theme].processes;
  const status = taskStatus(info, time);
  const pool = props.pools.get(info.tid);
  const hidden = row.folded ? row.group.lanes.length - 1 : 0;
  return (
    <Movable
      {...props} rowKey={row.key} fixed={row.depth === 1}
      className="wt-row wt-task" data-depth={row.depth} data-tid={info.tid} style={place(row, colors[row.group.order % colors.length])}
      data-selected={props.selectedTask === info.tid || undefined}
    >
      <Fold
        row={row} onFold={props.onFold}
        label={translate(row.folded ? 'timeline.lane.unfold' : 'timeline.lane.fold', { task: name })}
      />
      <button
        type="button" className="wt-label" title={translate('timeline.lane.select', { task: name })}
        onClick={() => props.onTask(info.tid)}
      >
        <TaskName name={name} />
        <span className="wt-about">
          {row.depth === 0 && <span className="wt-pid">{translate('timeline.lane.pid', { pid: info.pid })}</span>}
          {row.depth === 1 && pool !== undefined && <span className="wt-pid">{objectLabel(model, pool)}</span>}
          {row.depth === 1 && info.daemon && <span className="wt-pid">{translate('timeline.lane.daemon')}</span>}
          {hidden > 0 && <span className="wt-pid">{translate('timeline.lane.threads', { count: hidden })}</span>}
          {status && <span className="wt-status" data-tone={status.tone}>{status.text}</span>}
        </span>
      </button>
      {row.depth === 0 && <Pin {...props} name={name} pinKey={row.key} />}
    </Movable>
  );
}

/** Where there is no room for `ForkPoolWorker-3`, `ForkPool…-3` says which one it is. */
function TaskName({ name }: { readonly name: string }): ReactElement {
  const [head, number] = numberedName(name);
  if (number === '') return <span className="wt-name">{name}</span>;
  return <span className="wt-name wt-numbered"><span>{head}</span><span>{number}</span></span>;
}

function ObjectLabel(props: LaneGutterProps & { readonly row: ObjectRow }): ReactElement {
  const { row, model, time, theme } = props;
  const { info, capacity, track } = row.object;
  const name = objectLabel(model, info.id);
  const value = seriesValueAt(track, time);
  const type = translate(`traceWords.object.${info.type}`);
  return (
    <Movable
      {...props} rowKey={row.key} fixed={row.depth === 1}
      className="wt-row wt-object" data-depth={row.depth} data-object={info.id}
      style={place(row, chartColor(info.type, palettes[theme]))} data-selected={props.selectedObject === info.id || undefined}
    >
      <Fold
        row={row} onFold={props.onFold}
        label={translate(row.folded ? 'timeline.lane.unfoldParts' : 'timeline.lane.foldParts', { object: name })}
      />
      <button type="button" className="wt-label" onClick={() => props.onObject(info.id)}>
        <span className="wt-name">{name}</span>
        {info.named && <span className="wt-type">{type}</span>}
        <span className="wt-amount">
          <b>{value === undefined ? '–' : amountLabel(info.type, value)}</b>
          {capacity !== undefined && (
            <span> {translate('timeline.lane.capacity', { capacity: amountLabel(info.type, capacity) })}</span>
          )}
        </span>
      </button>
      {row.depth === 0 && <Pin {...props} name={name} pinKey={row.key} />}
    </Movable>
  );
}

/** A lock, a GIL or a CPU, and who has it at the playhead. */
function OwnerLabel(props: LaneGutterProps & { readonly row: OwnerRow }): ReactElement {
  const { row, model, time, theme, onObject, onTask } = props;
  const { owner } = row;
  const { track, owners, object } = owner;
  const name = laneName(model, owner);
  const index = track.firstEndingAfter(time);
  const holder = index < track.count && track.starts[index] <= time ? owners[index] : undefined;
  const color = object === undefined ? palettes[theme].borderStrong : palettes[theme].styles[StyleCode['wait-lock']].color;
  return (
    <Movable {...props} rowKey={row.key} fixed={false} className="wt-row wt-owner" data-owner={row.key} style={place(row, color)}>
      <span className="wt-fold" />
      <button
        type="button" className="wt-label"
        onClick={() => (object !== undefined ? onObject(object) : holder !== undefined && onTask(holder))}
      >
        <span className="wt-name">{name}</span>
        <span className="wt-about">
          {object === undefined
            ? <span>{translate('timeline.lane.busy', { percent: busyPercent(owner, model.endTime) })}</span>
            : <span>{holder === undefined ? translate('timeline.lane.free') : taskLabel(model, holder)}</span>}
        </span>
      </button>
      <Pin {...props} name={name} pinKey={row.key} />
    </Movable>
  );
}

function busyPercent({ track }: OwnerRow['owner'], end: number): number {
  const times = new Float64Array(track.styleCount);
  track.addTimes(times, 0, 0, track.count);
  return end > 0 ? Math.round((times.reduce((sum, each) => sum + each, 0) / end) * 100) : 0;
}

function Pin({ pinned, onPin, name, pinKey }: LaneGutterProps & { readonly name: string; readonly pinKey: string }): ReactElement {
  const is = pinned.includes(pinKey);
  const label = translate(is ? 'timeline.lane.unpin' : 'timeline.lane.pin', { name });
  return (
    <button type="button" className="wt-pin" aria-pressed={is} aria-label={label} title={label} onClick={() => onPin(pinKey)}>
      <Icon name="pin" />
    </button>
  );
}

function Heading({ row, model, onFold }: LaneGutterProps & { readonly row: HeadingRow }): ReactElement {
  const name = sectionName(model, row);
  return (
    <li className="wt-row wt-heading" style={place(row)}>
      <Fold row={row} onFold={onFold} label={sectionAction(model, row)} />
      <span className="wt-name" title={name}>{name}</span>
    </li>
  );
}

interface FoldProps {
  readonly row: { readonly fold: FoldKey | undefined; readonly folded: boolean };
  readonly label: string;
  readonly onFold: (key: FoldKey) => void;
}

function Fold({ row, label, onFold }: FoldProps): ReactElement {
  const { fold, folded } = row;
  if (fold === undefined) return <span className="wt-fold" />;
  return (
    <button
      type="button" className="wt-fold" aria-expanded={!folded} aria-label={label} title={label} onClick={() => onFold(fold)}
    >
      <Icon name="chevron" />
    </button>
  );
}

function place(row: Row, color?: string): CSSProperties {
  return { top: row.top, height: row.height, ['--wt-color' as string]: color };
}
