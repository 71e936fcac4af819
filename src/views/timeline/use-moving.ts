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
