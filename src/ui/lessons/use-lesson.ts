import { useEffect, useMemo, useRef } from 'react';
import { useStore, type StoreApi } from 'zustand';
import type { Lesson } from '../../lessons/lesson';
import { numbersOf, type Numbers } from '../../lessons/numbers';
import { RunReader, timeOf, type Found } from '../../lessons/run-reader';
import type { LessonState } from '../../state/lesson-store';
import { intervalAt } from '../../trace/lookup';
import type { TraceModel } from '../../trace/trace';
import { usePage, useRun } from '../page';
import { useShownRun } from '../shown-run';

export function useLessons<Part>(select: (state: LessonState) => Part): Part {
  return useStore(usePage().lessons as StoreApi<LessonState>, select);
}

/** The shown run with the lesson's questions to it, and the numbers of its program; undefined while there is none. */
export function useLessonRun(lesson: Lesson | undefined): { readonly run: RunReader; readonly numbers: Numbers } | undefined {
  const whole = useShownRun().whole;
  return useMemo(() => {
    if (lesson === undefined || whole === undefined) return undefined;
    return { run: new RunReader(whole), numbers: numbersOf(programText(whole), lesson.numbers) };
  }, [lesson, whole]);
}

function programText({ trace }: TraceModel): string {
  const { program } = trace.header;
  return program?.files.find(({ name }) => name === program.entry)?.text ?? '';
}

/** Shows on the timeline what was asked for, once there is a run that has it. */
export function useLook(lesson: Lesson | undefined, run: RunReader | undefined): void {
  const { view } = usePage();
  const look = useLessons((state) => state.look);
  const ended = useRun((state) => state.phase === 'ended');
  const { model, select, reveal } = useShownRun();
  const done = useRef<typeof look>(undefined);
  useEffect(() => {
    if (look === undefined || look === done.current || lesson === undefined || run === undefined || model === undefined || !ended) return;
    done.current = look;
    const found = look.kind === 'answer' ? lesson.question.see?.(run) : lesson.moments.find(({ id }) => id === look.id)?.find(run);
    if (found === undefined) return;
    const interval = intervalOf(model, found);
    if (interval !== undefined) {
      const selection = { kind: 'interval', task: interval.task, event: interval.event } as const;
      if ('start' in found) return reveal(selection);
      select(selection);
    }
    view.setPlayhead(timeOf(found));
  }, [look, lesson, run, model, ended, view, select, reveal]);
}

/** What the timeline can select: the interval that was found, or in which it happened. */
function intervalOf(model: TraceModel, found: Found): { readonly task: Found['task']; readonly event: number } | undefined {
  if ('start' in found) return found;
  return intervalAt(model, found.task, found.time);
}

/** Whether the shown run is the one that was recorded. */
export function useIsRecording(): boolean {
  return useRun((state) => state.source.kind === 'file');
}

