import type { RunCommand, RunReport } from '../../protocol/control';
import { Interpreters } from './interpreters';
import type { PrepareMessage } from './messages';
import { WholeRun } from './whole-run';

/** A worker that has every process of a run, each in an interpreter of its own; one run after another. */

const report = (message: RunReport, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });

let interpreters: Interpreters | undefined;
let run: WholeRun | undefined;
let used: ArrayBufferLike | undefined;

self.onmessage = ({ data }: MessageEvent<PrepareMessage | RunCommand>) => {
  if (data.type === 'prepare') void prepare(data).catch(raise);
  else if (data.type === 'run') begin(data);
  else run?.take(data);
};

function begin(command: Extract<RunCommand, { type: 'run' }>): void {
  run = new WholeRun(command, used, interpreters!, report, (memory) => (used = memory));
  used = undefined;
  run.goOn();
}

async function prepare({ files, image }: PrepareMessage): Promise<void> {
  if (typeof image === 'string') throw new Error('the worker of a whole run is given the image');
  interpreters = new Interpreters(files, image, (process) => ({
    startWorker: (worker, task, tid, carry) => run!.startWorker(process(), worker, task, tid, carry),
    terminateWorker: (worker) => run!.terminateWorker(worker),
    released: (worker, isClean) => run!.released(worker, isClean),
    crashed: (reason) => run!.crashed(process(), reason),
    drainRing: () => run!.drain(),
    share: {
      yieldWorker: () => run!.yieldWorker(),
      afterCall: () => run!.afterCall(),
      isLoopTurnDue: () => run!.isLoopTurnDue(),
      loopTurn: () => run!.loopTurn(),
    },
  }));
  interpreters.giveBack(await interpreters.boot());
  report({ type: 'worker ready' });
}

/** What is thrown here must reach the page as an error, not as a promise's rejection. */
function raise(reason: unknown): void {
  setTimeout(() => {
    throw reason;
  });
}
