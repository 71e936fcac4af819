import { proxy, wrap, type Remote } from 'comlink';
import type { BootProgress, Guest } from '../guest/guest';
import { defineFile, giveInput, inputIsWanted } from '../kernel/console';
import { Kernel } from '../kernel/kernel';
import {
  END_REASON, EXIT_STATUS, LOCK_OWNER, PANIC_LENGTH, PANIC_TEXT, RUN_STATE, RunState,
} from '../kernel/layout';
import { createMemory } from '../kernel/machine-memory';
import { realTime } from '../kernel/sched/real-time';
import { endLostWorker, endRun, startTask } from '../kernel/task';
import type { WorkerBoot, WorkerRequest } from '../protocol/control';
import { DONE, errnoName } from '../protocol/errno';
import type { Program, RunSettings } from '../protocol/program';
import { END_REASONS, EndReasonCode, StartMethodCode } from '../protocol/words';
import type { Run, RunListener, RunResult } from './machine-types';
import { PANIC_STATUS, panicRecords } from './panic-records';
import type { Recorder } from './recorder.worker';
import { SpareWorkers, WorkerSet } from './worker-set';

/** How long the kernel lock may stay with one worker before it is taken to have died with it. */
const LOCK_PATIENCE_MS = 1000;
const INPUT_LOOK_MS = 50;

/** The machine of a page that is cross-origin isolated: a worker per process, memory shared. */
export class ManyWorkers {
  private recorder: { worker: Worker; remote: Remote<Recorder> } | undefined;
  private readonly spares = new Map<Guest, SpareWorkers>();
  private readonly runs = new Set<Run>();

  constructor(
    private readonly spareWorkers: number,
    private readonly onProgress?: (progress: BootProgress) => void,
  ) {}

  async run(guest: Guest, program: Program, settings: RunSettings, listener: RunListener): Promise<Run> {
    // One recorder serves one run after another.
    await Promise.all([...this.runs].map((run) => run.finished));
    const prepared = await guest.prepare(program, this.onProgress);
    const memory = createMemory({ shared: true, tracing: settings.tracing, bytes: settings.memoryBytes });
    const words = new Int32Array(memory);
    const spares = this.sparesOf(guest);

    const withLock = async (change: () => void): Promise<void> => {
      await lockOrPanic(k);
      if (Atomics.load(words, RUN_STATE) !== RunState.Panicked) change();
      k.unlock();
    };
    const onRequest = (request: WorkerRequest): void => {
      if (request.type === 'start worker') workers.start(request.worker, request.carry);
      else if (request.type === 'terminate worker') void withLock(() => workers.terminate(k, request.worker));
      else if (request.type === 'release worker') void withLock(() => workers.release(k, request.worker));
    };
    const onDeath = (worker: number, why: string): void => {
      void withLock(() => endLostWorker(k, worker, `worker died: ${why}`));
    };
    const boot = (worker: number, carry: unknown): WorkerBoot => ({ memory, worker, program: prepared.message, carry });
    const workers = new WorkerSet(spares, boot, onRequest, onDeath);
    const k = new Kernel(memory, -1, realTime, {
      startWorker: (worker) => workers.start(worker),
      terminateWorker: (worker) => workers.terminate(k, worker),
    });

    prepared.files.forEach((name, index) => defineFile(k, index, name));
    if (settings.stdin !== undefined) giveText(k, settings.stdin);
    const outcome = startTask(k, {
      method: StartMethodCode.initial, name: 'main', daemon: false, ownWorker: true, argumentBytes: 0,
    });
    if (outcome !== DONE) throw new Error(`unsupported memory: the first process cannot start (${errnoName(outcome)})`);

    let wanted = false;
    const look = setInterval(() => {
      if (inputIsWanted(words) !== wanted) listener.inputWanted((wanted = !wanted));
    }, INPUT_LOOK_MS);

    const finished = this.record(memory as SharedArrayBuffer, (records) => listener.records(records)).then((): RunResult => {
      clearInterval(look);
      workers.abandon();
      if (wanted) listener.inputWanted(false);
      if (words[RUN_STATE] !== RunState.Panicked) {
        return { reason: END_REASONS[words[END_REASON]], status: words[EXIT_STATUS] };
      }
      listener.records(panicRecords(k, panicText(k)));
      return { reason: 'panic', status: PANIC_STATUS };
    });

    const run: Run = {
      finished,
      stop: async () => {
        await withLock(() => endRun(k, EndReasonCode.stopped));
        return finished;
      },
      writeInput: (line) => void withLock(() => giveInput(k, line === null ? null : encode(`${line}\n`))),
    };
    this.runs.add(run);
    void finished.then(() => this.runs.delete(run));
    return run;
  }

  dispose(): void {
    for (const run of this.runs) void run.stop();
    for (const spares of this.spares.values()) spares.dispose();
    this.recorder?.worker.terminate();
  }

  private sparesOf(guest: Guest): SpareWorkers {
    let spares = this.spares.get(guest);
    if (spares === undefined) this.spares.set(guest, (spares = new SpareWorkers(guest, this.spareWorkers)));
    return spares;
  }

  /**
   * Delivers all records of a run, and resolves when it has ended. Records and the recorder's answer come through two
   * ports, whose order is not defined: the answer says how many deliveries there are.
   */
  private async record(memory: SharedArrayBuffer, deliver: (records: Int32Array) => void): Promise<void> {
    if (this.recorder === undefined) {
      const worker = new Worker(new URL('./recorder.worker.ts', import.meta.url), { type: 'module', name: 'weft recorder' });
      this.recorder = { worker, remote: wrap<Recorder>(worker) };
    }
    let delivered = 0;
    let expected = Infinity;
    let complete = (): void => undefined;
    const receive = (records: Int32Array): void => {
      deliver(records);
      if (++delivered === expected) complete();
    };
    expected = await this.recorder.remote.record(memory, proxy(receive));
    if (delivered < expected) await new Promise<void>((resolve) => (complete = resolve));
  }
}

/**
 * Takes the kernel lock. If its holder does not give it back, that worker died in the middle of a change to the kernel's
 * memory: nothing in it can be trusted, the machine panics, and what was recorded is kept.
 */
async function lockOrPanic(k: Kernel): Promise<void> {
  const patience = new Promise<'stuck'>((resolve) => setTimeout(resolve, LOCK_PATIENCE_MS, 'stuck'));
  const taking = k.lockAsync();
  if ((await Promise.race([taking, patience])) !== 'stuck') return;
  const holder = k.words[LOCK_OWNER] - 1;
  try {
    k.panic(`worker ${holder} held the kernel lock for ${LOCK_PATIENCE_MS} ms: it died inside the kernel`);
  } catch {
    k.unlock(); // so that `taking` comes to its end; it is the holder's lock that is broken here, on purpose
    await taking;
  }
}

function panicText(k: Kernel): string {
  const bytes = k.bytes.slice(PANIC_TEXT * 4, PANIC_TEXT * 4 + k.words[PANIC_LENGTH]);
  return new TextDecoder().decode(bytes);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Gives the whole of a program's standard input, line by line, and its end. */
function giveText(k: Kernel, text: string): void {
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) giveInput(k, encode(line));
  giveInput(k, null);
}
