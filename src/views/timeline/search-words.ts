import type { SearchWords } from '../../analysis/search';
import { NO_OBJECT } from '../../protocol/ids';
import { translate } from '../../text/translate';
import { objectLabel, taskLabel } from '../../trace/labels';
import type { TraceModel } from '../../trace/trace';
import { intervalStyle } from './interval-style';

/** How a search knows tasks, objects and states: by their names in the reader's language. */
export function searchWords(model: TraceModel): SearchWords {
  return {
    task: (tid) => taskLabel(model, tid),
    object: ({ object }) => (object === NO_OBJECT ? '' : objectLabel(model, object)),
    state: ({ state, reason }) => {
      return `${translate(`traceWords.state.${state}`)} ${translate(`timeline.style.${intervalStyle(state, reason)}`)} ${reason}`;
    },
  };
}
