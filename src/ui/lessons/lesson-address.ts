import type { LessonPlace } from '../../state/lesson-store';
import type { Page } from '../page';

const LESSON = /^#lesson=([a-z0-9-]{1,60})$/;
const PATH = '#learn';

/** Shows what the page's address names, if it is of the course: `#learn`, `#lesson=NAME`. Runs nothing. */
export function openCourseAddress({ course, lessons }: Page, fragment: string): void {
  const { place } = lessons.getState();
  const [, id] = LESSON.exec(fragment) ?? [];
  if (id !== undefined) {
    if (place.kind !== 'lesson' || place.id !== id) void course.open(id);
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
  return place.kind === 'lesson' ? `#lesson=${place.id}` : place.kind === 'path' ? PATH : '';
}

function isOfCourse(fragment: string): boolean {
  return fragment === PATH || LESSON.test(fragment);
}
