import { useMemo, type ReactElement } from 'react';
import { IntervalTrack } from '../../render/interval-track';
import { STYLE_COUNT, type ThemeName } from '../../render/palette';
import { timeTicks } from '../../render/time-ticks';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import { taskLabel } from '../../trace/describe';
import { foldMachinery } from '../../trace/folding';
import type { TraceModel } from '../../trace/trace';
import { LaneStrips } from '../parts/lane-strips';
import { numberedName } from '../parts/numbered-name';
import { intervalStyleCode } from '../timeline/interval-style';

interface BothLanesProps {
  readonly model: TraceModel;
  readonly other: TraceModel;
  readonly theme: ThemeName;
  /** When each of them goes another way than the other. */
  readonly parting: readonly [number, number] | undefined;
}

const LANES_AT_MOST = 40;
/** About so many pixels are there for the lanes: as many ticks as are to be read in them. */
const USUAL_WIDTH = 480;
/** Behind this part of the axis a tick has no room for its word. */
const LAST_TICK = 0.82;
const STRIP_HEIGHT = 9;
const STRIP_GAP = 2;
const nothing = new IntervalTrack(STYLE_COUNT);

/** For each task its lane in both runs, by name, on an axis as long as the longer run. */
export function BothLanes({ model, other, theme, parting }: BothLanesProps): ReactElement {
  const folded = useMemo(() => foldMachinery(other), [other]);
  const { rows, left } = useMemo(() => {
    const [first, second] = [tracksOf(model), tracksOf(folded)];
    const names = [...new Set([...first.keys(), ...second.keys()])];
    const shown = names.slice(0, LANES_AT_MOST).map((name) => ({ name, tracks: [first.get(name) ?? nothing, second.get(name) ?? nothing] }));
    return { rows: shown, left: names.length - shown.length };
  }, [model, folded]);
  const range = useMemo(() => ({ start: 0, end: Math.max(1, model.endTime, folded.endTime) }), [model, folded]);
  const { times, step } = useMemo(() => timeTicks({ ...range, width: USUAL_WIDTH }), [range]);
  const ticks = times.filter((time) => time < LAST_TICK * range.end);
  const at = (time: number): string => `${(time / range.end) * 100}%`;
  return (
    <figure className="wv-both">
      <figcaption className="wv-hint">{translate('views.compare.strips')}</figcaption>
      <div className="wv-both-axis" aria-hidden="true">
        <span />
        <div>{ticks.map((time) => <i key={time} style={{ left: at(time) }}>{time === 0 ? '0' : formatMoment(time, step)}</i>)}</div>
      </div>
      <div role="img" aria-label={translate('views.compare.lanes')}>
        {rows.map(({ name, tracks }) => (
          <div key={name}>
            <span title={name}>{numberedName(name).map((part) => <span key={part}>{part}</span>)}</span>
            <div>
              <LaneStrips tracks={tracks} range={range} theme={theme} height={STRIP_HEIGHT} gap={STRIP_GAP} />
              {parting?.map((time, index) => (
                <i key={index} style={{ left: at(time), top: index * (STRIP_HEIGHT + STRIP_GAP), height: STRIP_HEIGHT }} />
              ))}
            </div>
          </div>
        ))}
      </div>
      {left > 0 && <p className="wv-hint">{translate('views.compare.more', { count: left })}</p>}
    </figure>
  );
}

/** By name: the number of a task may differ from run to run where its name does not. */
function tracksOf(model: TraceModel): ReadonlyMap<string, IntervalTrack> {
  const tracks = new Map<string, IntervalTrack>();
  for (const [tid, intervals] of model.intervals) {
    const track = new IntervalTrack(STYLE_COUNT);
    for (const { start, end, state, reason } of intervals) track.append(start, end, intervalStyleCode(state, reason));
    tracks.set(taskLabel(model, tid), track);
  }
  return tracks;
}
