import { eventIndexOf } from '../../analysis/holders';
import { lastEventAt } from '../../trace/lookup';
import type { TraceModel } from '../../trace/trace';
import type { KeyCommand } from './keys';
import { causeOf, effectOf, firstPick, stepFrom } from './navigate';
import type { RowLayout } from './rows';
import { selectedTask } from './scene';
import type { TimelineSelection } from './timeline-types';
import type { ViewControl } from './view-control';

/** What the keys act on. */
export interface CommandTarget {
  readonly model: TraceModel;
  readonly layout: RowLayout;
  readonly selection: TimelineSelection | undefined;
  readonly playhead: number | undefined;
  readonly end: number;
  readonly select: (selection: TimelineSelection | undefined) => void;
  readonly movePlayhead: (time: number) => void;
  readonly moveView: (move: (view: ViewControl) => void) => void;
  /** Up (negative) or down by rows. */
  readonly scroll: (rows: number) => void;
  readonly showSelection: () => void;
  readonly clear: () => void;
  readonly help: () => void;
  readonly play: () => void;
  readonly note: () => void;
  readonly variables: () => void;
}

const ZOOM = 1.6;
/** The part of the view that one press goes on by. */
const PAN = 0.2;

export function runCommand(command: KeyCommand, target: CommandTarget): void {
  const { model, selection, select, moveView } = target;
  const zoom = (factor: number): void => moveView((view) => {
    const { playhead } = target;
    const { start, end, width } = view.target;
    // About the playhead where it is in view, for that is what one looks at.
    const seen = playhead !== undefined && playhead > start && playhead < end;
    view.zoomSlowly(seen ? ((playhead - start) / (end - start)) * width : width / 2, factor);
  });
  switch (command) {
    case 'zoom-in': return zoom(ZOOM);
    case 'zoom-out': return zoom(1 / ZOOM);
    case 'earlier': return moveView((view) => view.panSlowly(-PAN));
    case 'later': return moveView((view) => view.panSlowly(PAN));
    case 'fit': return moveView((view) => view.fit());
    case 'start': return moveView((view) => view.goToEnd('start'));
    case 'end': return moveView((view) => view.goToEnd('end'));
    case 'left':
    case 'right':
    case 'up':
    case 'down': return arrow(command, target);
    case 'pick': return select(selection ?? firstPick(model, target.layout, target.playhead ?? middleOf(target)));
    case 'cause': return follow(selection && causeOf(model, selection), select);
    case 'effect': return follow(selection && effectOf(model, selection), select);
    case 'previous-event': return stepEvent(target, -1);
    case 'next-event': return stepEvent(target, 1);
    case 'show-selection': return target.showSelection();
    case 'clear': return target.clear();
    case 'play': return target.play();
    case 'note': return target.note();
    case 'variables': return target.variables();
    default: return target.help();
  }
}

function follow(to: TimelineSelection | undefined, select: (selection: TimelineSelection) => void): void {
  if (to !== undefined) select(to);
}

function arrow(step: 'left' | 'right' | 'up' | 'down', target: CommandTarget): void {
  const { model, layout, selection, select, moveView, scroll } = target;
  if (selection !== undefined) select(stepFrom(model, layout, selection, step));
  else if (step === 'left' || step === 'right') moveView((view) => view.panSlowly(step === 'left' ? -PAN : PAN));
  else scroll(step === 'up' ? -1 : 1);
}

function middleOf({ moveView }: CommandTarget): number {
  let middle = 0;
  moveView((view) => {
    middle = (view.viewport.start + view.viewport.end) / 2;
  });
  return middle;
}

/** To the event before or after the playhead: of the selected task or object, else of any. What is picked goes along. */
function stepEvent(target: CommandTarget, by: 1 | -1): void {
  const { model, selection, playhead, end, select, movePlayhead } = target;
  const { trace } = model;
  const task = selectedTask(selection);
  if (selection?.kind === 'series') return stepObject(target, selection, by);
  const time = playhead ?? (by > 0 ? 0 : end);
  if (task === undefined) {
    let event = lastEventAt(trace, time);
    while (event >= 0 && event < trace.length && trace.time[event] * by <= time * by) event += by;
    if (event >= 0 && event < trace.length) movePlayhead(trace.time[event]);
    return;
  }
  const index = eventIndexOf(trace);
  // Several events of a task may have one time: from a picked one its neighbour is next, whatever the playhead says.
  const from = selection?.kind === 'interval' && trace.time[selection.event] === time
    ? selection.event
    : lastEventAt(trace, time) + (by > 0 ? 0 : 1);
  const event = by > 0 ? index.nextOfTask(task, from) : index.previousOfTask(task, from);
  if (event !== undefined) select({ kind: 'interval', task, event });
}

/** To the event before or after of an object: the next put, acquire, job. */
function stepObject({ model, select }: CommandTarget, { object, time }: TimelineSelection & { kind: 'series' }, by: 1 | -1): void {
  const { trace } = model;
  const events = eventIndexOf(trace).eventsOfObject(object);
  const event = by > 0 ? events.find((each) => trace.time[each] > time) : events.findLast((each) => trace.time[each] < time);
  if (event !== undefined) select({ kind: 'series', object, time: trace.time[event] });
}
