import { useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import { formatDuration } from '../../text/duration';
import { translate } from '../../text/translate';
import { Icon, type IconName } from './icons';
import type { ViewStore } from './view-store';

export type Panel = 'none' | 'legend' | 'keys' | 'picture';

export interface ToolbarProps {
  readonly views: ViewStore;
  readonly running: boolean;
  readonly disabled: boolean;
  readonly arrows: boolean;
  readonly panel: Panel;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
  readonly onFollow: () => void;
  readonly onArrows: (shown: boolean) => void;
  readonly onPanel: (panel: Panel) => void;
  /** Marks the moment of the playhead; left out where nobody keeps marks. */
  readonly onNote: (() => void) | undefined;
  /** What stands in the middle. */
  readonly children: ReactNode;
}

/** What acts on the view: how much of it is seen, and what is drawn in it. */
export function Toolbar(props: ToolbarProps): ReactElement {
  const { views, running, disabled, arrows, panel } = props;
  const { viewport, mode, stride } = useSyncExternalStore(views.subscribe, views.get, views.get);
  const button = (icon: IconName, label: string, act: () => void, extra: object = {}): ReactElement => (
    <button type="button" className="wt-button" title={label} aria-label={label} onClick={act} disabled={disabled} {...extra}>
      <Icon name={icon} />
    </button>
  );
  const toggle = (which: Panel): void => props.onPanel(panel === which ? 'none' : which);
  return (
    <div className="wt-toolbar" role="toolbar" aria-label={translate('timeline.tool.label')}>
      <span className="wt-span" aria-hidden={disabled}>
        {disabled ? '' : translate('timeline.tool.span', { duration: formatDuration(viewport.end - viewport.start) })}
      </span>
      {props.children}
      {running && button('follow', translate('timeline.tool.follow'), props.onFollow, { 'aria-pressed': mode === 'follow' })}
      <span className="wt-group">
        {button('zoomOut', translate('timeline.tool.zoomOut'), () => props.onZoom(1 / 1.6))}
        {button('zoomIn', translate('timeline.tool.zoomIn'), () => props.onZoom(1.6))}
        {button('fit', translate('timeline.tool.fit'), props.onFit, { 'aria-pressed': mode === 'fit' })}
      </span>
      {arrows && stride > 1 && (
        <span className="wt-thinned" title={translate('timeline.tool.thinnedAbout')}>
          {translate('timeline.tool.thinned', { stride })}
        </span>
      )}
      <span className="wt-group">
        {props.onNote !== undefined && button('flag', translate('timeline.tool.note'), props.onNote)}
        {button('arrows', translate('timeline.tool.arrows'), () => props.onArrows(!arrows), { 'aria-pressed': arrows })}
        {button('picture', translate('timeline.tool.picture'), () => toggle('picture'), { 'aria-expanded': panel === 'picture' })}
        {button('legend', translate('timeline.tool.legend'), () => toggle('legend'),
          { 'aria-expanded': panel === 'legend', disabled: false })}
        {button('keys', translate('timeline.tool.keys'), () => toggle('keys'),
          { 'aria-expanded': panel === 'keys', disabled: false })}
      </span>
    </div>
  );
}
