import { taskLinesAt } from '../../analysis/task-lines';
import type { SourceFile } from '../../protocol/program';
import type { ThemeName } from '../../render/palette';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { foldMachinery } from '../../trace/folding';
import { buildModel } from '../../trace/model';
import type { Trace, TraceModel } from '../../trace/trace';
import { CodeView } from './code-view';
import { element } from './element';
import { Lanes } from './lanes';

export interface PlayerContent {
  readonly file: SourceFile | undefined;
  readonly trace: Trace | undefined;
}

export interface PlayerOptions {
  readonly show: 'both' | 'code' | 'timeline';
  readonly theme: ThemeName;
  /** Said where there is no recorded run. */
  readonly empty: string;
  readonly onTime: (time: number) => void;
  readonly onPlaying: (playing: boolean) => void;
}

/** A recorded run is played in so many seconds of the reader's, however long it took. */
const PLAY_SECONDS = { least: 4, most: 12 };

/** Code, timeline and output of a recorded run, in step with one playhead. Needs no library, no worker, no isolation. */
export class Player {
  readonly element: HTMLElement;
  readonly end: number;
  private readonly model: TraceModel | undefined;
  private readonly code: CodeView | undefined;
  private readonly lanes: Lanes | undefined;
  private readonly output = element('pre', 'wp-output', { 'role': 'log', 'aria-label': translate('embed.output'), 'tabindex': '0' });
  private printed = -1;
  private frame = 0;
  time = 0;

  constructor({ file, trace }: PlayerContent, private readonly options: PlayerOptions) {
    const { show } = options;
    this.element = element('div', 'wp-player', { 'data-show': show });
    if (file !== undefined && show !== 'timeline') {
      this.code = new CodeView(file, translate('embed.code'));
      this.element.append(this.code.element);
    }
    if (trace === undefined || trace.length === 0) {
      this.end = 0;
      if (show !== 'code' || file === undefined) this.element.append(element('p', 'wp-empty', {}, options.empty));
      return;
    }
    this.model = foldMachinery(buildModel(trace));
    this.end = Math.max(1, this.model.endTime);
    const run = element('div', 'wp-run');
    if (show !== 'code') {
      this.lanes = new Lanes(this.model, (time) => this.moveTo(time));
      run.append(this.lanes.element);
    }
    run.append(this.output);
    this.element.append(run);
  }

  /** Draws for the first time: the element is in the document now, and has a size. */
  begin(time: number | undefined): void {
    this.lanes?.draw(this.options.theme);
    this.seek(time ?? this.end);
  }

  get playing(): boolean {
    return this.frame !== 0;
  }

  /** Where the playhead is, in words. */
  get moment(): string {
    return translate('embed.moment', { moment: formatMoment(this.time, this.end / 1000), end: formatMoment(this.end, this.end / 1000) });
  }

  /** Moves the playhead, and stops playing. */
  moveTo(time: number): void {
    this.pause();
    this.seek(time);
  }

  play(): void {
    if (this.model === undefined || this.playing) return;
    const seconds = Math.min(PLAY_SECONDS.most, Math.max(PLAY_SECONDS.least, this.end / 1e9));
    const perMillisecond = this.end / seconds / 1000;
    let before: number | undefined;
    if (this.time >= this.end) this.seek(0);
    const step = (now: number): void => {
      this.frame = requestAnimationFrame(step);
      this.seek(this.time + (now - (before ?? now)) * perMillisecond);
      before = now;
      if (this.time >= this.end) this.pause();
    };
    this.frame = requestAnimationFrame(step);
    this.options.onPlaying(true);
  }

  pause(): void {
    if (!this.playing) return;
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.options.onPlaying(false);
  }

  dispose(): void {
    this.pause();
    this.lanes?.dispose();
  }

  private seek(time: number): void {
    const { model } = this;
    if (model === undefined) return;
    this.time = Math.min(this.end, Math.max(0, time));
    this.lanes?.seek(this.time);
    const orders = new Map(model.tasks.filter(({ tid, pid }) => tid === pid).map(({ pid }, order) => [pid, order]));
    this.code?.show(taskLinesAt(model, this.time), ({ pid }) => `var(--weft-process-${((orders.get(pid) ?? 0) % 8) + 1})`);
    this.print(model);
    this.options.onTime(this.time);
  }

  /** What had been printed by then. */
  private print(model: TraceModel): void {
    const lines = model.output.filter(({ time }) => time <= this.time);
    if (lines.length === this.printed) return;
    this.printed = lines.length;
    this.output.replaceChildren(...lines.map(({ text, stream }) => element('span', stream === 'stderr' ? 'wp-error' : '', {}, text)));
    this.output.scrollTop = this.output.scrollHeight;
  }
}
