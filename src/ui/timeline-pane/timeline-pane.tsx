import { useCallback, useMemo, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { fileOfPlace, lineOfPlace, type Place } from '../../protocol/ids';
import type { TraceModel } from '../../trace/trace';
import { isSameStop, type StopEvent } from '../../state/stop-events';
import { Timeline, type WaitsOf, type WaitStops } from '../../views/timeline';
import { Button } from '../controls/button';
import { EndOfRun } from '../output/end-of-run';
import { useEditor, usePage, useRun, useText, useView } from '../page';
import { isRunning } from '../run-phase';
import { saveFile } from '../save-file';
import { CrashBoundary } from '../shell/crash-boundary';
import { Pane } from '../shell/pane';
import { useShownRun } from '../shown-run';
import { useTheme } from '../shell/theme-and-language';
import { useNarrow } from '../shell/use-narrow';
import { StepBar } from '../stepping/step-bar';
import { EmptyTimeline } from './empty-timeline';
import styles from './timeline-pane.module.css';

/** The timeline of the run, or what it will show. */
export function TimelinePane(): ReactElement {
  const text = useText();
  const traceNumber = useRun((state) => state.traceNumber);
  const { model: shown, foldable, machinery, setMachinery } = useShownRun();
  const narrow = useNarrow();
  const actions = (
    <>
      <EndOfRun />
      {shown !== undefined && <Summary model={shown} />}
      {shown !== undefined && foldable && (
        <Button
          aria-pressed={machinery}
          title={text('ui.timeline.machineryTip')}
          onClick={() => setMachinery(!machinery)}
        >
          {text('ui.timeline.machinery')}
        </Button>
      )}
    </>
  );
  return (
    <Pane label={text('ui.timeline.title')} headless={narrow} actions={actions}>
      <StepBar />
      {/* Where it breaks, how the run goes still stands in the head. */}
      {shown === undefined ? <EmptyTimeline /> : <CrashBoundary key={traceNumber}><TimelineOf model={shown} /></CrashBoundary>}
    </Pane>
  );
}

/** One for each trace: the part in view and what is picked begin anew with another one. */
function TimelineOf({ model }: { readonly model: TraceModel }): ReactElement {
  const { editor, view, notes: noteStore } = usePage();
  const { notes } = useStore(noteStore);
  const theme = useTheme();
  const running = useRun((state) => isRunning(state.phase));
  const playhead = useView((state) => state.playhead);
  const speed = useView((state) => state.speed);
  const { whole, selection, select, revealed } = useShownRun();
  const { files } = model.trace;
  const waitStops = useWaitStops();
  const showPlace = useCallback(
    (place: Place) => {
      editor.goTo({ file: files[fileOfPlace(place)] ?? '', line: lineOfPlace(place), column: 0 });
      view.setTab('code');
    },
    [editor, view, files],
  );
  return (
    <Timeline
      model={model}
      whole={whole}
      running={running}
      theme={theme}
      playhead={playhead}
      onPlayhead={view.setPlayhead}
      speed={speed}
      onSpeed={view.setSpeed}
      selection={selection}
      onSelect={select}
      revealed={revealed}
      onPlace={showPlace}
      waitStops={waitStops}
      notes={notes}
      onNote={(time) => {
        noteStore.add(time);
        view.setView('notes');
      }}
      onPicture={(picture, kind) => saveFile(`timeline.${kind}`, [picture], picture.type)}
    />
  );
}

/** Breakpoints on waits, where the next run could stand still at them. */
function useWaitStops(): WaitStops | undefined {
  const { editor } = usePage();
  const stops = useEditor((state) => state.stops);
  const isVirtual = useEditor((state) => state.settings.clock === 'virtual');
  return useMemo(() => {
    if (!isVirtual) return undefined;
    const stopAt = (waits: WaitsOf): StopEvent => ({ word: 'wait', ...waits });
    return {
      has: (waits) => stops.some((stop) => isSameStop(stop, stopAt(waits))),
      toggle: (waits) => editor.toggleStop(stopAt(waits)),
    };
  }, [editor, stops, isVirtual]);
}

function Summary({ model }: { readonly model: TraceModel }): ReactElement {
  const text = useText();
  return (
    <span className={styles.summary}>
      {text('ui.timeline.tasks', { count: model.tasks.length })}
      {' · '}
      {text('ui.timeline.events', { count: model.trace.length })}
    </span>
  );
}
