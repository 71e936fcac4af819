import { useEffect, useMemo, useRef, type ComponentType, type KeyboardEvent, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { lastMoment } from '../../analysis/last-moment';
import { VIEWS, type View } from '../../state/view-store';
import { Compare } from '../../views/compare';
import { EventList } from '../../views/list';
import { MemoryView } from '../../views/memory';
import { Numbers } from '../../views/numbers';
import { Objects } from '../../views/objects';
import { OrderView } from '../../views/order';
import { Processes } from '../../views/processes';
import { SchedulerView } from '../../views/scheduler';
import type { ViewProps } from '../../views/view-props';
import { Waits } from '../../views/waits';
import { Why } from '../../views/why';
import { OutputBody } from '../output/output-pane';
import { useLanguage, usePage, useRun, useText, useView } from '../page';
import { saveFile } from '../save-file';
import { CrashBoundary } from '../shell/crash-boundary';
import { useTheme } from '../shell/theme-and-language';
import { useShownRun } from '../shown-run';
import { Notes } from './notes';
import styles from './views-pane.module.css';

type RunView = Exclude<View, 'output' | 'compare' | 'notes'>;

const components: Record<RunView, ComponentType<ViewProps>> = {
  processes: Processes, waits: Waits, objects: Objects, memory: MemoryView, scheduler: SchedulerView, why: Why, order: OrderView,
  numbers: Numbers, list: EventList,
};

interface ViewsPaneProps {
  /** Whether the output is one of the views; where there is little room it has a place of its own. */
  readonly output: boolean;
  readonly views?: readonly View[];
}

/** Below the timeline: the output, and views of the run tied to the playhead, one at a time. */
export function ViewsPane({ output, views = VIEWS }: ViewsPaneProps): ReactElement {
  const text = useText();
  const { view: store } = usePage();
  const wanted = useView((state) => state.view);
  const names = output ? views : views.filter((view) => view !== 'output');
  const view = names.includes(wanted) ? wanted : names[0];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [view]);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (names.indexOf(view) + step + names.length) % names.length;
    store.setView(names[next]);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <section className={styles.pane} aria-label={text('views.label')}>
      <header className={styles.head}>
        <h2 className={styles.unseen}>{text('views.label')}</h2>
        <div ref={list} className={styles.tabs} role="tablist" aria-label={text('views.label')} onKeyDown={move}>
          {names.map((name) => (
            <button
              key={name} type="button" role="tab" id={`view-tab-${name}`} aria-controls={`view-${name}`}
              aria-selected={name === view} tabIndex={name === view ? 0 : -1} onClick={() => store.setView(name)}
            >
              {text(`views.tab.${name}`)}
            </button>
          ))}
        </div>
      </header>
      {/* The output stays where it is while another view is looked at: its place in the list, what is typed. */}
      {output && (
        <div className={styles.panel} role="tabpanel" id="view-output" aria-labelledby="view-tab-output" hidden={view !== 'output'}>
          <OutputBody />
        </div>
      )}
      {view !== 'output' && (
        <div className={styles.panel} role="tabpanel" id={`view-${view}`} aria-labelledby={`view-tab-${view}`}>
          <CrashBoundary key={view}>{view === 'notes' ? <Notes /> : <Shown view={view} />}</CrashBoundary>
        </div>
      )}
    </section>
  );
}

function Shown({ view }: { readonly view: RunView | 'compare' }): ReactElement {
  const text = useText();
  const language = useLanguage();
  const theme = useTheme();
  const { view: store, keptRuns } = usePage();
  const { runs: others } = useStore(keptRuns);
  const playhead = useView((state) => state.playhead);
  const pause = useRun((state) => state.pause);
  const { model, whole, selection, reveal } = useShownRun();
  const moment = useMemo(() => (model === undefined ? 0 : lastMoment(model)), [model]);
  if (model === undefined || whole === undefined) return <p className="wv-empty">{text('views.empty')}</p>;
  const props: ViewProps = {
    model, whole, selection, theme, language,
    time: playhead ?? moment,
    standing: playhead === undefined || playhead >= moment ? pause?.memory : undefined,
    onSelect: reveal,
    onTime: store.setPlayhead,
    onSave: (name, content, type) => saveFile(name, [content], type),
  };
  const View = view === 'compare' ? undefined : components[view];
  return (
    <div className={styles.scroll} tabIndex={-1}>
      {View === undefined ? <Compare {...props} others={others} /> : <View {...props} />}
    </div>
  );
}
