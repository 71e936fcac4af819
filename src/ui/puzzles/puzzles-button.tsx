import type { ReactElement } from 'react';
import { Button } from '../controls/button';
import { useLessons } from '../lessons/use-lesson';
import { usePage, useText } from '../page';

/** To the puzzles, and back from them. */
export function PuzzlesButton(): ReactElement {
  const text = useText();
  const { course, play } = usePage();
  const open = useLessons((state) => state.place.kind === 'puzzles');
  return (
    <Button icon="puzzle" compact="narrow" aria-pressed={open} title={text('puzzles.openTip')} onClick={open ? course.close : play.openList}>
      {text('puzzles.open')}
    </Button>
  );
}
