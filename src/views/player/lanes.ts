import type { ThemeName } from '../../render/palette';
import { timeAt, xOf, type Viewport } from '../../render/viewport';
import { formatMoment } from '../../text/duration';
import { currentLanguage, translate } from '../../text/translate';
import type { TraceModel } from '../../trace/trace';
import { TimelineDeriver, type TimelineData } from '../timeline/derive';
import { laneName, sectionName } from '../timeline/lane-names';
import { layoutRows, type Row, type RowLayout } from '../timeline/rows';
import { TimelineStage } from '../timeline/stage';
import { element } from './element';

/** The part of the run that one press of an arrow key moves the playhead by. */
const KEY_STEP = 1 / 100;

/**
 * The timeline of a recorded run, as the page draws it, without what acts on it: one looks, and moves the playhead by
 * dragging or with the arrow keys.
 */
export class Lanes {
  readonly element = element('div', 'wp-lanes');
  private readonly data: TimelineData;
  private readonly layout: RowLayout;
  private readonly stage: TimelineStage;
  private readonly plot: HTMLElement;
  private readonly line = element('div', 'wp-playhead', { 'aria-hidden': 'true' });
  private readonly lines: readonly HTMLElement[];
  private viewport: Viewport | undefined;
  private time = 0;

  constructor(private readonly model: TraceModel, private readonly onTime: (time: number) => void) {
    const data = new TimelineDeriver().derive(model);
    // Who ran on which CPU is folded away on the page, and here is nothing to unfold it with.
    this.data = { ...data, owners: data.owners.filter(({ object }) => object !== undefined) };
    this.layout = layoutRows(this.data);
    const [axis, lanes, overlay] = ['axis', 'lanes', 'overlay'].map(() => element('canvas', '', { 'aria-hidden': 'true' }));
    const head = element('div', 'wp-axis');
    const axisLine = element('div', 'wp-playhead', { 'aria-hidden': 'true' });
    this.lines = [axisLine, this.line];
    head.append(axis, axisLine);
    this.plot = element('div', 'wp-plot', {
      'role': 'slider', 'tabindex': '0', 'aria-label': translate('embed.timeline'), 'aria-valuemin': '0',
      'aria-valuemax': String(Math.round(model.endTime)),
    });
    this.plot.append(lanes, overlay, this.line);
    const gutter = element('div', 'wp-gutter', { 'aria-hidden': 'true' });
    gutter.append(...this.layout.rows.map((row) => this.labelOf(row)));
    const content = element('div', 'wp-content');
    content.style.height = `${this.layout.height}px`;
    content.append(gutter, this.plot);
    const scroller = element('div', 'wp-scroller');
    scroller.append(content);
    this.element.append(head, scroller);
    this.stage = new TimelineStage({ scroller, plot: this.plot, lanes, overlay, axis }, (viewport) => this.onView(viewport));
    for (const part of [head, this.plot]) {
      part.addEventListener('pointerdown', this.scrub);
      part.addEventListener('pointermove', this.scrub);
    }
    this.plot.addEventListener('keydown', this.onKey);
  }

  get end(): number {
    return this.data.bounds.end;
  }

  draw(theme: ThemeName): void {
    const { data, layout } = this;
    this.stage.update({
      data, layout, theme, selection: undefined, hover: undefined, arrows: true, running: false, language: currentLanguage(),
    });
  }

  seek(time: number): void {
    this.time = time;
    this.plot.setAttribute('aria-valuenow', String(Math.round(time)));
    this.plot.setAttribute('aria-valuetext', formatMoment(time));
    this.place();
  }

  dispose(): void {
    this.stage.dispose();
  }

  private onView(viewport: Viewport): void {
    this.viewport = viewport;
    this.place();
  }

  private place(): void {
    const { viewport } = this;
    if (viewport === undefined) return;
    for (const line of this.lines) line.style.transform = `translateX(${xOf(viewport, this.time)}px)`;
  }

  private labelOf(row: Row): HTMLElement {
    const name = row.kind === 'heading' ? sectionName(this.model, row)
      : laneName(this.model, row.kind === 'task' ? row.lane : row.kind === 'object' ? row.object : row.owner);
    const label = element('div', `wp-label wp-${row.kind}`, { title: name }, name);
    label.style.top = `${row.top}px`;
    label.style.height = `${row.height}px`;
    if (row.kind === 'task') {
      label.dataset.depth = String(row.depth);
      label.style.setProperty('--process', `var(--weft-process-${(row.group.order % 8) + 1})`);
    }
    return label;
  }

  private readonly scrub = (event: PointerEvent): void => {
    const { plot, viewport } = this;
    if (event.type === 'pointerdown') plot.setPointerCapture(event.pointerId);
    else if (!plot.hasPointerCapture(event.pointerId)) return;
    if (viewport === undefined) return;
    this.onTime(timeAt(viewport, event.clientX - plot.getBoundingClientRect().left));
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const step = this.end * KEY_STEP * (event.shiftKey ? 10 : 1);
    const to = { ArrowLeft: this.time - step, ArrowRight: this.time + step, Home: 0, End: this.end }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.onTime(to);
  };
}
