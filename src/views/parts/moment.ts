import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import type { TraceModel } from '../../trace/trace';

/** `at 1.2 s`, as a part of a heading. A run that is paused has not ended there. */
export function momentPhrase(model: TraceModel, time: number): string {
  const at = formatMoment(time);
  const isOver = model.end !== undefined && time >= model.endTime;
  return isOver ? translate('views.atEnd', { at }) : translate('views.at', { at });
}
