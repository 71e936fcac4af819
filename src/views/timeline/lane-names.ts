import { translate } from '../../text/translate';
import { objectLabel, taskLabel } from '../../trace/labels';
import type { TraceModel } from '../../trace/trace';
import type { ObjectLane, TaskLane } from './derive';
import type { OwnerLane } from './owner-lanes';

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
