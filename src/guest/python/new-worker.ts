export function newWorker(): Worker {
  return new Worker(new URL('./python.worker.ts', import.meta.url), { type: 'module', name: 'weft python' });
}
