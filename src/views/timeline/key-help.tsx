import type { ReactElement } from 'react';
import { translate } from '../../text/translate';
import { zoomKey } from './keys';
import { Popover } from './popover';

/** The keys of the timeline and what the pointer does in it. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }): ReactElement {
  const keys: readonly (readonly [readonly string[], string])[] = [
    [['W', 'S', '+', '−'], translate('timeline.keys.zoom')],
    [['A', 'D', '←', '→'], translate('timeline.keys.pan')],
    [['0'], translate('timeline.keys.fit')],
    [['Home', 'End'], translate('timeline.keys.ends')],
    [['Enter'], translate('timeline.keys.pick')],
    [['←', '→'], translate('timeline.keys.walk')],
    [['↑', '↓'], translate('timeline.keys.across')],
    [['['], translate('timeline.keys.cause')],
    [[']'], translate('timeline.keys.effect')],
    [[',', '.'], translate('timeline.keys.step')],
    [['K'], translate('timeline.keys.play')],
    [['B'], translate('timeline.keys.note')],
    [['V'], translate('timeline.keys.variables')],
    [['F'], translate('timeline.keys.fitSelection')],
    [['Alt+↑', 'Alt+↓'], translate('timeline.keys.moveLane')],
    [['Enter', 'Shift+Enter'], translate('timeline.keys.find')],
    [['Esc'], translate('timeline.keys.clear')],
    [['?'], translate('timeline.keys.help')],
  ];
  const pointer = [
    [translate('timeline.keys.zoomWheel', { key: zoomKey() }), translate('timeline.keys.zoomWheelDoes')],
    [translate('timeline.keys.shiftWheel'), translate('timeline.keys.shiftWheelDoes')],
    [translate('timeline.keys.wheel'), translate('timeline.keys.wheelDoes')],
    [translate('timeline.keys.drag'), translate('timeline.keys.dragDoes')],
    [translate('timeline.keys.pinch'), translate('timeline.keys.pinchDoes')],
  ] as const;
  return (
    <Popover title={translate('timeline.keys.title')} onClose={onClose}>
      <dl className="wt-keys">
        {keys.map(([names, does]) => (
          <div key={does}>
            <dt>{names.map((name) => <kbd key={name}>{name}</kbd>)}</dt>
            <dd>{does}</dd>
          </div>
        ))}
        {pointer.map(([name, does]) => (
          <div key={name}>
            <dt><span>{name}</span></dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
