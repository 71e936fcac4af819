// @ts-check
/** Records the runs that the page shows before anything boots. */
import { writeFileSync } from 'node:fs';
import { lessonsModule, recordingPath, textOf, withRuns } from './lesson-runs.mjs';

/** They are fetched before anything else of a lesson is seen. */
export const RECORDING_BYTES_AT_MOST = 100_000;

/** @param {string[]} names all where none is given */
export async function recordLessons(names) {
  const { allLessons, lessonSettings } = await lessonsModule();
  const lessons = allLessons().filter(({ id }) => names.length === 0 || names.includes(id));
  await withRuns(async (run) => {
    for (const lesson of lessons) {
      const json = await run(lesson.program, lessonSettings(lesson));
      const bytes = Buffer.byteLength(json);
      const path = recordingPath(lesson.id);
      const changed = json !== textOf(path);
      if (changed) writeFileSync(path, json);
      const tooLarge = bytes > RECORDING_BYTES_AT_MOST ? `, more than ${RECORDING_BYTES_AT_MOST}` : '';
      if (tooLarge !== '') process.exitCode = 1;
      console.log(`${lesson.id}: ${changed ? 'recorded' : 'as it was'}, ${bytes} bytes${tooLarge}`);
    }
  });
}
