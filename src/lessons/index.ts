/** All lessons at once, for the tools that record and check them; the page loads one at a time (`load.ts`). */
import { LESSON_IDS } from './catalogue';
import type { Lesson } from './lesson';

export { buildModel } from '../trace/model';
export { readTrace } from '../trace/trace-json';
export { fill, momentValues } from './fill';
export { answerText, judgeAnswer, lessonSettings } from './judge';
export { drawNumbers, numbersOf, withNumbers } from './numbers';
export { RunReader } from './run-reader';

const modules = import.meta.glob<Lesson>('./course/*/lesson.ts', { import: 'lesson', eager: true });

/** In the order of the course; a folder that the catalogue does not name, and a name without a folder, is an error. */
export function allLessons(): readonly Lesson[] {
  const folders = Object.keys(modules);
  const stray = folders.find((path) => !LESSON_IDS.includes(path.split('/')[2]));
  if (stray !== undefined) throw new Error(`unknown lesson ${stray}: the catalogue does not name it`);
  return LESSON_IDS.map((id) => {
    const lesson = modules[`./course/${id}/lesson.ts`];
    if (lesson === undefined) throw new Error(`missing lesson ${id}`);
    return lesson;
  });
}
