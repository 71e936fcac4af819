import type { RunState } from '../../state/run-store';
import { formatDuration } from '../../text/duration';
import type { translate } from '../../text/translate';

export type Tone = 'quiet' | 'busy' | 'good' | 'bad';

/** How a run goes, or how it ended, in a few words; none before the first one. */
export function describeRun(
  state: RunState,
  text: typeof translate,
): { readonly tone: Tone; readonly words: string } {
  const { phase, model, boot } = state;
  if (phase === 'starting') {
    const words =
      boot === undefined
        ? text('ui.end.starting')
        : `${text(`ui.boot.${boot.stage}`)} ${Math.round(boot.fraction * 100)} %`;
    return { tone: 'busy', words };
  }
  if (phase === 'running' && state.pause !== undefined) return { tone: 'quiet', words: text('ui.end.paused', { step: state.pause.step }) };
  if (phase === 'running') return { tone: 'busy', words: text('ui.end.running') };
  if (phase === 'stopping') return { tone: 'busy', words: text('ui.end.stopping') };
  if (model === undefined) return { tone: 'quiet', words: '' };
  const time = formatDuration(model.endTime);
  const end = model.end ?? state.result;
  switch (end?.reason) {
    case undefined:
      return { tone: 'bad', words: text('ui.end.unfinished', { time }) };
    case 'stopped':
      return { tone: 'quiet', words: text('ui.end.stopped', { time }) };
    case 'timeout':
      return { tone: 'bad', words: text('ui.end.timeout', { time }) };
    case 'stuck':
      return { tone: 'bad', words: text('ui.end.stuck', { time }) };
    case 'step limit':
      return { tone: 'bad', words: text('ui.end.stepLimit', { time }) };
    case 'panic':
      return {
        tone: 'bad',
        words:
          model.panic === undefined
            ? text('ui.end.panicBare', { time })
            : text('ui.end.panic', { time, fact: model.panic }),
      };
    case 'finished':
      return end.status === 0
        ? { tone: 'good', words: text('ui.end.finished', { time }) }
        : { tone: 'bad', words: text('ui.end.failed', { status: end.status, time }) };
  }
}
