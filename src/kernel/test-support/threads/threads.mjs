import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';

/** Real threads for tests, outside a browser: Node's, each running the kernel's code from one bundle. */

export async function bundleThread(entry) {
  const folder = await mkdtemp(join(tmpdir(), 'weft-threads-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder, lib: { entry: fileURLToPath(entry), formats: ['es'], fileName: 'thread' }, minify: false, target: 'esnext' },
  });
  return { url: pathToFileURL(join(folder, 'thread.js')).href, remove: () => rm(folder, { recursive: true }) };
}

export function startThread(bundle, boot, onMessage, onError) {
  const worker = new Worker(new URL('./thread-entry.mjs', import.meta.url), { workerData: { url: bundle.url, boot } });
  worker.on('message', onMessage);
  worker.on('error', onError);
  return { terminate: () => worker.terminate() };
}
