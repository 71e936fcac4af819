import type { ReactElement } from 'react';
import type { StyleName, ThemeName } from '../../render/palette';
import { translate } from '../../text/translate';
import type { Sign } from './markers';
import { Popover } from './popover';
import { LINK_KINDS } from '../../trace/link-list';
import { Swatch } from './swatch';

/** In the order in which a learner meets them; samples are kept, so that they are drawn once. */
const states = ([
  'running', 'ready', 'wait-lock', 'wait-data', 'wait-task', 'wait-time', 'wait-outside', 'wait-gil', 'new', 'stopped',
  'zombie',
] as const satisfies readonly StyleName[]).map((style) => ({ style }));
const links = LINK_KINDS.map((link) => ({ link }));
const signs = ([
  'out', 'in', 'take', 'give', 'tell', 'print', 'birth', 'signal', 'fail',
] as const satisfies readonly Sign[]).map((sign) => ({ sign }));

/** What every colour, arrow and sign means. */
export function Legend({ theme, onClose }: { readonly theme: ThemeName; readonly onClose: () => void }): ReactElement {
  return (
    <Popover title={translate('timeline.legend.title')} onClose={onClose}>
      <div className="wt-legend">
        <section>
          <h4>{translate('timeline.legend.states')}</h4>
          <ul>
            {states.map((draw) => (
              <li key={draw.style}>
                <Swatch theme={theme} draw={draw} />
                {translate(`timeline.legend.${draw.style}`)}
              </li>
            ))}
          </ul>
          <p>{translate('timeline.legend.shares')}</p>
        </section>
        <section>
          <h4>{translate('timeline.legend.arrows')}</h4>
          <ul>
            {links.map((draw) => (
              <li key={draw.link}>
                <Swatch theme={theme} draw={draw} />
                {translate(`timeline.legend.${draw.link}`)}
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h4>{translate('timeline.legend.signs')}</h4>
          <ul>
            {signs.map((draw) => (
              <li key={draw.sign}>
                <Swatch theme={theme} draw={draw} />
                {translate(draw.sign === 'signal' ? 'timeline.legend.signalSign' : `timeline.legend.${draw.sign}`)}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Popover>
  );
}
