import './journey-steps.css';
import type { ReactElement } from 'react';
import type { Journey } from '../../analysis/journey';
import { formatDuration, formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { objectLabel, taskLabel } from '../../trace/labels';
import type { TimelineData } from './derive';
import type { TimelineSelection } from './timeline-types';

interface JourneyStepsProps {
  readonly data: TimelineData;
  readonly journey: Journey;
  readonly selection: TimelineSelection | undefined;
  readonly onSelect: (selection: TimelineSelection) => void;
}

/** The way of an item in words, each stop a way to its moment. */
export function JourneySteps({ data, journey, selection, onSelect }: JourneyStepsProps): ReactElement {
  const { model } = data;
  const picked = selection?.kind === 'interval' ? selection.event : undefined;
  const words = { object: objectLabel(model, journey.object), duration: formatDuration(journey.duration) };
  return (
    <ol className="wt-journey" aria-label={translate('timeline.journey.label', words)}>
      {journey.steps.map(({ kind, event, task, time }) => {
        const folded = !model.taskByTid.has(task);
        const text = translate(`timeline.journey.${kind}`, { task: folded ? translate('timeline.journey.feeder') : taskLabel(model, task) });
        return (
          <li key={event} aria-current={event === picked || undefined}>
            {folded
              ? <span>{text}</span>
              : <button type="button" onClick={() => onSelect({ kind: 'interval', task, event })}>{text}</button>}
            <small>{formatMoment(time)}</small>
          </li>
        );
      })}
      <li className="wt-journey-all">{translate('timeline.journey.inAll', words)}</li>
    </ol>
  );
}
