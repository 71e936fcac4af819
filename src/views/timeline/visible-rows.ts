import { useEffect, useMemo, useState, type RefObject } from 'react';
import type { Row, RowLayout } from './rows';

/** The window of rows that have labels moves in steps of so many pixels. */
const STEP = 400;

/** The rows near what is scrolled into view: a thousand threads need not have a thousand labels in the page. */
export function useVisibleRows(scroller: RefObject<HTMLElement | null>, layout: RowLayout): readonly Row[] {
  const [span, setSpan] = useState({ from: 0, to: 4 });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void => {
      const from = Math.floor(element.scrollTop / STEP) - 1;
      const to = Math.ceil((element.scrollTop + element.clientHeight) / STEP) + 1;
      setSpan((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller]);
  return useMemo(
    () => layout.rows.filter((row) => row.top + row.height > span.from * STEP && row.top < span.to * STEP),
    [layout, span],
  );
}
