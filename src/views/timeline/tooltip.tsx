import type { ReactElement } from 'react';
import { StyleCode, palettes, type ThemeName } from '../../render/palette';
import { formatMoment } from '../../text/duration';
import { translate } from '../../text/translate';
import type { TimelineData } from './derive';
import type { Hit } from './hit';
import { intervalStyle } from './interval-style';
import { linkColor } from './paint-overlay';
import { chartColor } from './paint-charts';
import { hitSentence } from './sentences';

export interface Pointed {
  readonly hit: Hit;
  /** In the window. */
  readonly x: number;
  readonly y: number;
}

interface TooltipProps {
  readonly pointed: Pointed;
  readonly data: TimelineData;
  readonly theme: ThemeName;
}

const DISTANCE = 14;

/** Says in a sentence what is under the pointer, on the side of it where there is room. */
export function Tooltip({ pointed, data, theme }: TooltipProps): ReactElement | null {
  const sentence = hitSentence(data, pointed.hit);
  if (sentence === '') return null;
  const toLeft = pointed.x > window.innerWidth / 2;
  const above = pointed.y > window.innerHeight - 120;
  return (
    <div
      className="wt-tooltip" aria-hidden="true"
      style={{
        ['--wt-color' as string]: toneOf(pointed.hit, data, theme),
        left: toLeft ? undefined : pointed.x + DISTANCE,
        right: toLeft ? document.documentElement.clientWidth - pointed.x + DISTANCE : undefined,
        top: above ? undefined : pointed.y + DISTANCE,
        bottom: above ? window.innerHeight - pointed.y + DISTANCE : undefined,
      }}
    >
      <p>{sentence}</p>
      <small>{momentOf(pointed.hit, data)}</small>
    </div>
  );
}

function toneOf(hit: Hit, data: TimelineData, theme: ThemeName): string {
  const palette = palettes[theme];
  switch (hit.kind) {
    case 'interval': {
      const interval = data.lanes.get(hit.tid)?.intervals[hit.index];
      return interval === undefined ? palette.border : palette.styles[StyleCode[intervalStyle(interval.state, interval.reason)]].color;
    }
    case 'link': {
      const link = data.model.links.at(hit.index);
      return link === undefined ? palette.border : linkColor(link.kind, palette);
    }
    case 'series': return chartColor(data.model.objectById.get(hit.object)?.type ?? 'none', palette);
    default: return palette.text;
  }
}

function momentOf(hit: Hit, data: TimelineData): string {
  const fromTo = (start: number, end: number): string =>
    translate('timeline.details.from', { from: formatMoment(start), to: formatMoment(end) });
  switch (hit.kind) {
    case 'interval': {
      const interval = data.lanes.get(hit.tid)?.intervals[hit.index];
      return interval === undefined ? '' : fromTo(interval.start, interval.end);
    }
    case 'marker': return translate('timeline.details.at', { at: formatMoment(data.model.trace.time[hit.event]) });
    case 'link': {
      const link = data.model.links.at(hit.index);
      return link === undefined ? '' : fromTo(link.fromTime, link.toTime);
    }
    default: return translate('timeline.details.at', { at: formatMoment(hit.time) });
  }
}
