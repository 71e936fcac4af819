import { roomInTime } from '../base/room-in-time';
import type { BootProgress, Guest, PreparedProgram } from '../guest/guest';
import { firstProcess } from '../guest/first-process';
import { defineFile, giveLine, giveText, inputIsWanted } from '../kernel/console';
import { Kernel, KernelPanic } from '../kernel/kernel';
import {
  END_REASON, EXIT_STATUS, LIVE_TASKS, RUN_STATE, RunState, TASK_STATE, WORKER_TASK, workerAddress,
} from '../kernel/layout';
import { lastMoment, panicText } from '../kernel/last-words';
import { createMemory } from '../kernel/machine-memory';
import { answer, changeStop } from '../kernel/sched/pause';
import { schedulerOf } from '../kernel/sched/scheduler-of';
import { addTask, endExpectation, endLostWorker, endRun, expectProgram } from '../kernel/task';
import type { WorkerBoot, WorkerRequest } from '../protocol/control';
import { DONE, ESRCH, errnoName } from '../protocol/errno';
import { programsOf, STEP_LIMITS, type Program, type RunSettings } from '../protocol/program';
import { END_REASONS, EndReasonCode, TaskStateCode } from '../protocol/words';
import { LockedChanges } from './locked-changes';
import type { Run, RunListener, RunResult } from './machine-types';
import { PANIC_STATUS, panicRecords } from './panic-records';
import { RecorderWorker } from './recorder-worker';
import { SpareWorkers } from './spare-workers';
import { StandingMemories } from './standing-memories';
import { watchPauses } from './watch-pauses';
import { WorkerSet, type WorkerStart } from './worker-set';

const INPUT_LOOK_MS = 50;

/**
 * Memories of runs that are over, kept for the next: a worker that sleeps never collects garbage, so that each memory it has
 * seen would stay, 64 MiB a run. Two: the last worker of a run is still being made clean when the next begins.
 */
const MOST_USED_MEMORIES = 2;

/** Whether the first task of the worker, its process, has ended. */
function hasServed(words: Int32Array, worker: number): boolean {
  const task = words[workerAddress(worker) + WORKER_TASK];
  return task !== 0 && Atomics.load(words, task + TASK_STATE) >= TaskStateCode.zombie;
}

/** The machine of a page that is cross-origin isolated: a worker per process, memory shared. */
export class ManyWorkers {
  private readonly recorder = new RecorderWorker();
  private readonly spares = new Map<Guest, SpareWorkers>();
  private readonly runs = new Set<Run>();
  private readonly usedMemories: ArrayBufferLike[] = [];

  constructor(
    private readonly spareWorkers: number,
    private readonly onProgress?: (progress: BootProgress) => void,
  ) {}

  /** Fetches and starts what a run of this program will need, where that takes long. What fails is for the run to tell. */
  async warm(guest: Guest, program: Program): Promise<void> {
    if (guest.keptWorkers !== undefined) await this.prepareAll(guest, programsOf(program)).catch(() => undefined);
  }

  private async prepareAll(guest: Guest, programs: readonly Program[], settings?: RunSettings): Promise<PreparedProgram[]> {
    const prepared: PreparedProgram[] = [];
    let files = 0;
    let processes = 0;
    for (const program of programs) {
      const next = await guest.prepare(program, this.onProgress, settings, files);
      files += next.files.length;
      processes += 1 + (next.processes ?? 0);
      prepared.push(next);
    }
    await this.sparesOf(guest).ensure(processes);
    return prepared;
  }

