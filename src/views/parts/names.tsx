import './views.css';
import type { CSSProperties, ReactElement, ReactNode } from 'react';
import { timeClassOf, type TimeClass } from '../../analysis/time-class';
import type { Pid, Tid } from '../../protocol/ids';
import { palettes, StyleCode, type ThemeName } from '../../render/palette';
import { taskLabel } from '../../trace/labels';
import type { Interval, TraceModel } from '../../trace/trace';
import { selectionOf } from '../timeline/find';
import type { ViewProps } from '../view-props';

/** The colour of a process in every view: by order of creation, again from the first after the last. */
export function processColorOf(model: TraceModel, pid: Pid, theme: ThemeName): string {
  const colors = palettes[theme].processes;
  const order = model.tasks.filter(({ tid, pid: own }) => tid === own).findIndex(({ tid }) => tid === pid);
  return colors[Math.max(0, order) % colors.length];
}

export function classColor(name: TimeClass, theme: ThemeName): string {
  return palettes[theme].styles[StyleCode[name]].color;
}

export function toneStyle(color: string): CSSProperties {
  return { ['--wv-color' as string]: color };
}

type Picking = Pick<ViewProps, 'model' | 'theme' | 'onSelect'>;

/** A task's name with the colour of its process; a click picks the task. */
export function TaskName({ tid, model, theme, onSelect }: Picking & { readonly tid: Tid }): ReactElement {
  const pid = model.taskByTid.get(tid)?.pid ?? tid;
  const name = taskLabel(model, tid);
  const style = toneStyle(processColorOf(model, pid, theme));
  if (!model.taskByTid.has(tid)) return <span className="wv-task" style={style}>{name}</span>;
  return (
    <button type="button" className="wv-task" style={style} onClick={() => onSelect({ kind: 'task', tid })}>{name}</button>
  );
}

/** What a task is doing, with the colour of that; a click picks the interval. */
export function StateName(
  { interval, children, theme, onSelect }: Omit<Picking, 'model'> & { readonly interval: Interval; readonly children: ReactNode },
): ReactElement {
  const color = classColor(timeClassOf(interval.state, interval.reason), theme);
  return (
    <button type="button" className="wv-state" style={toneStyle(color)} onClick={() => onSelect(selectionOf(interval))}>
      {children}
    </button>
  );
}
