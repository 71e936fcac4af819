import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import type { TraceModel } from '../../trace/trace';

/** `at 1.2 s`, as a part of a heading. */
export function momentPhrase(model: TraceModel, time: number): string {
  const at = formatMoment(time);
  return time >= model.endTime ? translate('views.atEnd', { at }) : translate('views.at', { at });
}
