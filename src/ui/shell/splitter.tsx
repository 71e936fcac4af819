import { useRef, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';
import { useText } from '../page';
import styles from './splitter.module.css';

interface SplitterProps {
  /** `columns`: between left and right. */
  readonly between: 'columns' | 'rows';
  readonly label: string;
  /** Part of the first pane, in percent. */
  readonly share: number;
  readonly onShare: (share: number) => void;
  /** The share that a double-click gives back. */
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

const STEP = 2;
const LARGE_STEP = 10;

/**
 * The line between two panes: dragged, or moved by the arrow keys (the pattern "window splitter" of ARIA).
 */
export function Splitter({
  between,
  label,
  share,
  onShare,
  usual,
  least,
  most,
}: SplitterProps): ReactElement {
  const text = useText();
  const parent = useRef<DOMRect | undefined>(undefined);

  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const box = parent.current;
    if (box === undefined) return;
    const share =
      between === 'columns' ? (event.clientX - box.left) / box.width : (event.clientY - box.top) / box.height;
    onShare(share * 100);
  };
  const press = (event: KeyboardEvent): void => {
    const [back, forth] = between === 'columns' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const moved = { [back]: share - step, [forth]: share + step, Home: least, End: most }[event.key];
    if (moved === undefined) return;
    event.preventDefault();
    onShare(moved);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      title={text('ui.pane.resizeTip')}
      aria-orientation={between === 'columns' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(share)}
      aria-valuemin={least}
      aria-valuemax={most}
      className={`${styles.splitter} ${styles[between]}`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        parent.current = event.currentTarget.parentElement?.getBoundingClientRect();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        parent.current = undefined;
      }}
      onLostPointerCapture={() => {
        parent.current = undefined;
      }}
      onDoubleClick={() => onShare(usual)}
      onKeyDown={press}
    />
  );
}
