import { fileOfPlace, lineOfPlace } from '../../protocol/ids';
import type { PauseState, TaskChoice } from '../../protocol/pause';
import type { Program } from '../../protocol/program';

/** The tasks of which one goes next, each in the same place however often it is asked: by their numbers. */
export function choicesInOrder({ choices }: PauseState): readonly TaskChoice[] {
  return choices.toSorted((a, b) => a.tid - b.tid);
}

/** What the program says at the line of a choice, or nothing. */
export function sourceOf({ place }: TaskChoice, program: Program | undefined): string {
  const file = program?.files[fileOfPlace(place)];
  return file?.text.split('\n', lineOfPlace(place)).at(lineOfPlace(place) - 1)?.trim() ?? '';
}
