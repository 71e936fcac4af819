import { parentPort, workerData } from 'node:worker_threads';

const { runThread } = await import(workerData.url);
runThread(workerData.boot, (message) => parentPort.postMessage(message));
