import { describe, expect, it } from 'vitest';
import * as api from './api';
import { api as offered } from './api/offered';
import { API_NAMES, API_PARTS, NAMED_OBJECTS } from './api-names';
import { modulesFor, scriptWith } from './worker-script';
import worker from './worker.ts?raw';

/** Modules of the API that worker.ts loads. */
const modules = import.meta.glob<Record<string, unknown>>('./api/*.ts');

it("the page knows every name that 'weft' has", () => {
  expect([...API_NAMES].sort()).toEqual(Object.keys(api).sort());
});

it('objects that carry a name are among them', () => {
  for (const name of NAMED_OBJECTS) expect(API_NAMES).toContain(name);
});

it('each part of the API is a module that the worker loads, and offers what the page believes', async () => {
  const loaded = [...worker.matchAll(/^import '\.\/api\/(.*)';$/gm)].map(([, name]) => name);
  expect(Object.keys(API_PARTS)).toEqual(loaded);
  for (const [part, names] of Object.entries(API_PARTS)) {
    const exports = await modules[`./api/${part}.ts`]();
    for (const name of names) expect(offered[name]).toBe(exports[name]);
  }
  await import('./run-task');
  expect(Object.keys(offered).sort()).toEqual([...API_NAMES].sort());
});

describe('the script of a worker', () => {
  const parts = {
    texts: ['a', 'b', 'c', 'd', 'e'],
    needs: { start: [0, 4], virtual: [3], 'api/queue': [1], 'api/pipe': [1, 2] },
  };

  it('has what the program imports and what that needs, once and in order', () => {
    expect(modulesFor(['print', 'Queue'], false)).toEqual(['api/queue']);
    expect(scriptWith(modulesFor(['Queue', 'Pipe', 'SimpleQueue'], true), parts)).toBe('(()=>{"use strict";abcde})()');
    expect(scriptWith(modulesFor(['Queue'], false), parts)).toBe('(()=>{"use strict";abe})()');
  });

  it('has nothing more for a program that imports what every worker has', () => {
    expect(scriptWith(modulesFor(['Process', 'print', 'sleep', 'Empty'], false), parts)).toBe('(()=>{"use strict";ae})()');
  });
});
