import { describe, expect, it } from 'vitest';
import { COLUMN } from '../trace/trace-text';
import { modelFromText } from '../trace/test-support/models';
import { cpuUses, ownersOf, waitersOf } from './cpus';
import { crowdsOf } from './crowding';
import { idOf, nameOf } from './test-support/recorded';
import { waitsByObject } from './statistics';

const starving = `
  m = lock
  a | acquire:m  .        release:m  acquire:m  release:m  acquire:m  release:m  acquire:m  release:m  acquire:m  release:m  acquire:m  release:m>b  .
  b | .          block:m  .          .          .          .          .          .          .          .          .          .          .            acquire:m
`;

describe('crowds', () => {
  it('are tasks that wait while another gets the lock again and again', () => {
    const model = modelFromText(starving);
    const [found] = crowdsOf(model);
    expect(found).toMatchObject({ kind: 'starvation', passed: 5, object: idOf(model, 'm') });
    expect(found.kind === 'starvation' && nameOf(model, found.task)).toBe('b');
  });

  it('are locks that most had to stand in line for', () => {
    const model = modelFromText(`
      m = lock
      a | acquire:m  .        release:m>b,block:m  .                              .                              acquire:m,release:m>b,block:m  .                              .
      b | run        block:m  .                    acquire:m,release:m>c,block:m  .                              .                              acquire:m,release:m>c,block:m  .
      c | run        block:m  .                    .                              acquire:m,release:m>a,block:m  .                              .                              acquire:m
    `);
    const convoy = crowdsOf(model).find(({ kind }) => kind === 'convoy');
    expect(convoy).toMatchObject({ acquires: 6, waited: 5, queue: 2 });
  });

  it('are none where nobody waits', () => {
    expect(crowdsOf(modelFromText(`
      m = lock
      a | acquire:m  release:m  acquire:m  release:m
    `))).toEqual([]);
  });
});

describe('who had what when', () => {
  it('is told of a lock as turns', () => {
    const model = modelFromText(starving);
    const turns = ownersOf(model, idOf(model, 'm'));
    expect(turns.length).toBe(7);
    expect(turns[0]).toMatchObject({ start: 0, end: 2 * COLUMN });
    expect(turns.at(-1)).toMatchObject({ end: model.endTime });
  });

  it('is told of a CPU as turns with the time it was busy', () => {
    const model = modelFromText(`
      a | sleep  .  timeout  run  exit
    `);
    const [cpu] = cpuUses(model);
    expect(cpu.turns.map(({ start, end }) => [start, end])).toEqual([[0, 0], [3 * COLUMN, 4 * COLUMN]]);
    expect(cpu.busy).toBe(COLUMN);
  });

  it('counts those who wait', () => {
    const model = modelFromText(`
      m = lock
      a | acquire:m  .        .        release:m>b  .
      b | .          block:m  .        .            acquire:m
      c | .          .        block:m  .            .
    `);
    const { times, values } = waitersOf(waitsByObject(model).get(idOf(model, 'm')) ?? []);
    expect([...times].map((time) => time / COLUMN)).toEqual([1, 2, 3, 4]);
    expect([...values]).toEqual([1, 2, 1, 0]);
  });
});
