import { expect, it } from 'vitest';
import { lastMoment } from './last-moment';
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
