import {
  between, centreOn, fitRange, panBy, reveal, showRange, spanOf, zoomAt, keepWithin, type TimeRange, type Viewport,
} from '../../render/viewport';

/**
 * What the view does as a run grows: `fit` shows the whole of it, `follow` keeps its end in view, `free` stays where the
 * reader put it.
 */
export type ViewMode = 'fit' | 'follow' | 'free';

const MOVE_MS = 180;
/** A run that has just begun is shown as if it had this long a past, or its axis would race through the scales. */
const RUNNING_AT_LEAST = 50e6;
/** While following, the end stands here, and leaves room for what comes. */
const FOLLOW_AT = 0.92;

/** The part of time in view, moved by the reader and by the run. It draws nothing and knows no clock of its own. */
export class ViewControl {
  mode: ViewMode = 'fit';
  private bounds: TimeRange = { start: 0, end: 1 };
  private current: Viewport = { start: 0, end: 1, width: 1 };
  private move: { readonly from: Viewport; readonly to: Viewport; begun: number | undefined } | undefined;

  /** `animates` is asked for each movement: readers may want none. */
  constructor(private readonly animates: () => boolean) {}

  get viewport(): Viewport {
    return this.current;
  }

  /** Where a movement under way will end; the viewport where none is. */
  get target(): Viewport {
    return this.move?.to ?? this.current;
  }

  get moving(): boolean {
    return this.move !== undefined;
  }

  resize(width: number): void {
    if (width === this.current.width || width <= 0) return;
    this.current = { ...this.current, width };
    if (this.move !== undefined) this.move = { ...this.move, to: { ...this.move.to, width } };
    if (this.mode === 'fit') this.jump(fitRange(this.bounds, width));
  }

  /** The run is `end` long now. */
  setEnd(end: number, running: boolean): void {
    const bounds = { start: 0, end: Math.max(1, running ? Math.max(end, RUNNING_AT_LEAST) : end) };
    this.bounds = bounds;
    if (this.mode === 'fit') this.jump(fitRange(bounds, this.current.width));
    else if (this.mode === 'follow') this.jump(centreOn(this.current, end, bounds, FOLLOW_AT));
    else if (this.target.start >= bounds.end) this.jump(keepWithin(this.target, bounds));
  }

  /** Begins again with a run that has nothing to do with what was in view. */
  reset(): void {
    this.mode = 'fit';
    this.move = undefined;
  }

  zoom(x: number, factor: number): void {
    this.mode = 'free';
    this.jump(zoomAt(this.target, x, factor, this.bounds));
  }

  /** As {@link zoom}, in a movement one can follow with the eye. */
  zoomSlowly(x: number, factor: number): void {
    this.mode = 'free';
    this.goTo(zoomAt(this.target, x, factor, this.bounds));
  }

  pan(dx: number): void {
    this.mode = 'free';
    this.jump(panBy(this.target, dx, this.bounds));
  }

  panSlowly(part: number): void {
    this.mode = 'free';
    this.goTo(panBy(this.target, part * this.current.width, this.bounds));
  }

  fit(): void {
    this.mode = 'fit';
    this.goTo(fitRange(this.bounds, this.current.width));
  }

  follow(): void {
    this.mode = 'follow';
    this.goTo(centreOn(this.target, this.bounds.end, this.bounds, FOLLOW_AT));
  }

  show(range: TimeRange): void {
    this.mode = 'free';
    this.goTo(showRange(range, this.bounds, this.current.width));
  }

  /** Moves only as far as is needed for a moment to be in view. */
  reveal(time: number): void {
    const to = reveal(this.target, time, this.bounds);
    // Near the ends of the run there is nowhere to go.
    if (Math.abs(to.start - this.target.start) < spanOf(to) * 1e-6) return;
    this.mode = 'free';
    this.goTo(to);
  }

  /** Brings a moment into the middle at once: the reader drags. */
  centre(time: number): void {
    this.mode = 'free';
    this.jump(centreOn(this.target, time, this.bounds));
  }

  goToEnd(which: 'start' | 'end'): void {
    this.mode = 'free';
    this.goTo(centreOn(this.target, which === 'start' ? 0 : this.bounds.end, this.bounds, which === 'start' ? 0.02 : 0.98));
  }

  /** Advances a movement to `now` (milliseconds of any clock that goes forward). */
  tick(now: number): void {
    const { move } = this;
    if (move === undefined) return;
    move.begun ??= now;
    const part = Math.min(1, (now - move.begun) / MOVE_MS);
    if (part === 1) {
      this.current = move.to;
      this.move = undefined;
      return;
    }
    const eased = 1 - (1 - part) ** 3;
    this.current = between(move.from, move.to, eased);
  }

  private goTo(to: Viewport): void {
    if (!this.animates() || this.current.width <= 1) {
      this.jump(to);
      return;
    }
    const still = Math.abs(to.start - this.current.start) + Math.abs(spanOf(to) - spanOf(this.current)) === 0;
    this.move = still ? undefined : { from: this.current, to, begun: undefined };
  }

  private jump(to: Viewport): void {
    this.move = undefined;
    this.current = to;
  }
}
