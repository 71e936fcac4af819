import { translate } from '../../text/translate';
import { signalLabel } from '../../trace/labels';
import type { TaskInfo } from '../../trace/trace';

export interface TaskStatus {
  readonly tone: 'alive' | 'good' | 'bad' | 'zombie';
  readonly text: string;
}

/** How a task stands at `time`: alive, or how it ended; undefined where there is nothing to say. */
export function taskStatus(info: TaskInfo, time: number): TaskStatus | undefined {
  const isProcess = info.pid === info.tid;
  const { endedAt, reapedAt, status = 0 } = info;
  if (endedAt === undefined || time < endedAt) {
    return isProcess ? { tone: 'alive', text: translate('timeline.lane.alive') } : undefined;
  }
  if (isProcess && (reapedAt === undefined || time < reapedAt)) {
    return { tone: 'zombie', text: translate('timeline.lane.zombie') };
  }
  if (status < 0) return { tone: 'bad', text: signalLabel(-status) };
  if (!isProcess) return undefined;
  return { tone: status === 0 ? 'good' : 'bad', text: translate('timeline.lane.exit', { status }) };
}
