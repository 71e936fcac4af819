import type { ObjectId } from '../../protocol/ids';
import { translate } from '../../text/translate';
import { objectLabel, taskLabel } from '../../trace/labels';
import type { TraceModel } from '../../trace/trace';
import type { ObjectLane, TaskLane } from './derive';
import type { OwnerLane } from './owner-lanes';
import type { HeadingRow, Section } from './rows';

/** What a lane is called. A GIL has the name of its process; a worker of the browser counts as a CPU in real time. */
export function laneName(model: TraceModel, lane: TaskLane | ObjectLane | OwnerLane): string {
  if ('tid' in lane) return taskLabel(model, lane.tid);
  if ('info' in lane) return objectLabel(model, lane.info.id);
  if (lane.object === undefined) {
    return translate(model.trace.header.clock === 'virtual' ? 'timeline.lane.cpu' : 'timeline.lane.worker', { number: lane.cpu });
  }
  const info = model.objectById.get(lane.object);
  if (info?.type !== 'gil') return objectLabel(model, lane.object);
  const process = model.taskByTid.get(info.creator)?.pid ?? info.creator;
  return translate('timeline.lane.gilOf', { process: taskLabel(model, process) });
}

/** What stands over the rows of a section. */
export function sectionName(model: TraceModel, { section }: HeadingRow): string {
  const pool = poolOf(section);
  if (pool === undefined) return translate(`timeline.section.${section as PlainSection}`);
  return translate('timeline.section.pool', { pool: objectLabel(model, pool) });
}

/** What the button beside it does. */
export function sectionAction(model: TraceModel, { section, folded }: HeadingRow): string {
  const pool = poolOf(section);
  if (pool === undefined) return translate(`timeline.section.${folded ? 'unfold' : 'fold'}.${section as PlainSection}`);
  return translate(folded ? 'timeline.section.unfoldPool' : 'timeline.section.foldPool', { pool: objectLabel(model, pool) });
}

type PlainSection = Exclude<Section, `pool ${number}`>;

function poolOf(section: Section): ObjectId | undefined {
  return section.startsWith('pool ') ? (Number(section.slice(5)) as ObjectId) : undefined;
}
