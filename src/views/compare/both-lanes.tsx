import { useMemo, type ReactElement } from 'react';
import { IntervalTrack } from '../../render/interval-track';
import { STYLE_COUNT, type ThemeName } from '../../render/palette';
import { translate } from '../../text/translate';
import { taskLabel } from '../../trace/describe';
import { foldMachinery } from '../../trace/folding';
import type { TraceModel } from '../../trace/trace';
import { LaneStrips } from '../parts/lane-strips';
import { intervalStyleCode } from '../timeline/interval-style';

interface BothLanesProps {
  readonly model: TraceModel;
  readonly other: TraceModel;
  readonly theme: ThemeName;
}

const LANES_AT_MOST = 40;
const nothing = new IntervalTrack(STYLE_COUNT);

/** For each task its lane in both runs, by name, on an axis as long as the longer run. */
export function BothLanes({ model, other, theme }: BothLanesProps): ReactElement {
  const folded = useMemo(() => foldMachinery(other), [other]);
  const rows = useMemo(() => {
    const [first, second] = [tracksOf(model), tracksOf(folded)];
    const names = [...new Set([...first.keys(), ...second.keys()])].slice(0, LANES_AT_MOST);
    return names.map((name) => ({ name, tracks: [first.get(name) ?? nothing, second.get(name) ?? nothing] }));
  }, [model, folded]);
  const range = useMemo(() => ({ start: 0, end: Math.max(1, model.endTime, folded.endTime) }), [model, folded]);
  return (
    <div className="wv-both" role="img" aria-label={translate('views.compare.lanes')}>
      {rows.map(({ name, tracks }) => (
        <div key={name}>
          <span>{name}</span>
          <LaneStrips tracks={tracks} range={range} theme={theme} height={9} gap={2} />
        </div>
      ))}
    </div>
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
