import type { ObjectId, Tid } from '../../protocol/ids';
import { foldMachinery } from '../../trace/folding';
import { buildModel } from '../../trace/model';
import { readTrace } from '../../trace/trace-json';
import type { TraceModel } from '../../trace/trace';

const files = import.meta.glob<string>('../../../e2e/fixtures/*.trace.json', { query: '?raw', import: 'default', eager: true });

/** A recorded run of e2e/fixtures, folded as the page shows it. */
export function recorded(name: string): TraceModel {
  return foldMachinery(recordedWhole(name));
}

/** The same with a library's own threads and objects. */
export function recordedWhole(name: string): TraceModel {
  return buildModel(readTrace(recordedText(name)).trace);
}

/** The same as it was written. */
export function recordedText(name: string): string {
  const text = files[`../../../e2e/fixtures/${name}.trace.json`];
  if (text === undefined) throw new Error(`no run is recorded as ${name}`);
  return text;
}

export function tidOf(model: TraceModel, name: string): Tid {
  const task = model.tasks.find((each) => each.name === name);
  if (task === undefined) throw new Error(`no task is called ${name}`);
  return task.tid;
}

export function idOf(model: TraceModel, name: string): ObjectId {
  const object = model.objects.find((each) => each.name === name);
  if (object === undefined) throw new Error(`no object is called ${name}`);
  return object.id;
}

export function nameOf(model: TraceModel, tid: Tid): string {
  return model.taskByTid.get(tid)?.name ?? String(tid);
}
