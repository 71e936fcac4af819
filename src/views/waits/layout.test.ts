import { describe, expect, it } from 'vitest';
import { waitForGraphAt } from '../../analysis/wait-for';
import { modelFromText } from '../../trace/test-support/models';
import { directionFor, layoutGraph, NODE_HEIGHT, NODE_WIDTH } from './layout';

describe('the graph of waits', () => {
  it('has each task left of whom it waits for, and one edge back for a circle', () => {
    const model = modelFromText(`
      x = lock
      y = lock
      d | join:a     .        .
      a | acquire:x  block:y  .
      b | acquire:y  block:x  .
    `);
    const { edges, cycles } = waitForGraphAt(model, model.endTime);
    const { nodes, edges: placed, width, height } = layoutGraph(edges, cycles);
    const x = (name: string): number => nodes.find(({ tid }) => model.taskByTid.get(tid)?.name === name)?.x ?? -1;
    expect(x('d')).toBeLessThan(x('a'));
    expect(x('a')).toBeLessThan(x('b'));
    expect(placed.filter(({ inCycle }) => inCycle).length).toBe(2);
    for (const node of nodes) expect(node.x < width && node.y < height).toBe(true);
  });

  it('leads down where there is little width: each task above whom it waits for, nothing outside of what is drawn', () => {
    const model = modelFromText(`
      x = lock
      y = lock
      d | join:a     .        .
      a | acquire:x  block:y  .
      b | acquire:y  block:x  .
    `);
    const { edges, cycles } = waitForGraphAt(model, model.endTime);
    const { nodes, width, height } = layoutGraph(edges, cycles, directionFor(328));
    const y = (name: string): number => nodes.find(({ tid }) => model.taskByTid.get(tid)?.name === name)?.y ?? -1;
    expect(y('d')).toBeLessThan(y('a'));
    expect(y('a')).toBeLessThan(y('b'));
    expect(width).toBeLessThan(328);
    for (const node of nodes) expect(node.x + NODE_WIDTH < width && node.y + NODE_HEIGHT / 2 < height).toBe(true);
  });

  it('of a circle alone begins somewhere', () => {
    const model = modelFromText(`
      x = lock
      y = lock
      a | acquire:x  block:y
      b | acquire:y  block:x
    `);
    const { edges, cycles } = waitForGraphAt(model, model.endTime);
    expect(layoutGraph(edges, cycles).nodes.length).toBe(2);
    expect(layoutGraph([], []).nodes).toEqual([]);
  });

  it('puts those who wait for the same one below each other', () => {
    const model = modelFromText(`
      x = lock
      a | acquire:x  .
      b | run        block:x
      c | run        block:x
    `);
    const { edges, cycles } = waitForGraphAt(model, model.endTime);
    const { nodes } = layoutGraph(edges, cycles);
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
  });
});
