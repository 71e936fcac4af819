import { readTrace } from '../trace/trace-json';
import type { Trace } from '../trace/trace';
import type { Lesson } from './lesson';

// Each lesson is a chunk of its own, fetched when it is opened; its recorded run a file beside it.
const lessons = import.meta.glob<Lesson>('./course/*/lesson.ts', { import: 'lesson' });
const recordings = import.meta.glob<string>('./course/*/run.trace.json', { query: '?url&no-inline', import: 'default', eager: true });

/** A lesson with the run that was recorded of it. */
export interface LoadedLesson {
  readonly lesson: Lesson;
  readonly recording: Trace;
}

/** Undefined where there is no such lesson. Rejects where it cannot be fetched. */
export async function loadLesson(id: string): Promise<LoadedLesson | undefined> {
  const load = lessons[`./course/${id}/lesson.ts`];
  const address = recordings[`./course/${id}/run.trace.json`];
  if (load === undefined || address === undefined) return undefined;
  const [lesson, text] = await Promise.all([load(), fetchText(address)]);
  return { lesson, recording: readTrace(text).trace };
}

async function fetchText(address: string): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return answer.text();
}
