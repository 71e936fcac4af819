import { describe, expect, it } from 'vitest';
import { EventKindCode } from '../protocol/trace-events';
import type { TraceModel } from '../trace/trace';
import { COLUMN } from '../trace/trace-text';
import { modelFromText } from '../trace/test-support/models';
import { flattenTree, processTreeAt } from './process-tree';
import { recorded } from './test-support/recorded';

function told(model: TraceModel, time: number): string {
  return flattenTree(processTreeAt(model, time)).map(({ node, depth }) => {
    const threads = node.threads.map(({ info, state }) => ` +${info.name}:${state}`).join('');
    const orphan = node.orphanOf === undefined ? '' : `, orphan of ${node.orphanOf}`;
    return `${'  '.repeat(depth)}${node.info?.name ?? 'init'} ${node.state}${orphan}${threads}`;
  }).join('\n');
}

describe('the process tree', () => {
  it('has each process below its parent, with the state it is in', () => {
    const model = modelFromText(`
      main  | fork:child    .            .           .           reap:child
      child | .             fork:inner   .           exit        .
      inner | .             .            sleep       .           .
    `);
    expect(told(model, 0.5 * COLUMN)).toBe('main running\n  child ready');
    expect(told(model, 2.5 * COLUMN)).toBe('main running\n  child running\n    inner blocked');
    expect(told(model, 3.5 * COLUMN)).toBe('main running\n  child zombie\n    inner blocked');
    expect(told(model, 4.5 * COLUMN)).toContain('child dead');
  });

  it('gives an orphan to init from the moment its parent dies', () => {
    const model = recorded('orphan');
    const { trace } = model;
    const adopted = trace.time[trace.kind.indexOf(EventKindCode['task-adopt'])];
    expect(told(model, adopted - 1)).toMatch(/^main \w+\n {2}child \w+\n {4}grandchild \w+$/);
    expect(told(model, adopted)).toMatch(/^init running\n {2}main \w+\n {4}child \w+\n {2}grandchild \w+, orphan of 3$/);
    expect(told(model, model.endTime - 2e7)).toMatch(/ {4}child zombie\n {2}grandchild \w+, orphan of 3/);
  });

  it('shows a zombie until it is collected, and threads at their process', () => {
    const model = modelFromText(`
      main | thread:t  fork:c  .     .
      t    | .         .       .     exit
      c    | .         .       exit  .
    `);
    expect(told(model, 3.5 * COLUMN)).toBe('main running +t:dead\n  c zombie');
  });
});
