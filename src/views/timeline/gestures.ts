export type PointerKind = 'mouse' | 'touch';

/** What gestures on the drawing ask for. Points are CSS pixels from its left edge and from the top of the content. */
export interface GestureTarget {
  zoom(x: number, factor: number): void;
  /** `dx`, `dy`: by how much what is later, or lower, comes into view. */
  pan(dx: number, dy: number): void;
  /** The wheel was turned alone: the browser scrolls the lanes or, where they are at their end, the page. */
  scroll(dy: number): void;
  point(x: number, y: number): void;
  leave(): void;
  click(x: number, y: number, kind: PointerKind): void;
  /** True while the view is dragged, for the cursor. */
  dragging(active: boolean): void;
}

/** Fewer pixels of movement than this are a click of an unsteady hand. */
const CLICK_SLACK = 4;
const TOUCH_SLACK = 9;
/** What a notch of a wheel (100 pixels) zooms by is about a third; a trackpad sends many small steps. */
const WHEEL_ZOOM = 0.0028;
const PINCH_WHEEL_ZOOM = 0.011;
const LINE_PIXELS = 16;

interface Contact {
  x: number;
  y: number;
}

/**
 * Listens to wheel, mouse, pen and fingers on `element`, until the returned function is called. One finger moves through
 * time (up and down is left to the page), two zoom. The wheel does what it does in Perfetto: alone it scrolls the lanes, with
 * Control (or a pinch) it zooms, with Shift or sideways it moves through time.
 */
export function listenToGestures(element: HTMLElement, target: GestureTarget): () => void {
  const abort = new AbortController();
  const contacts = new Map<number, Contact>();
  let begun: (Contact & { readonly id: number; readonly kind: PointerKind }) | undefined;
  let dragged = false;

  const pointIn = (event: { clientX: number; clientY: number }): Contact => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const finish = (event: PointerEvent, isClick: boolean): void => {
    if (!contacts.delete(event.pointerId)) return;
    if (isClick && begun?.id === event.pointerId && !dragged) target.click(begun.x, begun.y, begun.kind);
    if (contacts.size > 0) return;
    if (dragged) target.dragging(false);
    begun = undefined;
    dragged = false;
  };

  const listen = <Name extends keyof HTMLElementEventMap>(
    name: Name, handle: (event: HTMLElementEventMap[Name]) => void, passive = true,
  ): void => element.addEventListener(name, handle, { signal: abort.signal, passive });

  listen('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button !== 0 && event.button !== 1) return;
    const point = pointIn(event);
    contacts.set(event.pointerId, point);
    element.setPointerCapture(event.pointerId);
    if (contacts.size > 1) {
      dragged = true;
      target.leave();
    } else {
      begun = { ...point, id: event.pointerId, kind: event.pointerType === 'touch' ? 'touch' : 'mouse' };
      dragged = false;
    }
  });
  listen('pointermove', (event) => {
    const point = pointIn(event);
    const before = contacts.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType !== 'touch') target.point(point.x, point.y);
      return;
    }
    if (contacts.size === 2) {
      pinch(contacts, event.pointerId, point, target);
    } else if (begun !== undefined) {
      const slack = begun.kind === 'touch' ? TOUCH_SLACK : CLICK_SLACK;
      if (!dragged && Math.hypot(point.x - begun.x, point.y - begun.y) < slack) return;
      if (!dragged) target.leave();
      dragged = true;
      target.dragging(true);
      target.pan(before.x - point.x, event.pointerType === 'touch' ? 0 : before.y - point.y);
    }
    // The element scrolls with its content, so that what is under a resting pointer has a new y.
    const after = pointIn(event);
    contacts.set(event.pointerId, after);
  });
  listen('pointerup', (event) => finish(event, true));
  listen('pointercancel', (event) => finish(event, false));
  listen('pointerleave', (event) => {
    if (!contacts.has(event.pointerId)) target.leave();
  });
  listen('wheel', (event) => {
    const unit = event.deltaMode === 1 ? LINE_PIXELS : event.deltaMode === 2 ? element.clientHeight : 1;
    const dx = event.deltaX * unit;
    const dy = event.deltaY * unit;
    if (event.ctrlKey || event.metaKey) {
      // Browsers report a pinch on a trackpad as a wheel with control held, in small steps.
      const small = Math.abs(dy) < 40;
      event.preventDefault();
      target.zoom(pointIn(event).x, Math.exp(-dy * (small ? PINCH_WHEEL_ZOOM : WHEEL_ZOOM)));
    } else if (event.shiftKey) {
      event.preventDefault();
      target.pan(dx === 0 ? dy : dx, 0);
    } else if (Math.abs(dx) > Math.abs(dy)) {
      // Sideways on a trackpad: without this the browser would take it for a step back in its history.
      event.preventDefault();
      target.pan(dx, 0);
    } else {
      target.scroll(dy);
    }
  }, false);
  return () => abort.abort();
}

/** Keeps the times under two fingers under them. */
function pinch(contacts: ReadonlyMap<number, Contact>, id: number, point: Contact, target: GestureTarget): void {
  const [first, second] = [...contacts].map(([each, before]) => ({ before, after: each === id ? point : before }));
  if (first === undefined || second === undefined) return;
  const before = Math.max(12, Math.abs(first.before.x - second.before.x));
  const after = Math.max(12, Math.abs(first.after.x - second.after.x));
  const middleBefore = (first.before.x + second.before.x) / 2;
  const middleAfter = (first.after.x + second.after.x) / 2;
  target.zoom(middleAfter, after / before);
  target.pan(middleBefore - middleAfter, 0);
}
