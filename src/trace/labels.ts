import {
  fileOfPlace,
  INIT_PID,
  lineOfPlace,
  NO_TASK,
  type ObjectId,
  type Place,
  type Tid,
} from '../protocol/ids';
import { Signal } from '../protocol/words';
import { translate } from '../text/translate';
import type { ObjectInfo, Trace, TraceModel } from './trace';

/** Longest value that is shown whole within a sentence. */
const VALUE_LENGTH = 40;

/** How many tasks of a model have each name. */
const nameCounts = new WeakMap<TraceModel, ReadonlyMap<string, number>>();
const variableNameCounts = new WeakMap<TraceModel, ReadonlyMap<string, number>>();

/** What a task is called: its name, with its number where others have the same name. */
export function taskLabel(model: TraceModel, tid: Tid): string {
  const name = model.taskByTid.get(tid)?.name;
  if (name !== undefined) {
    const shared = (countsOf(model).get(name) ?? 0) > 1;
    return shared ? translate('trace.name.sameName', { name, tid }) : name;
  }
  const inner = model.unfolded?.taskByTid.get(tid)?.name;
  if (inner !== undefined) return inner;
  if (tid === NO_TASK) return translate('trace.name.machine');
  return tid === INIT_PID ? translate('trace.name.init') : translate('trace.name.task', { tid });
}

/** What an object is called: the variable that holds it, else its type and number (`queue 3`). */
export function objectLabel(model: TraceModel, id: ObjectId): string {
  const info = model.objectById.get(id);
  if (info?.type === 'variable') return variableLabel(model, info);
  if (info?.named === true) return info.name;
  const inner = info === undefined ? model.unfolded?.objectById.get(id) : undefined;
  if (inner !== undefined) return innerLabel(model, inner);
  const type = translate(`traceWords.object.${info?.type ?? 'none'}`);
  return translate('trace.name.object', { type, id });
}

/** An object of the library's own, which the program does not know: by what it is inside of, where that is known. */
function innerLabel(model: TraceModel, { type, name, named, partOf }: ObjectInfo): string {
  if (named) return name;
  const words = { type: translate(`traceWords.object.${type}`), owner: objectLabel(model, partOf) };
  return translate(model.objectById.has(partOf) ? 'trace.name.within' : 'trace.name.inner', words);
}

/** A variable belongs to a process: `counter`, and `counter of child` where several processes have one of the name. */
function variableLabel(model: TraceModel, { name, creator }: ObjectInfo): string {
  if ((variableCounts(model).get(name) ?? 0) < 2) return name;
  const process = model.taskByTid.get(creator)?.pid ?? creator;
  return translate('trace.name.variable', { name, process: taskLabel(model, process) });
}

/**
 * Where in the program: `line 9`, or `worker.js:9` where the program has several files; '' where that is
 * unknown.
 */
export function placeLabel(trace: Trace, place: Place): string {
  const line = lineOfPlace(place);
  if (line === 0) return '';
  return trace.files.length > 1
    ? `${fileName(trace, place)}:${line}`
    : translate('trace.place.label', { line });
}

/** The same as a part of a sentence: ` at line 9`. */
export function placePhrase(trace: Trace, place: Place): string {
  const line = lineOfPlace(place);
  if (line === 0) return '';
  return trace.files.length > 1
    ? translate('trace.place.file', { line, file: fileName(trace, place) })
    : translate('trace.place.line', { line });
}

/** A value on one line, shortened to `length` characters. */
export function valueLabel(value: number | string | undefined, length = VALUE_LENGTH): string {
  if (value === undefined) return translate('trace.name.nothing');
  const characters = [...String(value).trimEnd().replace(/\s+/g, ' ')];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('');
}

/** `SIGTERM`. */
export function signalLabel(signal: number): string {
  const known = Object.entries(Signal).find(([, number]) => number === signal);
  return known?.[0] ?? translate('trace.name.signal', { signal });
}

function fileName(trace: Trace, place: Place): string {
  const file = fileOfPlace(place);
  return trace.files[file] || translate('trace.name.file', { file });
}

function countsOf(model: TraceModel): ReadonlyMap<string, number> {
  const known = nameCounts.get(model) ?? countNames(model.tasks);
  nameCounts.set(model, known);
  return known;
}

function variableCounts(model: TraceModel): ReadonlyMap<string, number> {
  const known = variableNameCounts.get(model) ?? countNames(model.objects.filter(({ type }) => type === 'variable'));
  variableNameCounts.set(model, known);
  return known;
}

function countNames(named: readonly { readonly name: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
