import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { appHeaders } from './headers.mjs';
import { startServer } from './serve.mjs';

let folder: string;
const closers: (() => Promise<void>)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-serve-'));
  const root = join(folder, 'root');
  mkdirSync(join(root, 'assets/sub'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<title>home</title>');
  writeFileSync(join(root, 'assets/a b.js'), 'export {};');
  writeFileSync(join(root, 'assets/code.wasm'), Buffer.from([0, 0x61, 0x73, 0x6d]));
  writeFileSync(join(root, '.hidden'), 'hidden');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'));
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function start(options: { port?: number; base?: string } = {}) {
  const server = await startServer({ root: join(folder, 'root'), ...options });
  closers.push(server.close);
  return server;
}

/** The answer to a path sent as it is: `fetch` would tidy `..` away. */
function get(port: number, path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    request({ host: 'localhost', port, path, ...options }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

it('sends every header of the app with every answer, errors too', async () => {
  const { port } = await start();
  for (const path of ['/', '/assets/code.wasm', '/missing']) {
    const { headers } = await get(port, path);
    for (const [name, value] of Object.entries(appHeaders)) expect(headers[name.toLowerCase()], `${path} ${name}`).toBe(value);
  }
});

it('names the type of what it sends, and lets hashed files be kept', async () => {
  const { port } = await start();
  const wasm = await get(port, '/assets/code.wasm');
  expect(wasm.headers).toMatchObject({ 'content-type': 'application/wasm', 'content-length': '4' });
  expect(wasm.headers['cache-control']).toContain('immutable');
  const script = await get(port, '/assets/a%20b.js?version=1');
  expect(script).toMatchObject({ status: 200, body: 'export {};' });
  expect(script.headers['content-type']).toContain('text/javascript');
  const home = await get(port, '/');
  expect(home).toMatchObject({ status: 200, body: '<title>home</title>' });
  expect(home.headers['cache-control']).toBe('no-cache');
});

it('answers 304 to who has the file already', async () => {
  const { port } = await start();
  const first = await get(port, '/');
  const again = await get(port, '/', { headers: { 'If-None-Match': String(first.headers.etag) } });
  expect(again).toMatchObject({ status: 304, body: '' });
});

it.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/link.txt',
  '/.hidden',
  '//secret.txt',
  '/%00',
  '/%',
])('refuses %s', async (path) => {
  const { port } = await start();
  const { status, body } = await get(port, path);
  expect([400, 404]).toContain(status);
  expect(body).not.toBe('secret');
});

it('refuses to be written to', async () => {
  const { port } = await start();
  expect(await get(port, '/', { method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  expect(await get(port, '/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

it('takes the next free port where the one asked for is taken', async () => {
  const first = await start();
  const second = await start({ port: first.port });
  expect(second.port).toBeGreaterThan(first.port);
  expect(second.url).toBe(`http://localhost:${second.port}/`);
});

it('serves under a sub-path, and leads there from its name without the slash', async () => {
  const { port } = await start({ base: '/course/weft/' });
  expect(await get(port, '/course/weft/')).toMatchObject({ status: 200, body: '<title>home</title>' });
  expect(await get(port, '/course/weft')).toMatchObject({ status: 308, headers: { location: '/course/weft/' } });
  expect(await get(port, '/course/weft/assets')).toMatchObject({ status: 308, headers: { location: '/course/weft/assets/' } });
  expect((await get(port, '/index.html')).status).toBe(404);
});
