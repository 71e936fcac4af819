import type { ReactElement } from 'react';
import { HelpProvider } from '../dialogs/help-dialog';
import { EditorPane } from '../editor/editor-pane';
import { LessonPanel } from '../lessons/lesson-panel';
import { LessonPath } from '../lessons/lesson-path';
import { useLessons } from '../lessons/use-lesson';
import { OutputPane } from '../output/output-pane';
import { PageContext, usePage, useView, type Page } from '../page';
import { PuzzleList } from '../puzzles/puzzle-list';
import { PuzzlePanel } from '../puzzles/puzzle-panel';
import { ShownRunProvider } from '../shown-run';
import { TimelinePane } from '../timeline-pane/timeline-pane';
import { ViewsPane } from '../views-pane/views-pane';
import styles from './app.module.css';
import { CrashBoundary } from './crash-boundary';
import { DropTarget } from './drop-target';
import { Notices } from './notices';
import { PageKeys } from './page-keys';
import { Panes } from './panes';
import { Tabs } from './tabs';
import { ThemeAndLanguage } from './theme-and-language';
import { TopBar } from './top-bar';
import { useNarrow } from './use-narrow';

/** The whole page. */
export function App({ page }: { readonly page: Page }): ReactElement {
  return (
    <PageContext value={page}>
      <ThemeAndLanguage />
      <CrashBoundary>
        <HelpProvider>
          <PageKeys />
          <div className={styles.app}>
            <TopBar />
            <ShownRunProvider><Body /></ShownRunProvider>
            <Notices />
            <DropTarget />
          </div>
        </HelpProvider>
      </CrashBoundary>
    </PageContext>
  );
}

/** Side by side where there is room, else one at a time behind tabs. Each part breaks alone, if it breaks. */
function Body(): ReactElement {
  const narrow = useNarrow();
  const tab = useView((state) => state.tab);
  const place = useLessons((state) => state.place.kind);
  const { view } = usePage();
  const parts = {
    ...(place === 'puzzle' && { lesson: <CrashBoundary><PuzzlePanel /></CrashBoundary> }),
    ...(place === 'lesson' && { lesson: <CrashBoundary><LessonPanel /></CrashBoundary> }),
    code: <CrashBoundary><EditorPane /></CrashBoundary>,
    timeline: <CrashBoundary><TimelinePane /></CrashBoundary>,
    output: <CrashBoundary>{narrow ? <OutputPane /> : <ViewsPane output />}</CrashBoundary>,
    views: <CrashBoundary><ViewsPane output={false} /></CrashBoundary>,
  };
  return (
    <>
      {place === 'path' && <LessonPath />}
      {place === 'puzzles' && <PuzzleList />}
      {/* It stays while the course is looked at: what was typed, where the timeline was. */}
      <div className={styles.page} hidden={place === 'path' || place === 'puzzles'}>
        {narrow ? <Tabs tab={tab} onTab={view.setTab} parts={parts} /> : <Panes parts={parts} />}
      </div>
    </>
  );
}
