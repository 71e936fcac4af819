import type { LessonPlace } from '../../state/lesson-store';
import type { Page } from '../page';

const LESSON = /^#lesson=([a-z0-9-]{1,60})$/;
const PUZZLE = /^#puzzle=([a-z0-9-]{1,60})$/;
const PATH = '#learn';
const PUZZLES = '#puzzles';

/**
 * Shows what the page's address names, if it is of the course: `#learn`, `#lesson=NAME`, `#puzzles`, `#puzzle=NAME`. Runs nothing.
 */
export function openCourseAddress({ course, play, lessons }: Page, fragment: string): void {
  const { place } = lessons.getState();
  const [, id] = LESSON.exec(fragment) ?? [];
  const [, puzzle] = PUZZLE.exec(fragment) ?? [];
  if (id !== undefined) {
    if (place.kind !== 'lesson' || place.id !== id) void course.open(id);
  } else if (puzzle !== undefined) {
    if (place.kind !== 'puzzle' || place.id !== puzzle) void play.open(puzzle);
  } else if (fragment === PUZZLES) {
    if (place.kind !== 'puzzles') play.openList();
  } else if (fragment === PATH) {
    if (place.kind !== 'path') course.openPath();
  } else if (place.kind !== 'none') {
    course.close();
  }
}

/** Keeps the address to what is shown of the course, so that it can be sent, and that Back goes back. */
export function keepCourseAddress({ lessons }: Page): void {
  lessons.subscribe(({ place }, before) => {
    const fragment = fragmentOf(place);
    if (place === before.place || fragment === location.hash) return;
    if (fragment !== '') history.pushState(null, '', fragment);
    // A link's program has its own address, which came with it.
    else if (isOfCourse(location.hash)) history.pushState(null, '', location.pathname + location.search);
  });
}

function fragmentOf(place: LessonPlace): string {
  switch (place.kind) {
    case 'lesson':
    case 'puzzle':
      return `#${place.kind}=${place.id}`;
    case 'path':
      return PATH;
    case 'puzzles':
      return PUZZLES;
    case 'none':
      return '';
  }
}

function isOfCourse(fragment: string): boolean {
  return fragment === PATH || fragment === PUZZLES || LESSON.test(fragment) || PUZZLE.test(fragment);
}
