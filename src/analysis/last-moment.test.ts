import { expect, it } from 'vitest';
import { lastLivingMoment, lastMoment } from './last-moment';
import { memoryAt } from './memory';
import { recorded } from './test-support/recorded';
import { waitForGraphAt } from './wait-for';

it('the moment to look at in a run that was stopped is right before its end', () => {
  const model = recorded('deadlock');
  expect(waitForGraphAt(model, lastMoment(model)).cycles.length).toBe(1);
  expect(waitForGraphAt(model, model.endTime).cycles.length).toBe(0);
});

it('the moment to look at in a run that ended by itself is its end', () => {
  const model = recorded('producer-consumer');
  expect(lastMoment(model)).toBe(model.endTime);
});

it('the last moment at which a process was alive has one, and the end of a run that ended by itself has none', () => {
  const model = recorded('memory-fork');
  expect(memoryAt(model, model.endTime).processes).toEqual([]);
  const { processes } = memoryAt(model, lastLivingMoment(model) ?? -1);
  expect(processes.map(({ info }) => info.name)).toEqual(['main']);
  expect(lastLivingMoment({ ...model, tasks: [] })).toBeUndefined();
});
