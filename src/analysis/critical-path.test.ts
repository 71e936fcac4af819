import { describe, expect, it } from 'vitest';
import type { TraceModel } from '../trace/trace';
import { COLUMN } from '../trace/trace-text';
import { modelFromText } from '../trace/test-support/models';
import { criticalPath } from './critical-path';
import { nameOf, recordedWhole } from './test-support/recorded';

function told(model: TraceModel): string[] {
  return criticalPath(model).steps.map(({ task, class: name, start, end }) => {
    return `${nameOf(model, task)} ${name} ${start / COLUMN}-${end / COLUMN}`;
  });
}

describe('the critical path', () => {
  it('goes over the message that was waited for to the work before it', () => {
    const model = modelFromText(`
      q = queue 2
      a | run      .  .  put:q=1>b  exit   .
      b | block:q  .  .  .          get:q  exit
    `);
    expect(told(model)).toEqual(['a running 0-3', 'b ready 3-4', 'b running 4-5']);
  });

  it('counts a wait for a lock as what it is: one could save it', () => {
    const model = modelFromText(`
      m = lock
      a | acquire:m  .        .  release:m>b  .          exit
      b | run        block:m  .  .            acquire:m  .     .  exit
    `);
    expect(told(model)).toEqual(['b running 0-1', 'b wait-lock 1-3', 'b ready 3-4', 'b running 4-7']);
  });

  it('covers the whole of a recorded run without gap or overlap', () => {
    for (const name of ['producer-consumer', 'pool-map', 'orphan', 'deadlock', 'daemon-zombie', 'gil-two-threads', 'semaphore']) {
      const model = recordedWhole(name);
      const { steps, shares, length } = criticalPath(model);
      expect(steps[0]?.start, name).toBe(0);
      expect(steps.at(-1)?.end, name).toBe(model.endTime);
      steps.slice(1).forEach((step, index) => expect(step.start, `${name} ${index}`).toBe(steps[index].end));
      const whole = shares.reduce((sum, { time }) => sum + time, 0);
      expect(Math.round(whole), name).toBe(Math.round(length));
    }
  });

  it('of threads that only count is made of running and of waiting for the GIL', () => {
    const model = recordedWhole('gil-two-threads');
    const { steps } = criticalPath(model);
    const counting = steps.filter(({ task, start }) => task !== model.tasks[0].tid && start > 343e6);
    const time = (name: string): number => {
      return counting.filter((step) => step.class === name).reduce((sum, { start, end }) => sum + end - start, 0);
    };
    const whole = time('running') + time('wait-gil');
    expect(time('ready')).toBeLessThan(whole / 100);
    // Two share one GIL: each has it about half of the time.
    expect(time('running') / whole).toBeCloseTo(0.5, 1);
  });
});
