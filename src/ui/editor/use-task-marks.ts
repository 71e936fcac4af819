import { useMemo } from 'react';
import { taskLinesAt, type TaskLine } from '../../analysis/task-lines';
import { fileOfPlace, lineOfPlace, NO_PLACE } from '../../protocol/ids';
import type { PauseState } from '../../protocol/pause';
import type { TraceModel } from '../../trace/trace';
import { processColor } from '../process-color';
import { useRun, useText, useView } from '../page';
import type { TaskMark } from './task-marks';

const NONE: readonly TaskMark[] = [];

/** The tasks on each line of `file` at the playhead, or now while a program runs. */
export function useTaskMarks(file: string): readonly TaskMark[] {
  const text = useText();
  const model = useRun((state) => state.model);
  const live = useRun((state) => state.phase === 'running');
  const playhead = useView((state) => state.playhead);
  const pause = useRun((state) => state.pause);
  return useMemo(() => {
    const time = playhead ?? (live ? model?.endTime : undefined);
    if (model === undefined || time === undefined) return NONE;
    const lines = taskLinesAt(model, time);
    return (playhead === undefined ? atPause(model, lines, pause) : lines)
      .filter((task) => task.file === file)
      .map((task) => ({
        line: task.line,
        color: processColor(model, task.pid),
        waiting: task.state === 'blocked',
        title: text('ui.editor.taskHere', {
          task: task.name, pid: task.pid, state: text(`traceWords.state.${task.state}`),
        }),
      }));
  }, [text, model, live, playhead, pause, file]);
}

/**
 * Where a run stands still the machine knows the lines of those that could go on; the trace knows where a task last did something,
 * and of one that has done nothing yet it knows none.
 */
function atPause(model: TraceModel, lines: readonly TaskLine[], pause: PauseState | undefined): readonly TaskLine[] {
  const standing = (pause?.choices ?? []).filter(({ place }) => place !== NO_PLACE);
  const others = lines.filter(({ tid }) => standing.every((choice) => choice.tid !== tid));
  return [...others, ...standing.flatMap(({ tid, place }): TaskLine[] => {
    const task = model.tasks.find((known) => known.tid === tid);
    const file = model.trace.files[fileOfPlace(place)];
    if (task === undefined || file === undefined) return [];
    return [{ tid, pid: task.pid, name: task.name, state: tid === pause?.task ? 'running' : 'ready', file, line: lineOfPlace(place) }];
  })];
}
