import type { Place, Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import { formatDuration } from '../text/duration';
import { translate } from '../text/translate';
import { objectLabel, placePhrase, taskLabel } from './labels';
import { intervalAfter, linkTo } from './lookup';
import type { Interval, TraceModel } from './trace';
import { WakerSearch } from './waker-search';

/**
 * One sentence on what a task did, with the reason where it waited: `consumer waited 1.2 s for q to have an
 * item; producer put it at line 9`.
 */
export function describeInterval(model: TraceModel, interval: Interval): string {
  const task = taskLabel(model, interval.task);
  const duration = formatDuration(interval.end - interval.start);
  switch (interval.state) {
    case 'blocked':
      return describeWait(model, interval, task, duration);
    case 'new':
      return translate('trace.interval.new', { task, duration });
    case 'ready':
      return translate(`trace.interval.${interval.cause === 'preempted' ? 'preempted' : 'ready'}`, {
        task,
        duration,
      });
    case 'running':
      return translate('trace.interval.running', { task, duration });
    case 'stopped':
      return translate('trace.interval.stopped', { task, duration });
    case 'zombie':
      return translate('trace.interval.zombie', { task, duration });
    default: {
      const state = translate(`traceWords.state.${interval.state}`);
      return translate('trace.interval.other', { task, duration, state });
    }
  }
}

function describeWait(model: TraceModel, interval: Interval, task: string, duration: string): string {
  const ending = waitEnding(model, interval);
  if (interval.reason === 'sleep') {
    if (interval.open) return translate('trace.interval.sleeping', { task, duration });
    // That a sleep ends when its time is over needs no words.
    return ending === undefined || interval.cause === 'timed out'
      ? translate('trace.interval.slept', { task, duration })
      : translate('trace.interval.sleptAndThen', { task, duration, ending });
  }
  const goal = waitGoal(model, interval);
  if (interval.open) return translate('trace.interval.waiting', { task, duration, goal });
  return ending === undefined
    ? translate('trace.interval.waited', { task, duration, goal })
    : translate('trace.interval.waitedAndThen', { task, duration, goal, ending });
}

/** What a task waits for: follows "waits". */
export function waitGoal(model: TraceModel, interval: Pick<Interval, 'reason' | 'object' | 'other' | 'cause'>): string {
  const object = objectLabel(model, interval.object);
  const other = taskLabel(model, interval.other);
  if (interval.reason === 'wait' && interval.other > 0) return translate('trace.goal.join', { other });
  if (interval.reason === 'join' && interval.other <= 0) return translate('trace.goal.joinSome');
  // Who released it says more than who had it when the wait began; without a release, who has it is the
  // reason.
  const heldBy = interval.reason === 'lock' && interval.other > 0 && interval.cause !== 'woken';
  return translate(`trace.goal.${heldBy ? 'lockHeldBy' : interval.reason}`, { object, other });
}

function waitEnding(model: TraceModel, interval: Interval): string | undefined {
  switch (interval.cause) {
    case 'woken':
      return wakerDeed(model, interval);
    case 'timed out':
      return translate('trace.ending.timedOut');
    case 'interrupted':
      return translate('trace.ending.interrupted');
    case undefined:
      break;
    default:
      return undefined;
  }
  if (interval.open) return undefined;
  const next = intervalAfter(model, interval);
  if (interval.reason === 'gil' && next?.state === 'running') return gilDeed(model, next);
  if (next?.state === 'stopped') return translate('trace.ending.stopped');
  if (model.taskByTid.get(interval.task)?.endedAt === interval.end)
    return translate('trace.ending.taskEnded');
  return next === undefined ? translate('trace.ending.runEnded') : undefined;
}

/** Who gave up the GIL that the task took right before it ran. */
function gilDeed(model: TraceModel, running: Interval): string | undefined {
  const { trace } = model;
  const link = linkTo(model, running.event - 1);
  return link === undefined
    ? undefined
    : translate('trace.ending.gil', {
        waker: taskLabel(model, link.from),
        place: placePhrase(trace, trace.place[link.fromEvent] as Place),
      });
}

/** What the waker did that ended the wait, and where. */
function wakerDeed(model: TraceModel, interval: Interval): string | undefined {
  const { trace } = model;
  const { reason, endedBy } = interval;
  const { deed: programDeed } = interval;
  const waker = (programDeed === undefined ? trace.other[endedBy] : trace.task[programDeed]) as Tid;
  const place = placePhrase(trace, trace.place[programDeed ?? endedBy] as Place);
  if (reason === 'wait' || reason === 'join') {
    // It is known already whose end was waited for, unless any child would do.
    const ended = interval.other > 0 ? undefined : new WakerSearch(trace, endedBy).lastExit();
    return ended === undefined
      ? undefined
      : translate('trace.ending.wait', { waker: taskLabel(model, trace.task[ended] as Tid) });
  }
  if (waker <= 0) return undefined;
  const deed = programDeed ?? new WakerSearch(trace, endedBy).deedOn(interval.object);
  const closed = trace.kind[deed] === EventKindCode['object-close'];
  const broken = trace.kind[deed] === EventKindCode['barrier-break'];
  const key = closed ? 'closed' : broken ? 'broken' : reason;
  return translate(`trace.ending.${key}`, { waker: taskLabel(model, waker), place });
}
