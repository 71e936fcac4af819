import type { Tid } from '../protocol/ids';
import { EventKindCode } from '../protocol/trace-events';
import { eventText } from './event-values';
import type { TraceModel } from './trace';

/** A local variable of the program: `Shop.sell` and `total`. */
export interface LocalName {
  readonly of: string;
  readonly name: string;
}

const names = new WeakMap<TraceModel, ReadonlyMap<string, LocalName>>();

/** What the variable of a `local` event is called; undefined where the trace does not say. */
export function localNameOf(model: TraceModel, event: number): LocalName | undefined {
  let known = names.get(model);
  if (known === undefined) names.set(model, (known = namesIn(model)));
  return known.get(keyOf(model, event));
}

function namesIn(model: TraceModel): ReadonlyMap<string, LocalName> {
  const { kind } = model.trace;
  const found = new Map<string, LocalName>();
  const wanted = EventKindCode['local-name'];
  for (let event = kind.indexOf(wanted); event >= 0; event = kind.indexOf(wanted, event + 1)) {
    const text = eventText(model.trace, event) ?? '';
    const dot = text.lastIndexOf('.');
    found.set(keyOf(model, event), { of: text.slice(0, Math.max(0, dot)), name: text.slice(dot + 1) });
  }
  return found;
}

/** The number is one of the process's own. */
function keyOf({ trace, taskByTid }: TraceModel, event: number): string {
  const task = trace.task[event] as Tid;
  return `${taskByTid.get(task)?.pid ?? task} ${trace.other[event]}`;
}
