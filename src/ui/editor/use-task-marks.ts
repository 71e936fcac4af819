import { useMemo } from 'react';
import { taskLinesAt } from '../../analysis/task-lines';
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
  return useMemo(() => {
    const time = playhead ?? (live ? model?.endTime : undefined);
    if (model === undefined || time === undefined) return NONE;
    return taskLinesAt(model, time)
      .filter((task) => task.file === file)
      .map((task) => ({
        line: task.line,
        color: processColor(model, task.pid),
        waiting: task.state === 'blocked',
        title: text('ui.editor.taskHere', {
          task: task.name, pid: task.pid, state: text(`traceWords.state.${task.state}`),
        }),
      }));
  }, [text, model, live, playhead, file]);
}
