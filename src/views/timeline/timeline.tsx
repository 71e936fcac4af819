import {
  useCallback, useDeferredValue, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent,
  type PointerEvent, type ReactElement,
} from 'react';
import { timeAt } from '../../render/viewport';
import { formatDuration } from '../../text/duration';
import { currentLanguage, onLanguageChange, translate } from '../../text/translate';
import { isCharted, isVariable, withChosen, type ChosenVariables } from './chosen-variables';
import { Details } from './details';
import { momentOf, selectionOf } from './find';
import { listenToGestures, type PointerKind } from './gestures';
import { KeyHelp } from './key-help';
import { commandOf, zoomKey } from './keys';
import { journeyOfSelection } from './journey-of-selection';
import { LaneGutter } from './lane-gutter';
import { laneName } from './lane-names';
import { Legend } from './legend';
import { MiniMap } from './mini-map';
import { NoteFlags } from './note-flags';
import { PicturePanel } from './picture-panel';
import { offeredSpeed, PlayControls, Playing } from './play';
import { PlayheadGrip, PlayheadLine } from './playhead';
import { deriverOf } from './prepare';
import { movedBy, movedTo, type Moves } from './row-moves';
import { layoutRows, type FoldKey } from './rows';
import { runCommand } from './run-command';
import { SearchField } from './search-field';
import { isLeft, searchLanes } from './search-lanes';
import { timelinePicture, type PictureKind } from './save-picture';
import { selectedTask } from './scene';
import { selectionAt } from './hit';
import { TimelineStage } from './stage';
import './timeline.css';
import './gestures.css';
import type { TimelineProps, TimelineSelection } from './timeline-types';
import { Toolbar, type Panel } from './toolbar';
import { Tooltip, type Pointed } from './tooltip';
import { VariablesPanel } from './variables-panel';
import { useVisibleRows } from './visible-rows';
import { ViewStore } from './view-store';

/** How often the time of a live run is moved on, in milliseconds. */
const LIVE_MS = 100;
/** Sentences on what still goes on are said anew once in so many times. */
const SAY_EVERY = 10;

