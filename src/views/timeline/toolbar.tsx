import { useRef, useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import { formatDuration } from '../../text/duration';
import { translate } from '../../text/translate';
import { Icon, type IconName } from './icons';
import type { ViewMode } from './view-control';
import { setText, useTelling } from './use-moving';
import type { ViewStore } from './view-store';

export type Panel = 'none' | 'legend' | 'keys' | 'picture' | 'variables';

export interface ToolbarProps {
  readonly views: ViewStore;
  readonly running: boolean;
  readonly disabled: boolean;
  readonly arrows: boolean;
  readonly panel: Panel;
  /** Whether there are variables to choose lanes for. */
  readonly variables: boolean;
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
  const modeOf = (): ViewMode => views.get().mode;
  const mode = useSyncExternalStore(views.subscribe, modeOf, modeOf);
  const button = (icon: IconName, label: string, act: () => void, extra: object = {}): ReactElement => (
    <button type="button" className="wt-button" title={label} aria-label={label} onClick={act} disabled={disabled} {...extra}>
      <Icon name={icon} />
    </button>
  );
  const toggle = (which: Panel): void => props.onPanel(panel === which ? 'none' : which);
  return (
    <div className="wt-toolbar" role="toolbar" aria-label={translate('timeline.tool.label')}>
      <InView views={views} disabled={disabled} />
      {props.children}
      {running && button('follow', translate('timeline.tool.follow'), props.onFollow, { 'aria-pressed': mode === 'follow' })}
      <span className="wt-group">
        {button('zoomOut', translate('timeline.tool.zoomOut'), () => props.onZoom(1 / 1.6))}
        {button('zoomIn', translate('timeline.tool.zoomIn'), () => props.onZoom(1.6))}
        {button('fit', translate('timeline.tool.fit'), props.onFit, { 'aria-pressed': mode === 'fit' })}
      </span>
      {arrows && <Thinned views={views} />}
      <span className="wt-group">
        {props.onNote !== undefined && button('flag', translate('timeline.tool.note'), props.onNote)}
        {button('arrows', translate('timeline.tool.arrows'), () => props.onArrows(!arrows), { 'aria-pressed': arrows })}
        {button('variables', translate('timeline.variables.title'), () => toggle('variables'),
          { 'aria-expanded': panel === 'variables', disabled: disabled || !props.variables })}
        {button('picture', translate('timeline.tool.picture'), () => toggle('picture'), { 'aria-expanded': panel === 'picture' })}
        {button('legend', translate('timeline.tool.legend'), () => toggle('legend'),
          { 'aria-expanded': panel === 'legend', disabled: false })}
        {button('keys', translate('timeline.tool.keys'), () => toggle('keys'),
          { 'aria-expanded': panel === 'keys', disabled: false })}
      </span>
    </div>
  );
}

/** How much time is in view. */
function InView({ views, disabled }: Pick<ToolbarProps, 'views' | 'disabled'>): ReactElement {
  const ref = useRef<HTMLSpanElement>(null);
  useTelling(views, ({ viewport }) => {
    const duration = formatDuration(viewport.end - viewport.start);
    if (ref.current !== null) setText(ref.current, disabled ? '' : translate('timeline.tool.span', { duration }));
  });
  return <span ref={ref} className="wt-span" aria-hidden={disabled} />;
}

/** That not each arrow is drawn. It keeps its place where all are, so that nothing beside it moves. */
function Thinned({ views }: Pick<ToolbarProps, 'views'>): ReactElement {
  const ref = useRef<HTMLSpanElement>(null);
  useTelling(views, ({ stride }) => {
    if (ref.current !== null) setText(ref.current, stride > 1 ? translate('timeline.tool.thinned', { stride }) : '');
  });
  return <span ref={ref} className="wt-thinned" title={translate('timeline.tool.thinnedAbout')} />;
}
