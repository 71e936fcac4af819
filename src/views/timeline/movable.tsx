import { useRef, useState, type ComponentProps, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react';
import type { LaneGutterProps } from './lane-gutter';

interface MovableProps extends ComponentProps<'li'>, Pick<LaneGutterProps, 'onMove'> {
  readonly rowKey: string;
  /** Whether it stays where it is: a thread goes with its process. */
  readonly fixed: boolean;
}

/** Fewer pixels of movement than this are a click. */
const SLACK = 6;

/** The label of a lane, which is dragged up and down by the mouse, or moved by Alt and an arrow key. */
export function Movable({ rowKey, fixed, onMove, className, style, children, ...data }: MovableProps): ReactElement {
  const grip = useRef<number>(undefined);
  const [dragged, setDragged] = useState<number>();
  const press = (event: KeyboardEvent): void => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
    if (!event.altKey || by === undefined || fixed) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(rowKey, { by });
  };
  const down = (event: PointerEvent<HTMLElement>): void => {
    // A finger scrolls.
    if (!fixed && event.pointerType === 'mouse' && event.button === 0) grip.current = event.clientY;
  };
  const move = (event: PointerEvent<HTMLElement>): void => {
    if (grip.current === undefined) return;
    const by = event.clientY - grip.current;
    if (dragged === undefined && Math.abs(by) < SLACK) return;
    // Only from here on: a captured pointer clicks nothing.
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragged(by);
  };
  const up = (event: PointerEvent<HTMLElement>): void => {
    grip.current = undefined;
    if (dragged === undefined) return;
    setDragged(undefined);
    const content = event.currentTarget.parentElement;
    if (content !== null) onMove(rowKey, { y: event.clientY - content.getBoundingClientRect().top });
  };
  return (
    <li
      {...data} className={className} data-dragged={dragged !== undefined || undefined}
      style={dragged === undefined ? style : { ...style, transform: `translateY(${dragged}px)` }}
      onKeyDown={press} onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up}
    >
      {children}
    </li>
  );
}
