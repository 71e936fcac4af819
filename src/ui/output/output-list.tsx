import { useEffect, useMemo, useRef, useState, type CSSProperties, type ReactElement } from 'react';
import type { Tid } from '../../protocol/ids';
import { lastOutputRows, type OutputRow } from '../../state/output-rows';
import { withoutLibrary } from '../../state/traceback';
import { formatMoment } from '../../text/duration';
import type { TraceModel } from '../../trace/trace';
import { Button } from '../controls/button';
import { usePage, useRun, useText, useView } from '../page';
import { processColor } from '../process-color';
import styles from './output-pane.module.css';

/** Rows drawn at once; more of them only on request, for a program may print a million. */
const ROWS_AT_ONCE = 200;
/** Within this of the end the list counts as being at the end, and follows what comes. */
const END_PX = 24;

/** `output`: what of the run's is shown. */
export function OutputList({ model, output }: {
  readonly model: TraceModel;
  readonly output: TraceModel['output'];
}): ReactElement {
  const text = useText();
  const running = useRun((state) => state.phase === 'running' || state.phase === 'starting');
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  // As many again as are drawn, to say how many more there are to ask for.
  const rows = useMemo(() => lastOutputRows(output, shown + ROWS_AT_ONCE), [output, shown]);
  const list = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  useEffect(() => {
    if (following.current) toEnd(list.current);
  }, [rows]);
  const some = rows.length > 0;
  useEffect(() => {
    const box = list.current;
    if (box === null) return undefined;
    // What comes below (a finding, a question) takes room from the list.
    const observer = new ResizeObserver(() => {
      if (following.current) toEnd(box);
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, [some]);

  if (rows.length === 0) {
    return <p className={styles.empty}>{text(running ? 'ui.output.empty' : 'ui.output.nothing')}</p>;
  }
  const hidden = Math.max(0, rows.length - shown);
  return (
    <div className={styles.listFrame}>
      <div
        ref={list} className={styles.list} tabIndex={-1} data-testid="output"
        onScroll={({ currentTarget: box }) => {
          // Hidden behind another tab it is nowhere, which is no choice of the reader's.
          if (box.clientHeight === 0) return;
          following.current = box.scrollHeight - box.scrollTop - box.clientHeight < END_PX;
          setAtEnd(following.current);
        }}
      >
        {hidden > 0 && (
          <Button className={styles.earlier} onClick={() => setShown(shown + ROWS_AT_ONCE)}>
            {text('ui.output.earlier', { count: Math.min(hidden, ROWS_AT_ONCE) })}
          </Button>
        )}
        <ol>
          {rows.slice(hidden).map((row) => <Row key={row.event} row={row} model={model} />)}
        </ol>
      </div>
      {!atEnd && (
        <Button
          look="outlined" icon="down" className={styles.follow}
          onClick={() => {
            following.current = true;
            toEnd(list.current);
          }}
        >
          {text('ui.output.follow')}
        </Button>
      )}
    </div>
  );
}

function toEnd(box: HTMLElement | null): void {
  if (box !== null) box.scrollTop = box.scrollHeight;
}

function Row({ row, model }: { readonly row: OutputRow; readonly model: TraceModel }): ReactElement {
  const text = useText();
  const { view } = usePage();
  const current = useView((state) => state.playhead === row.time);
  const who = nameOf(model, row.task);
  const [whole, setWhole] = useState(false);
  const short = useMemo(() => (
    row.stream === 'stderr' ? withoutLibrary(row.text) : { text: row.text, frames: 0 }
  ), [row.stream, row.text]);
  return (
    <li>
      <button
        type="button" className={styles.row} data-stream={row.stream} aria-current={current || undefined}
        style={{ '--process': processColor(model, row.pid) } as CSSProperties}
        title={text('ui.output.goTo', { who, time: formatMoment(row.time) })}
        onClick={() => view.setPlayhead(row.time)}
      >
        <span className={styles.who}><span>{who}</span><small>{row.pid}</small></span>
        <span className={styles.text} data-part="text">
          {row.stream === 'stderr' && <span className={styles.stream}>{text('ui.output.stderr')}: </span>}
          {whole ? row.text : short.text}
        </span>
      </button>
      {short.frames > 0 && (
        <Button className={styles.frames} aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? text('ui.output.ownFrames') : text('ui.output.allFrames', { count: short.frames })}
        </Button>
      )}
    </li>
  );
}

/** The process, and the thread where it is not the process's first. */
function nameOf(model: TraceModel, tid: Tid): string {
  const task = model.taskByTid.get(tid);
  if (task === undefined) return String(tid);
  const process = model.taskByTid.get(task.pid);
  return process === undefined || process === task ? task.name : `${process.name} › ${task.name}`;
}
