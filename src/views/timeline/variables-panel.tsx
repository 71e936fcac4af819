import './variables-panel.css';
import { useId, type ReactElement } from 'react';
import type { ObjectId } from '../../protocol/ids';
import { translate } from '../../text/translate';
import { taskLabel } from '../../trace/labels';
import { seriesValueAt } from '../../trace/lookup';
import type { ObjectLane, TimelineData } from './derive';
import { isVariable, variablesByProcess } from './chosen-variables';
import { Popover } from './popover';
import { amountLabel } from './sentences';

interface VariablesPanelProps {
  readonly data: TimelineData;
  readonly isCharted: (variable: ObjectLane) => boolean;
  /** The moment whose values are shown. */
  readonly time: number;
  readonly onChoose: (variables: readonly ObjectId[], charted: boolean) => void;
  readonly onClose: () => void;
}

/** Which of the program's global variables have a lane of their own. */
export function VariablesPanel({ data, isCharted, time, onChoose, onClose }: VariablesPanelProps): ReactElement {
  const groups = variablesByProcess(data);
  const all = data.objects.filter(isVariable).map(({ info }) => info.id);
  return (
    <Popover title={translate('timeline.variables.title')} onClose={onClose}>
      <div className="wt-variables">
        <p>{translate('timeline.variables.about')}</p>
        <div className="wt-ways">
          <button type="button" className="wt-way" onClick={() => onChoose(all, true)}>{translate('timeline.variables.all')}</button>
          <button type="button" className="wt-way" onClick={() => onChoose(all, false)}>{translate('timeline.variables.none')}</button>
        </div>
        {groups.map(({ process, variables }) => (
          <fieldset key={process}>
            <legend>{taskLabel(data.model, process)}</legend>
            {variables.map((variable) => (
              <VariableChoice
                key={variable.info.id} variable={variable} time={time} charted={isCharted(variable)}
                onChoose={(charted) => onChoose([variable.info.id], charted)}
              />
            ))}
          </fieldset>
        ))}
      </div>
    </Popover>
  );
}

interface VariableChoiceProps {
  readonly variable: ObjectLane;
  readonly time: number;
  readonly charted: boolean;
  readonly onChoose: (charted: boolean) => void;
}

function VariableChoice({ variable: { info, track }, time, charted, onChoose }: VariableChoiceProps): ReactElement {
  const about = useId();
  const value = seriesValueAt(track, time);
  const changes = track.count - 1;
  return (
    <label>
      <input type="checkbox" checked={charted} aria-describedby={about} onChange={(event) => onChoose(event.currentTarget.checked)} />
      <span className="wt-name">{info.name}</span>
      <span id={about} className="wt-changes">
        {changes > 0 ? translate('timeline.variables.changes', { count: changes }) : translate('timeline.variables.constant')}
      </span>
      <b>{value === undefined ? '–' : amountLabel(info.type, value)}</b>
    </label>
  );
}
