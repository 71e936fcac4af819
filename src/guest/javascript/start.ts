import type { Host } from '../../kernel/kernel';
import { realTime } from '../../kernel/sched/real-time';
import { HANDLE_NEXT, HANDLE_NUMBER, TASK_HANDLES, TASK_PID, TASK_TID, VIRTUAL } from '../../kernel/layout';
import { takeArguments } from '../../kernel/task';
import type { WorkerBoot, WorkerRequest } from '../../protocol/control';
import type { Tid } from '../../protocol/ids';
import { print, printError } from './api/console';
import { identity } from './api/identity';
import { topLevelObjects } from './api/kernel-object';
import { api } from './api/offered';
import { tasks } from './api/process';
import { startCodec } from './codec/codec';
import { setProgramFiles } from './own-stack';
import { program } from './program';
import type { LoadableProgram } from './program-message';
import { references } from './references';
import { failTask, runTask } from './run-task';
import { Runtime, k, setRuntime, virtualClock } from './runtime';
import { closeDoors } from './sandbox';
import { decodeStartArguments, decodeStartHeader, inheritHandles, ownTargets } from './start-message';

/**
 * A worker of a JavaScript program: runs one process or one thread. It is loaded ahead of its use, and all
 * that can be done before its task is known is done then.
 */

const post = globalThis.postMessage.bind(globalThis) as (request: WorkerRequest) => void;

globalThis.addEventListener('message', (event: MessageEvent<WorkerBoot>) => boot(event.data), { once: true });
// A promise that the program rejects and nobody handles is an error that nobody caught.
globalThis.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  failTask(event.reason);
});
// Enough for a deep program; recursions without end are cut in reports.
(Error as { stackTraceLimit?: number }).stackTraceLimit = 50;
closeDoors({
  console: { log: print, info: print, debug: print, warn: printError, error: printError },
  refused: {
    setTimeout: 'wait with sleep(seconds), or start a Thread',
    setInterval: 'wait with sleep(seconds) in a loop, or start a Thread',
    require: "import { ... } from 'weft', or files of the program, at the top of the file",
  },
});

function boot({ memory, worker, task, tid, program: message }: WorkerBoot): void {
  const host: Host = {
    startWorker: (number, task, tid) => post({ type: 'start worker', worker: number, task, tid }),
    terminateWorker: (number) => post({ type: 'terminate worker', worker: number }),
  };
  const isVirtual = new Int32Array(memory, 0, VIRTUAL + 1)[VIRTUAL] === 1;
  if (isVirtual && virtualClock === undefined) throw new Error('this worker was made for runs in real time');
  setRuntime(isVirtual ? virtualClock!.make(memory, worker, host) : new Runtime(memory, worker, realTime, host));
  k.serve(task, tid as Tid);
  k.setCurrent(k.scheduler.dispatch(k));
  if (isVirtual) virtualClock!.begin();
  startCodec(references);
  const loadable = message as LoadableProgram;
  setProgramFiles(loadable.files.map(({ name }) => name));
  runTask(begin(loadable));
}

/** What the task is there for. A first process has no message: it runs the program's main. */
function begin(loadable: LoadableProgram): () => unknown {
  const length = takeArguments(k);
  if (length === 0) {
    return () => {
      program.load(loadable, api);
      return program.main();
    };
  }
  const start = k.scratch.slice(0, length);
  const header = decodeStartHeader(start);
  identity.name = header.name;
  identity.processName = header.processName;
  identity.parentName = header.parentName;
  topLevelObjects.replay(header.objects);
  inheritHandles(openHandles);
  return () => {
    program.load(loadable, api);
    const parameters = decodeStartArguments(start, header);
    const target = ownTargets.get(header.target) ?? program.functionOf(header.target);
    return target(...(parameters as never[]));
  };
}

/** Numbers of the handles that are open in this process. */
function openHandles(): number[] {
  const { words } = k;
  const pid = words[k.current + TASK_PID];
  const [process] = tasks((task) => words[task + TASK_TID] === pid);
  const numbers: number[] = [];
  k.lock();
  for (let handle = words[process + TASK_HANDLES]; handle !== 0; handle = words[handle + HANDLE_NEXT]) {
    numbers.push(words[handle + HANDLE_NUMBER]);
  }
  k.unlock();
  return numbers;
}
