import { expect, test } from '../support/test';

test('a program reaches no network, no storage and nothing of the worker', async ({ runner, page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const names = [
    'fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'importScripts', 'indexedDB', 'caches',
    'navigator', 'location', 'postMessage', 'close', 'Worker', 'BroadcastChannel', 'MessageChannel', 'self', 'globalThis',
    'onmessage', 'addEventListener', 'Atomics', 'SharedArrayBuffer',
  ];
  const { lines, status } = await runner.run(`
import { print } from 'weft';
export function main() {
  const found = [];
  const globals = [Function('return this'), () => (0, eval)('this'), () => globalThis, () => self];
  for (const name of ${JSON.stringify(names)}) {
    const value = (() => {
      try {
        return eval(name);
      } catch (error) {
        return undefined;
      }
    })();
    if (['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'importScripts', 'indexedDB', 'caches',
      'postMessage', 'close', 'Worker', 'BroadcastChannel'].includes(name) && value !== undefined) found.push(name);
  }
  for (const global of globals) {
    try {
      const object = global();
      for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'indexedDB', 'caches', 'importScripts', 'postMessage']) {
        if (object?.[name] !== undefined) found.push('global ' + name);
      }
    } catch (error) {
      // Not there at all.
    }
  }
  print(found.join(', ') || 'nothing');
}`);
  expect({ lines, status }).toEqual({ lines: ['nothing'], status: 0 });
  expect(requests.filter((url) => !new URL(url).pathname.startsWith('/assets/'))).toEqual([]);
});

test('a program cannot load code from elsewhere', async ({ runner }) => {
  const { lines } = await runner.run(`
import { print, sleep } from 'weft';
export function main() {
  let outcome = 'nothing';
  try {
    const promise = Function('return import("data:text/javascript,export default 1")')();
    promise.then(() => { outcome = 'loaded'; }, () => { outcome = 'refused'; });
  } catch (error) {
    outcome = 'refused';
  }
  print(outcome === 'loaded');
}`);
  expect(lines).toEqual(['false']);
});