/** What each process and thread did, on a common axis of time, with the objects between them. */
export function Timeline(props: TimelineProps): ReactElement {
  const { model, whole = model, running, playhead, onPlayhead, selection, onSelect, revealed, theme, onPlace, onPicture, notes, onNote, waitStops } = props;
  const language = useSyncExternalStore(onLanguageChange, currentLanguage, currentLanguage);
  const [deriver] = useState(() => deriverOf(model));
  const [views] = useState(() => new ViewStore());
  const [toggled, setToggled] = useState<ReadonlySet<FoldKey>>(new Set());
  const [{ pinned, moved }, setMoves] = useState<Moves>({ pinned: [], moved: [] });
  const [filter, setFilter] = useState('');
  const wanted = useDeferredValue(filter);
  const [pointed, setPointed] = useState<Pointed>();
  const [chosen, setChosen] = useState<ChosenVariables>(new Map());
  const [arrows, setArrows] = useState(true);
  const [panel, setPanel] = useState<Panel>('none');
  const [playing, setPlaying] = useState(false);
  const speed = offeredSpeed(props.speed);
  const [touch, setTouch] = useState(false);
  const [wheelHint, setWheelHint] = useState(0);
  const [, sayAnew] = useState(0);

  const data = useMemo(() => deriver.derive(model), [deriver, model]);
  const search = useMemo(() => searchLanes(data.model, wanted), [data, wanted]);
  const layout = useMemo(() => layoutRows(data, {
    toggled, pinned, moved, chosen,
    isWanted: (lane) => search === undefined
      || isLeft(search, laneName(data.model, lane).toLowerCase(), 'tid' in lane ? lane.tid : undefined),
  }), [data, toggled, pinned, moved, chosen, search]);
  const journey = useMemo(() => journeyOfSelection(model, whole, selection), [model, whole, selection]);
  const found = search !== undefined && search.byTask.size > 0 ? search.byTask : undefined;
  const end = data.bounds.end;
  const empty = data.processes.length === 0;
  const hasVariables = data.objects.some(isVariable);
  const hover = pointed?.hit;

  const scroller = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const lanes = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const axis = useRef<HTMLCanvasElement>(null);
  const stage = useRef<TimelineStage>(undefined);
  const rows = useVisibleRows(scroller, layout);

  useLayoutEffect(() => {
    if (!scroller.current || !plot.current || !lanes.current || !overlay.current || !axis.current) return undefined;
    const elements = {
      scroller: scroller.current, plot: plot.current, lanes: lanes.current, overlay: overlay.current, axis: axis.current,
    };
    const made = new TimelineStage(elements, (viewport, stride) => views.set({ viewport, mode: made.view.mode, stride }));
    stage.current = made;
    return () => {
      stage.current = undefined;
      made.dispose();
    };
  }, [views]);

  // In virtual time nothing passes that is not in the trace: what there is fits the view.
  const onRealClock = running && model.trace.header.clock === 'real';
  useLayoutEffect(() => {
    stage.current?.update({ data, layout, theme, selection, hover, arrows, journey, found, running: onRealClock, language });
  }, [data, layout, theme, selection, hover, arrows, journey, found, onRealClock, language]);

  useLayoutEffect(() => stage.current?.setPlayhead(empty ? undefined : playhead), [playhead, empty]);

  // Between two events of a run on the real clock its time passes as the reader's does.
  const live = onRealClock && !empty;
  useEffect(() => {
    if (!live) return undefined;
    const since = performance.now();
    let beats = 0;
    const timer = setInterval(() => {
      stage.current?.passTime(model.endTime + (performance.now() - since) * 1e6);
      if (++beats % SAY_EVERY === 0) sayAnew((before) => before + 1);
    }, LIVE_MS);
    return () => clearInterval(timer);
  }, [live, model]);

  const moveView = useCallback((move: (view: TimelineStage['view']) => void): void => {
    const { current } = stage;
    if (current === undefined) return;
    move(current.view);
    current.request();
  }, []);

  const click = useCallback((x: number, y: number, kind: PointerKind): void => {
    const scene = stage.current?.scene();
    if (scene === undefined || stage.current === undefined) return;
    setTouch(kind === 'touch');
    const hit = stage.current.hit(x, y, kind);
    const time = Math.min(end, Math.max(0, timeAt(scene.viewport, x)));
    onSelect(hit === undefined ? undefined : selectionAt(scene, hit));
    onPlayhead(hit?.kind === 'marker' ? scene.data.model.trace.time[hit.event] : time);
  }, [end, onSelect, onPlayhead]);

  useEffect(() => {
    const element = plot.current;
    if (element === null) return undefined;
    return listenToGestures(element, {
      zoom: (x, factor) => moveView((view) => view.zoom(x, factor)),
      pan: (dx, dy) => {
        if (dx !== 0) moveView((view) => view.pan(dx));
        if (dy !== 0) scroller.current?.scrollBy(0, dy);
      },
      scroll: (dy) => {
        const box = scroller.current;
        const room = box === null ? 0 : dy < 0 ? box.scrollTop : box.scrollHeight - box.clientHeight - box.scrollTop;
        // Half a pixel is left over where the page is scaled.
        if (room < 1) setWheelHint((before) => before + 1);
      },
      point: (x, y) => {
        const hit = stage.current?.hit(x, y, 'mouse');
        const box = element.getBoundingClientRect();
        setPointed(hit && { hit, x: box.left + x, y: box.top + y });
      },
      leave: () => setPointed(undefined),
      click,
      dragging: (active) => element.toggleAttribute('data-dragging', active),
    });
  }, [moveView, click]);

  /** Selects from the keyboard or a button: what is picked comes into view, and the playhead goes with it. */
  const goTo = useCallback((to: TimelineSelection | undefined): void => {
    onSelect(to);
    const moment = to && momentOf(model, to);
    if (to === undefined || moment === undefined) return;
    const time = to.kind === 'interval' ? Math.max(moment.start, model.trace.time[to.event] ?? 0) : moment.start;
    onPlayhead(time);
    moveView((view) => view.reveal(time));
    const tid = selectedTask(to) ?? (to.kind === 'link' ? model.links.at(to.index)?.to : undefined);
    const row = to.kind === 'series' ? layout.objects.get(to.object) : tid && layout.strips.get(tid);
    if (row && scroller.current) scrollTo(scroller.current, row.top, row.height);
  }, [model, layout, onSelect, onPlayhead, moveView]);

  const reveal = useEffectEvent(goTo);
  useEffect(() => {
    if (revealed !== undefined) reveal(revealed.selection);
  }, [revealed]);

  const showSelection = useCallback((): void => {
    const moment = selection && momentOf(model, selection);
    if (moment !== undefined) moveView((view) => view.show(moment));
  }, [model, selection, moveView]);

  const play = (start: boolean): void => {
    // At the end there is nothing left to play: from the beginning, then.
    if (start && (playhead === undefined || playhead >= end)) onPlayhead(0);
    setPlaying(start);
  };
  const playTo = (time: number): void => {
    onPlayhead(time);
    moveView((view) => view.reveal(time));
  };
  const note = (): void => onNote?.(playhead ?? end);

  const moveRow = (key: string, to: { readonly by: 1 | -1 } | { readonly y: number }): void => {
    setMoves((before) => ('by' in to ? movedBy(layout, before, key, to.by) : movedTo(layout, before, key, to.y)));
  };

  const savePicture = (kind: PictureKind): void => {
    const scene = stage.current?.scene();
    if (scene !== undefined) void timelinePicture(scene, kind).then((picture) => onPicture?.(picture, kind));
    setPanel('none');
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const command = commandOf(event);
    // Enter on a button is the button's.
    const pressed = event.key === 'Enter' && event.target instanceof HTMLButtonElement;
    if (command === undefined || pressed || (empty && command !== 'help' && command !== 'clear')) return;
    event.preventDefault();
    runCommand(command, {
      model, layout, selection, playhead, end,
      select: goTo,
      movePlayhead: (time) => {
        onPlayhead(time);
        moveView((view) => view.reveal(time));
      },
      moveView,
      scroll: (by) => scroller.current?.scrollBy(0, by * 60),
      showSelection,
      clear: () => (panel === 'none' ? onSelect(undefined) : setPanel('none')),
      play: () => play(!playing),
      note,
      variables: () => hasVariables && setPanel(panel === 'variables' ? 'none' : 'variables'),
      help: () => setPanel(panel === 'keys' ? 'none' : 'keys'),
    });
  };

  const scrub = (event: PointerEvent<HTMLElement>): void => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left } = event.currentTarget.getBoundingClientRect();
    onPlayhead(Math.min(end, Math.max(0, timeAt(views.get().viewport, event.clientX - left))));
  };

  return (
    <div className="weft-timeline" onKeyDown={onKeyDown}>
      <Toolbar
        views={views} running={running} disabled={empty} arrows={arrows} panel={panel} variables={hasVariables} onArrows={setArrows} onPanel={setPanel}
        onZoom={(factor) => moveView((view) => view.zoomSlowly(view.viewport.width / 2, factor))}
        onFit={() => moveView((view) => view.fit())} onFollow={() => moveView((view) => view.follow())}
        onNote={onNote === undefined ? undefined : note}
      >
        <PlayControls playing={playing} speed={speed} disabled={empty} onPlay={play} onSpeed={props.onSpeed} />
        <MiniMap data={data} views={views} theme={theme} onCentre={(time) => moveView((view) => view.centre(time))} />
      </Toolbar>
      {playing && <Playing time={playhead ?? 0} end={end} speed={speed} onTime={playTo} onEnd={() => setPlaying(false)} />}
      <div className="wt-body">
        <div className="wt-head">
          <SearchField
            text={filter} search={search} disabled={empty} onText={setFilter}
            current={selection?.kind === 'interval' ? selection.event : undefined}
            onGo={(interval) => goTo(selectionOf(interval))}
          />
          <div className="wt-axis" onPointerDown={scrub} onPointerMove={scrub}>
            <canvas ref={axis} aria-hidden="true" />
            {notes !== undefined && <NoteFlags notes={notes} views={views} onTime={playTo} />}
            <PlayheadGrip views={views} time={empty ? undefined : playhead} end={end} onMove={onPlayhead} />
          </div>
        </div>
        <div className="wt-scroller" ref={scroller}>
          <div className="wt-content" style={{ height: layout.height }}>
            <LaneGutter
              rows={rows} model={model} theme={theme} time={playhead ?? end} language={language}
              selectedTask={selectedTask(selection)}
              selectedObject={selection?.kind === 'series' ? selection.object : undefined}
              onFold={(key) => setToggled((before) => withToggled(before, key))}
              pinned={pinned} onPin={(key) => setMoves((before) => ({ ...before, pinned: withPinned(before.pinned, key) }))}
              pools={data.pools} onMove={moveRow}
              onTask={(tid) => onSelect({ kind: 'task', tid })}
              onObject={(object) => onSelect({ kind: 'series', object, time: playhead ?? end })}
            />
            <div
              className="wt-plot" ref={plot} tabIndex={0} role="application" aria-label={plotLabel(model.tasks.length, end)}
              aria-roledescription={translate('timeline.name')} aria-description={translate('timeline.plotHelp')}
            >
              <canvas ref={lanes} aria-hidden="true" />
              <canvas ref={overlay} aria-hidden="true" />
              <PlayheadLine views={views} time={empty ? undefined : playhead} />
            </div>
          </div>
        </div>
        {!empty && layout.rows.length === 0 && <p className="wt-empty">{translate('timeline.lane.noneLeft')}</p>}
        {empty && <p className="wt-empty">{translate(running ? 'timeline.waitingForEvents' : 'timeline.empty')}</p>}
        {wheelHint > 0 && <p key={wheelHint} className="wt-wheel-hint" aria-hidden="true">{wheelHintText()}</p>}
        {panel === 'variables' && (
          <VariablesPanel
            data={data} time={playhead ?? end} isCharted={(variable) => isCharted(variable, chosen)}
            onChoose={(variables, charted) => setChosen((before) => withChosen(before, variables, charted))} onClose={() => setPanel('none')}
          />
        )}
        {panel === 'picture' && <PicturePanel onSave={savePicture} onClose={() => setPanel('none')} />}
        {panel === 'legend' && <Legend theme={theme} onClose={() => setPanel('none')} />}
        {panel === 'keys' && <KeyHelp onClose={() => setPanel('none')} />}
      </div>
      <Details
        data={data} selection={selection} theme={theme} touch={touch} empty={empty} journey={journey} onSelect={goTo} onShow={showSelection}
        onPlace={onPlace} waitStops={waitStops}
      />
      {pointed && <Tooltip pointed={pointed} data={data} theme={theme} />}
    </div>
  );
}

function withToggled<Key>(keys: ReadonlySet<Key>, key: Key): ReadonlySet<Key> {
  const toggled = new Set(keys);
  if (!toggled.delete(key)) toggled.add(key);
  return toggled;
}

function withPinned(keys: readonly string[], key: string): readonly string[] {
  return keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key];
}

function plotLabel(tasks: number, end: number): string {
  return translate('timeline.plot', {
    tasks: translate('timeline.tasks', { count: tasks }),
    duration: formatDuration(end),
  });
}

/** What who turns the wheel in vain is told. */
function wheelHintText(): string {
  return translate('timeline.wheelHint', { key: zoomKey() });
}

function scrollTo(scroller: HTMLElement, top: number, height: number): void {
  const margin = 12;
  if (top - margin < scroller.scrollTop) scroller.scrollTop = top - margin;
  else if (top + height + margin > scroller.scrollTop + scroller.clientHeight) {
    scroller.scrollTop = top + height + margin - scroller.clientHeight;
  }
}
