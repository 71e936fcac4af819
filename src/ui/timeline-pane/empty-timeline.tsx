import type { ReactElement } from 'react';
import { useRun, useText } from '../page';
import { isRunning } from '../run-phase';
import styles from './timeline-pane.module.css';

/** Before the first run: what the timeline will show, in the colours it will have. */
export function EmptyTimeline(): ReactElement {
  const text = useText();
  const starting = useRun((state) => isRunning(state.phase));
  if (starting) return <Starting />;
  return (
    <div className={styles.empty}>
      <Sketch />
      <h3>{text('ui.timeline.emptyTitle')}</h3>
      <ul>
        <li>{text('ui.timeline.emptyLanes')}</li>
        <li>{text('ui.timeline.emptyObjects')}</li>
        <li>{text('ui.timeline.emptyPlayhead')}</li>
      </ul>
    </div>
  );
}

/** While the language comes, which the first run of a visit may have to wait for. */
function Starting(): ReactElement {
  const text = useText();
  const boot = useRun((state) => state.boot);
  return (
    <div className={styles.starting}>
      <p>{boot === undefined ? text('ui.timeline.starting') : text(`ui.boot.${boot.stage}`)}</p>
      {boot !== undefined && (
        <progress max={1} value={boot.fraction} aria-label={text(`ui.boot.${boot.stage}`)} />
      )}
    </div>
  );
}

/** Two lanes, a queue's depth and the messages between them: [state, from, to] of each interval. */
const PRODUCER = [
  ['running', 0, 70],
  ['wait-data', 70, 120],
  ['running', 120, 150],
  ['wait-data', 150, 215],
  ['running', 215, 240],
] as const;
const CONSUMER = [
  ['wait-data', 0, 40],
  ['running', 40, 115],
  ['ready', 115, 125],
  ['running', 125, 205],
  ['running', 215, 300],
] as const;
const MESSAGES = [
  [30, 40],
  [115, 125],
  [205, 215],
] as const;

function Sketch(): ReactElement {
  return (
    <svg className={styles.sketch} viewBox="0 0 320 112" aria-hidden="true" focusable="false">
      {[PRODUCER, CONSUMER].map((lane, row) =>
        lane.map(([state, from, to]) => (
          <rect
            key={`${row}-${from}`}
            x={10 + from}
            y={row === 0 ? 8 : 46}
            width={to - from - 1.5}
            height="16"
            rx="3"
            fill={`var(--weft-state-${state})`}
            opacity={state === 'wait-data' ? 0.35 : 0.85}
          />
        )),
      )}
      {MESSAGES.map(([from, to]) => (
        <path
          key={from}
          d={`M${10 + from} 24C${10 + from} 36 ${10 + to} 34 ${10 + to} 44`}
          fill="none"
          stroke="var(--weft-text-muted)"
          strokeWidth="1.2"
        />
      ))}
      <path
        d="M10 104V98H40V92H50V98H80V92H95V86H125V92H150V86H160V80H215V86H245V92H270V98H310V104Z"
        fill="var(--weft-state-wait-data)"
        opacity="0.25"
      />
      <path d="M10 104.5H310" stroke="var(--weft-border-strong)" />
      <path d="M168 2V110" stroke="var(--weft-accent)" strokeWidth="1.5" />
      <circle cx="168" cy="3" r="3" fill="var(--weft-accent)" />
    </svg>
  );
}
