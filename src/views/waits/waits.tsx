import { useId, useMemo, useRef, type ReactElement } from 'react';
import { waitForGraphAt, type WaitEdge, type WaitForGraph } from '../../analysis/wait-for';
import { translate } from '../../text/translate';
import { describeInterval } from '../../trace/describe';
import { objectLabel, taskLabel, valueLabel } from '../../trace/labels';
import type { Interval, TraceModel } from '../../trace/trace';
import { momentPhrase } from '../parts/moment';
import { processColorOf, StateName, toneStyle } from '../parts/names';
import { useWidth } from '../parts/use-width';
import { selectionOf } from '../timeline/find';
import type { ViewProps } from '../view-props';
import { directionFor, layoutGraph, NODE_HEIGHT, NODE_WIDTH } from './layout';

/** Who waits for whom at the playhead, as a graph and in words; what can never end is said first. */
export function Waits(props: ViewProps): ReactElement {
  const { model, time } = props;
  const graph = useMemo(() => waitForGraphAt(model, time), [model, time]);
  const label = translate('views.waits.label', { at: momentPhrase(model, time) });
  return (
    <section className="wv-view" aria-label={label}>
      <h3 className="wv-title">{label}</h3>
      {graph.cycles.map((cycle) => (
        <p key={cycle[0].interval.event} className="wv-alarm" role="note">{cycleSentence(model, cycle)}</p>
      ))}
      {graph.waits.length === 0 && <p className="wv-empty">{translate('views.waits.none')}</p>}
      {graph.waits.length > 0 && graph.edges.length === 0 && <p className="wv-hint">{translate('views.waits.noEdges')}</p>}
      {graph.edges.length > 0 && <Graph {...props} graph={graph} />}
      {graph.waits.length > 0 && (
        <>
          <h4 className="wv-subtitle">{translate('views.waits.all')}</h4>
          <ul className="wv-list">
            {graph.waits.map((interval) => (
              <li key={interval.task}><StateName {...props} interval={interval}>{waitSentence(model, interval, time)}</StateName></li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Graph(props: ViewProps & { readonly graph: WaitForGraph }): ReactElement {
  const { model, theme, graph, onSelect } = props;
  const frame = useRef<HTMLDivElement>(null);
  const direction = directionFor(useWidth(frame) ?? Infinity);
  const { nodes, edges, width, height } = layoutGraph(graph.edges, graph.cycles, direction);
  const waits = new Map(graph.waits.map((interval) => [interval.task, interval]));
  const marker = useId();
  const inCycle = new Set(graph.cycles.flat().map(({ from }) => from));
  const words = graph.edges.map((edge) => edgeSentence(model, edge)).join(translate('views.waits.separator'));
  return (
    <div ref={frame} className="wv-scroll wv-graph" data-direction={direction} role="region" aria-label={translate('views.waits.graph', { waits: words })} tabIndex={0}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        <defs>
          {(['plain', 'alarm'] as const).map((tone) => (
            <marker key={tone} id={`${marker}-${tone}`} viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8" orient="auto">
              <path d="M0 0 8 4 0 8Z" className="wv-arrow" data-tone={tone} />
            </marker>
          ))}
        </defs>
        {edges.map(({ edge, path, labelX, labelY, inCycle: alarm }) => (
          <g key={`${edge.from} ${edge.to}`} className="wv-edge" data-tone={alarm ? 'alarm' : 'plain'} data-only={edge.only}>
            <path d={path} markerEnd={`url(#${marker}-${alarm ? 'alarm' : 'plain'})`} />
            <text x={labelX} y={labelY} textAnchor="middle">
              {edge.object > 0 ? valueLabel(objectLabel(model, edge.object), 16) : translate('views.waits.its')}
            </text>
          </g>
        ))}
        {nodes.map(({ tid, x, y }) => (
          <g
            key={tid} className="wv-node" data-tone={inCycle.has(tid) ? 'alarm' : 'plain'}
            style={toneStyle(processColorOf(model, model.taskByTid.get(tid)?.pid ?? tid, theme))}
            onClick={() => {
              const wait = waits.get(tid);
              onSelect(wait === undefined ? { kind: 'task', tid } : selectionOf(wait));
            }}
          >
            <rect x={x} y={y - NODE_HEIGHT / 2} width={NODE_WIDTH} height={NODE_HEIGHT} rx={6} />
            <rect x={x} y={y - NODE_HEIGHT / 2 + 5} width={3} height={NODE_HEIGHT - 10} className="wv-stripe" />
            <text x={x + 12} y={y + 4}>{valueLabel(taskLabel(model, tid), 17)}</text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** The wait as it stands at the playhead: how it ended later is another question. */
function waitSentence(model: TraceModel, interval: Interval, time: number): string {
  const sofar = { ...interval, end: Math.min(interval.end, Math.max(time, interval.start)), open: true };
  return describeInterval(model, sofar);
}

export function cycleSentence(model: TraceModel, cycle: readonly WaitEdge[]): string {
  if (cycle.length === 1) {
    const [{ from, object }] = cycle;
    return translate('views.waits.deadlockSelf', { task: taskLabel(model, from), object: objectLabel(model, object) });
  }
  const chain = cycle.map((edge) => edgeSentence(model, edge)).join(translate('views.waits.separator'));
  return translate('views.waits.deadlock', { chain });
}

function edgeSentence(model: TraceModel, { from, to, object, only }: WaitEdge): string {
  const words = { task: taskLabel(model, from), holder: taskLabel(model, to), object: objectLabel(model, object) };
  if (object === 0) return translate('views.waits.linkTask', words);
  return translate(only ? 'views.waits.link' : 'views.waits.linkOneOf', words);
}

