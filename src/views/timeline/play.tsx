import { useEffect, useEffectEvent, type ReactElement } from 'react';
import { translate } from '../../text/translate';
import { Icon } from './icons';

/** How much of the run passes in a second of the reader's. */
export const SPEEDS = [0.001, 0.01, 0.1, 0.25, 1, 4] as const;
export type Speed = (typeof SPEEDS)[number];

const USUAL: Speed = 0.1;

/** The speed to choose from that is nearest to one that somebody else had. */
export function offeredSpeed(speed: number = USUAL): Speed {
  const apart = (each: Speed): number => Math.abs(Math.log(each / speed));
  return SPEEDS.reduce((nearest, each) => (apart(each) < apart(nearest) ? each : nearest));
}

interface PlayingProps {
  readonly time: number;
  readonly end: number;
  readonly speed: Speed;
  readonly onTime: (time: number) => void;
  readonly onEnd: () => void;
}

/** The page is drawn anew for each step: more than so many a second nobody sees. */
const STEP_MS = 33;

/** Moves the playhead while it is there. */
export function Playing({ time, end, speed, onTime, onEnd }: PlayingProps): null {
  const step = useEffectEvent((passed: number) => {
    const next = time + passed * 1e6 * speed;
    if (next >= end) {
      onTime(end);
      onEnd();
    } else {
      onTime(next);
    }
  });
  useEffect(() => {
    let before = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      step(now - before);
      before = now;
    }, STEP_MS);
    return () => clearInterval(timer);
  }, []);
  return null;
}

interface PlayControlsProps {
  readonly playing: boolean;
  readonly speed: Speed;
  readonly disabled: boolean;
  readonly onPlay: (playing: boolean) => void;
  readonly onSpeed: (speed: Speed) => void;
}

export function PlayControls({ playing, speed, disabled, onPlay, onSpeed }: PlayControlsProps): ReactElement {
  const label = translate(playing ? 'timeline.tool.pause' : 'timeline.tool.play');
  return (
    <span className="wt-group">
      <button
        type="button" className="wt-button" title={label} aria-label={label} aria-pressed={playing} disabled={disabled}
        onClick={() => onPlay(!playing)}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <select
        className="wt-speed" value={speed} disabled={disabled} aria-label={translate('timeline.tool.speed')}
        title={translate('timeline.tool.speed')} onChange={(event) => onSpeed(Number(event.currentTarget.value) as Speed)}
        onKeyDown={(event) => event.stopPropagation()}
      >
        {SPEEDS.map((each) => <option key={each} value={each}>{translate('timeline.tool.times', { speed: each })}</option>)}
      </select>
    </span>
  );
}
