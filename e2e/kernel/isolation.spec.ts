import { expect, test } from '../support/test';

/** Doors out of a worker: to the network, to storage, to other pages and workers, to its own control. */
const DOORS = [
  'fetch', 'fetchLater', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport', 'RTCPeerConnection',
  'importScripts', 'indexedDB', 'caches', 'cookieStore', 'navigator', 'location', 'postMessage', 'close', 'Worker',
  'SharedWorker', 'BroadcastChannel', 'MessageChannel', 'MessagePort', 'FileReaderSync', 'onmessage', 'addEventListener',
  'setTimeout', 'setInterval', 'Notification', 'PressureObserver',
];

/** Those that answer with a sentence instead of not being there. */
const REFUSED = ['setTimeout', 'setInterval'];

test('a program reaches no network, no storage and no other worker', async ({ runner, page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const { lines, status } = await runner.run(`
import { print } from 'weft';
export function main() {
  const found = [];
  for (const name of ${JSON.stringify(DOORS)}) {
    for (let object = globalThis; object !== null; object = Object.getPrototypeOf(object)) {
      const { value, get } = Object.getOwnPropertyDescriptor(object, name) ?? {};
      if (get !== undefined) found.push('get ' + name);
      if (value === undefined) continue;
      try {
        value('data:,x');
        found.push(name);
      } catch (error) {
        if (!error.message.startsWith('unsupported: ')) found.push(name + ': ' + error.message);
        else print('refused', name);
      }
    }
  }
  print(found.join(', ') || 'nothing');
}`);
  expect({ lines, status }).toEqual({ lines: [...REFUSED.map((name) => `refused ${name}`), 'nothing'], status: 0 });
  // The app's own files, and workers made of them.
  const own = [`${new URL(page.url()).origin}/assets/`, `blob:${new URL(page.url()).origin}/`];
  expect(requests.filter((url) => !own.some((start) => url.startsWith(start)))).toEqual([]);
});

test('text does not become code, which could import from elsewhere', async ({ runner }) => {
  const { lines } = await runner.run(`
import { print } from 'weft';
const attempt = (use) => {
  try {
    return String(use());
  } catch (error) {
    return error.message.startsWith('unsupported: ') ? 'refused' : error.name + ' ' + error.message;
  }
};
async function asynchronous() {}
function* generator() {}
export function main() {
  print(attempt(() => eval('1')), attempt(() => (0, eval)('1')), attempt(() => Function('return 1')()));
  print(attempt(() => new Function('return 1')), attempt(() => (() => 1).constructor('return 1')));
  print(attempt(() => asynchronous.constructor('return 1')), attempt(() => generator.constructor('return 1')));
}`);
  expect(lines).toEqual(['refused refused refused', 'refused refused', 'refused refused']);
});

test('an import from elsewhere is refused before anything runs', async ({ runner }) => {
  for (const statement of [
    `import x from 'https://example.org/x.js';`,
    `import x from 'data:text/javascript,export default 1';`,
    `const x = await import('data:text/javascript,export default 1');`,
    `const f = () => import('/assets/x.js');`,
  ]) {
    const outcome = await runner.tryStart(`import { print } from 'weft';\n${statement}\nexport function main() {\n  print('ran');\n}\n`);
    expect(outcome, statement).toMatchObject({ outcome: 'rejected', errors: [{ line: 2 }] });
  }
});

test('the trace and the memory of the machine are out of reach', async ({ runner }) => {
  const { lines } = await runner.run(`
import * as weft from 'weft';
export function main() {
  const reachable = new Set();
  const queue = [globalThis, ...Object.values(weft), new weft.Queue(), new weft.Lock(), weft.currentProcess()];
  let shared = 0;
  for (const object of queue) {
    if ((typeof object !== 'object' && typeof object !== 'function') || object === null || reachable.has(object)) continue;
    reachable.add(object);
    if (object instanceof SharedArrayBuffer) shared++;
    if (object === weft.heap) continue;
    for (const key of Reflect.ownKeys(object)) {
      const descriptor = Object.getOwnPropertyDescriptor(object, key);
      queue.push(descriptor.value, descriptor.get, descriptor.set);
    }
    queue.push(Object.getPrototypeOf(object));
  }
  weft.print(shared, reachable.size > 100);
}`);
  expect(lines).toEqual(['0 true']);
});
