import { useEffectEvent, useLayoutEffect } from 'react';
import type { ShownView, ViewStore } from './view-store';

/** Sets what an element says; the same text again would be laid out anew. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Lets `place` put elements where the view has moved to. A frame of zooming or panning renders nothing by React: it has no time for it. */
export function useMoving(views: ViewStore, place: (view: ShownView) => void): void {
  const placeNow = useEffectEvent(() => place(views.get()));
  useLayoutEffect(() => views.subscribe(() => placeNow()), [views]);
  useLayoutEffect(() => placeNow());
}

/** Nobody reads faster, and letters that change have the whole page laid out and painted anew. */
const READ_MS = 120;

/** As {@link useMoving}, for what is read: while the view moves it is said some times a second, and once more when it stands. */
export function useTelling(views: ViewStore, say: (view: ShownView) => void): void {
  const sayNow = useEffectEvent(() => say(views.get()));
  useLayoutEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let said = -Infinity;
    const sayIt = (): void => {
      timer = undefined;
      said = performance.now();
      sayNow();
    };
    const stop = views.subscribe(() => {
      // Nobody moves a view that shows all there is.
      const rest = views.get().mode === 'fit' ? 0 : said + READ_MS - performance.now();
      if (rest > 0) {
        timer ??= setTimeout(sayIt, rest);
        return;
      }
      clearTimeout(timer);
      sayIt();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [views]);
  useLayoutEffect(() => sayNow());
}