  /** The first of `programs` begins at once, the others as the kernel has it: see kernel/programs-beside.ts. */
  async run(guest: Guest, programsAtFirst: readonly Program[], settings: RunSettings, listener: RunListener): Promise<Run> {
    // One recorder serves one run after another.
    await Promise.all([...this.runs].map((run) => run.finished));
    const isVirtual = settings.clock === 'virtual';
    if (isVirtual && guest.hasVirtualTime !== true) throw new Error(`unsupported clock: ${guest.language} runs in real time only`);
    const [programs] = await Promise.all([this.prepareAll(guest, programsAtFirst, settings), this.recorder.ready()]);
    const virtual = isVirtual ? { ...settings, stepLimit: settings.stepLimit ?? STEP_LIMITS[guest.language] } : undefined;
    const memory = await roomInTime(() => createMemory({
      shared: true, tracing: settings.tracing, watching: settings.races, bytes: settings.memoryBytes, virtual, used: this.usedMemories.pop(),
    }));
    const words = new Int32Array(memory);
    const spares = this.sparesOf(guest);

    let fileCount = 0;
    /** The program that is being started, and how many are to come. */
    let starting = 0;
    let expected = 0;
    /** From then on the memory may be another run's. */
    let over = false;
    const change = (deed: () => void, afterwards?: () => void): Promise<void> => changes.make(() => {
      if (over) afterwards?.();
      else deed();
    });
    const memories = new StandingMemories();
    const onRequest = (request: WorkerRequest, of: number): void => {
      if (request.type === 'start worker') workers.start(request, of);
      else if (request.type === 'memory') memories.take(request.worker, request.turn, request.process);
      else if (request.type === 'terminate worker') void change(() => workers.terminate(k, request.worker), () => workers.leave(request.worker, false));
      else if (request.type === 'release worker') void change(() => workers.release(k, request.worker), () => workers.leave(request.worker, true));
    };
    const onDeath = (worker: number, why: string): void => {
      void change(() => endLostWorker(k, worker, `worker died: ${why}`));
    };
    const boot = ({ worker, task, tid, carry }: WorkerStart, of: number): WorkerBoot => (
      { memory, worker, task, tid, program: programs[of].message, carry }
    );
    const scriptOf = (program: number): string => programs[program].script ?? '';
    const workers = new WorkerSet(spares, boot, scriptOf, onRequest, onDeath, (worker) => hasServed(words, worker));
    const k = new Kernel(memory, -1, schedulerOf(memory), {
      startWorker: (worker, task, tid) => workers.start({ worker, task, tid }, starting),
      terminateWorker: (worker) => workers.terminate(k, worker),
    });
    const changes = new LockedChanges(k);

    if (settings.stdin !== undefined) giveText(k, settings.stdin);
    k.lock();
    for (const [number, program] of programsAtFirst.entries()) {
      for (const name of programs[number].files) defineFile(k, fileCount++, name);
      starting = number;
      const outcome = addTask(k, firstProcess(program, number));
      if (outcome !== DONE) throw new Error(`unsupported memory: the first process of ${program.entry} cannot start (${errnoName(outcome)})`);
    }
    starting = 0;
    k.unlock();

    let wanted = false;
    const look = setInterval(() => {
      if (inputIsWanted(words) !== wanted) listener.inputWanted((wanted = !wanted));
    }, INPUT_LOOK_MS);

    const recorded = this.recorder.record(memory as SharedArrayBuffer, (records) => listener.records(records));
    // Without its recorder the machine panics: sooner or later every task would wait for room in the ring.
    const finished = recorded.catch((error: unknown) => notePanic(k, `the recorder died: ${String(error)}`)).then((): RunResult => {
      clearInterval(look);
      if (wanted) listener.inputWanted(false);
      const abandoned = workers.abandon();
      if (words[RUN_STATE] !== RunState.Panicked) {
        over = true;
        void abandoned.then((isFree) => {
          if (isFree && this.usedMemories.length < MOST_USED_MEMORIES) this.usedMemories.push(memory);
        });
        return { reason: END_REASONS[words[END_REASON]], status: words[EXIT_STATUS] };
      }
      listener.records(panicRecords(lastMoment(k), panicText(k)));
      return { reason: 'panic', status: PANIC_STATUS };
    });

    if (isVirtual && listener.paused !== undefined) void watchPauses(k, change, () => over, memories, (state) => listener.paused?.(state));

    const run: Run = {
      finished,
      stop: async () => {
        await change(() => {
          endRun(k, EndReasonCode.stopped);
          for (; expected > 0; expected--) endExpectation(k);
        });
        return finished;
      },
      expect: (programs) => change(() => {
        for (let more = programs; more > 0 && words[LIVE_TASKS] > 0; more--, expected++) expectProgram(k);
      }),
      add: async (another) => {
        const number = programs.length;
        if (another.language !== guest.language) throw new Error(`unsupported: ${another.language} beside ${guest.language}`);
        const next = await guest.prepare(another, undefined, settings, fileCount);
        programs.push(next);
        const first = fileCount;
        fileCount += next.files.length;
        let added = ESRCH;
        await change(() => {
          if (words[LIVE_TASKS] === 0) return;
          next.files.forEach((name, index) => defineFile(k, first + index, name));
          starting = number;
          added = addTask(k, firstProcess(another));
          starting = 0;
          if (expected === 0) return;
          expected--;
          endExpectation(k);
        });
        if (added !== DONE) throw new Error(`${another.entry} did not start beside the others: ${errnoName(added)}`);
      },
      goOn: (wish) => change(() => {
        if (isVirtual) changeStop(k, wish);
      }),
      choose: async (task) => {
        let taken = false;
        await change(() => (taken = isVirtual && answer(k, task)));
        return taken;
      },
      writeInput: (line) => void change(() => giveLine(k, line)),
    };
    this.runs.add(run);
    void finished.then(() => this.runs.delete(run));
    return run;
  }

  dispose(): void {
    for (const run of this.runs) void run.stop();
    for (const spares of this.spares.values()) spares.dispose();
    this.recorder.dispose();
  }

  /** The recorder, and those kept ready for the next process. */
  get idleWorkers(): number {
    return [...this.spares.values()].reduce((sum, spares) => sum + spares.size, this.recorder.size);
  }

  private sparesOf(guest: Guest): SpareWorkers {
    let spares = this.spares.get(guest);
    if (spares === undefined) this.spares.set(guest, (spares = new SpareWorkers(guest, this.spareWorkers)));
    return spares;
  }
}

function notePanic(k: Kernel, fact: string): void {
  try {
    k.panic(fact);
  } catch (error) {
    if (!(error instanceof KernelPanic)) throw error;
  }
}
