import type { ReactElement } from 'react';
import type { EmbedOptions } from '../../protocol/embed';
import { HelpProvider } from '../dialogs/help-dialog';
import { EditorPane } from '../editor/editor-pane';
import { LessonPanel } from '../lessons/lesson-panel';
import { useLessons } from '../lessons/use-lesson';
import { OutputPane } from '../output/output-pane';
import { PageContext, usePage, useView, type Page } from '../page';
import { CrashBoundary } from '../shell/crash-boundary';
import { Notices } from '../shell/notices';
import { PageKeys } from '../shell/page-keys';
import { Panes } from '../shell/panes';
import { Tabs } from '../shell/tabs';
import { ThemeAndLanguage } from '../shell/theme-and-language';
import { useLow, useNarrow } from '../shell/use-narrow';
import { ShownRunProvider } from '../shown-run';
import { TimelinePane } from '../timeline-pane/timeline-pane';
import { ViewsPane } from '../views-pane/views-pane';
import { EmbedBar } from './embed-bar';
import styles from './embed-page.module.css';

/** An embed once the reader has pressed Run: the page's parts that its author chose. */
export function EmbedPage({ page, options }: { readonly page: Page; readonly options: EmbedOptions }): ReactElement {
  return (
    <PageContext value={page}>
      <ThemeAndLanguage />
      <CrashBoundary>
        <HelpProvider>
          <PageKeys />
          <div className={styles.page}>
            <EmbedBar />
            <ShownRunProvider><Body options={options} /></ShownRunProvider>
            <Notices />
          </div>
        </HelpProvider>
      </CrashBoundary>
    </PageContext>
  );
}

function Body({ options: { show, views } }: { readonly options: EmbedOptions }): ReactElement {
  const narrow = useNarrow();
  const low = useLow();
  const tab = useView((state) => state.tab);
  const lesson = useLessons((state) => state.place.kind === 'lesson');
  const { view } = usePage();
  const editor = <CrashBoundary><EditorPane /></CrashBoundary>;
  const timeline = <CrashBoundary><TimelinePane /></CrashBoundary>;
  const output = <CrashBoundary>{narrow ? <OutputPane /> : <ViewsPane output views={views} />}</CrashBoundary>;
  const isStack = !lesson && show !== 'both' && !low;
  if (isStack && show === 'code') return <main className={styles.stack}><div>{editor}</div><div><OutputPane /></div></main>;
  if (isStack) return <main className={styles.stack}><div>{timeline}</div><div>{output}</div></main>;
  const parts = {
    ...(lesson && { lesson: <CrashBoundary><LessonPanel alone /></CrashBoundary> }),
    ...((lesson || show !== 'timeline') && { code: editor }),
    ...((lesson || show !== 'code') && { timeline, views: <CrashBoundary><ViewsPane output={false} views={views} /></CrashBoundary> }),
    output,
  };
  return narrow ? <Tabs tab={tab} onTab={view.setTab} parts={parts} /> : <Panes parts={parts} />;
}
