export function newWorker(): Worker {
  return new Worker(new URL('./python.worker.ts', import.meta.url), { type: 'module', name: 'weft python' });
}

export function newWholeRunWorker(): Worker {
  return new Worker(new URL('./whole-run.worker.ts', import.meta.url), { type: 'module', name: 'weft python, whole' });
}
