import type { WorkerBoot, WorkerRequest } from '../../protocol/control';
import { makeImage } from './interpreter/boot';
import type { BaseImage, GiveImage, MadeImage, PrepareMessage } from './messages';
import { PythonProcess } from './python-process';

/**
 * A worker with an interpreter. It boots from the base image before it is needed, then runs one process after another, as
 * long as each ends by itself.
 */

const post = (message: WorkerRequest | MadeImage): void => self.postMessage(message);

const process = new PythonProcess({
  startWorker: (worker, task, tid, carry) => post({ type: 'start worker', worker, task, tid, carry }),
  terminateWorker: (worker) => post({ type: 'terminate worker', worker }),
  standsStill: (turn) => {
    const memory = process.standingMemory();
    if (memory !== undefined) post({ type: 'memory', worker: process.kernel!.worker, turn, process: memory });
  },
  released: (worker, isClean) => post({ type: isClean ? 'release worker' : 'terminate worker', worker }),
  // Out of the promise, so that the page hears of it as of any worker's death.
  crashed: (reason) => setTimeout(() => {
    throw reason;
  }),
});

/** The worker's first message; a boot message may come while it is dealt with. */
let ready: Promise<void> | undefined;
let giveImage: (image: BaseImage) => void;
const givenImage = new Promise<BaseImage>((resolve) => (giveImage = resolve));

self.onmessage = ({ data }: MessageEvent<PrepareMessage | GiveImage | WorkerBoot>) => {
  if (!('type' in data)) void ready!.then(() => process.begin(data)).catch(raise);
  else if (data.type === 'give image') giveImage(data.image);
  else void (ready = prepare(data)).catch(raise);
};

/** What is thrown here must reach the page as an error, not as a promise's rejection. */
function raise(reason: unknown): void {
  setTimeout(() => {
    throw reason;
  });
}

async function prepare({ files, image }: PrepareMessage): Promise<void> {
  if (image === 'made by you') {
    await process.boot(files);
    makeBaseImage();
  } else {
    await process.boot(files, image === 'later' ? givenImage : Promise.resolve(image));
    post({ type: 'worker ready' });
  }
}

function makeBaseImage(): void {
  try {
    process.interpreter.python.runPython('import _weft_base');
    const entries = {
      thread: process.addressOf('_weft_base.enter_thread'),
      main: process.addressOf('_weft_base.enter_main'),
      forked: process.addressOf('_weft_base.enter_forked'),
      spawned: process.addressOf('_weft_base.enter_spawned'),
    };
    const image: BaseImage = { memory: makeImage(process.interpreter), entries };
    post({ type: 'image', image });
  } catch (error) {
    post({ type: 'failed', why: String(error) });
  }
}
