import type { Viewport } from '../../render/viewport';
import type { ViewMode } from './view-control';

export interface ShownView {
  readonly viewport: Viewport;
  readonly mode: ViewMode;
  /** One arrow in so many is drawn. */
  readonly stride: number;
}

/** The view as it was last drawn, for the few elements that move with it: the rest of the page need not know. */
export class ViewStore {
  private view: ShownView = { viewport: { start: 0, end: 1, width: 0 }, mode: 'fit', stride: 1 };
  private readonly listeners = new Set<() => void>();

  readonly get = (): ShownView => this.view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(view: ShownView): void {
    if (view.viewport === this.view.viewport && view.mode === this.view.mode && view.stride === this.view.stride) return;
    this.view = view;
    for (const listener of this.listeners) listener();
  }
}
