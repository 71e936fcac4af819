import type { ReactElement } from 'react';
import { Button } from '../controls/button';
import { usePage, useText } from '../page';
import { useLessons } from './use-lesson';

/** To the course, and back from it. */
export function LearnButton(): ReactElement {
  const text = useText();
  const { course } = usePage();
  const open = useLessons((state) => state.place.kind === 'path');
  return (
    <Button icon="learn" compact="narrow" aria-pressed={open} title={text('lessons.learnTip')} onClick={open ? course.close : course.openPath}>
      {text('lessons.learn')}
    </Button>
  );
}
