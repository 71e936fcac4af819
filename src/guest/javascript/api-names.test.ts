import { expect, it } from 'vitest';
import * as api from './api';
import { API_NAMES, NAMED_OBJECTS } from './api-names';

it("the page knows every name that 'weft' has", () => {
  expect([...API_NAMES].sort()).toEqual(Object.keys(api).sort());
});

it('objects that carry a name are among them', () => {
  for (const name of NAMED_OBJECTS) expect(API_NAMES).toContain(name);
});
