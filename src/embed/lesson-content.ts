import { entryOf, LESSON_IDS } from '../lessons/catalogue';
import { lessonSettings } from '../lessons/judge';
import { loadLesson } from '../lessons/load';
import { RunReader, timeOf } from '../lessons/run-reader';
import { currentLanguage } from '../text/translate';
import { buildModel } from '../trace/model';
import type { EmbedContent } from './content';

/** What an embed shows of a lesson at first; undefined where there is none of that name or number. */
export async function openedLesson(wanted: string): Promise<EmbedContent | undefined> {
  const id = LESSON_IDS.includes(wanted) ? wanted : LESSON_IDS[Number(wanted) - 1];
  const loaded = id === undefined ? undefined : await loadLesson(id);
  if (id === undefined || loaded === undefined) return undefined;
  const { lesson, recording } = loaded;
  const found = lesson.moments.find((moment) => moment.id === lesson.opens)?.find(new RunReader(buildModel(recording)));
  return {
    lesson: { id, title: entryOf(id)?.title[currentLanguage()] ?? id, moment: found && timeOf(found) },
    program: { language: 'python', files: [{ name: 'main.py', text: lesson.program }], entry: 'main.py' },
    settings: lessonSettings(lesson),
    trace: recording,
  };
}
