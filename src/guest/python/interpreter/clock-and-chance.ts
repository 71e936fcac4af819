import type { Kernel } from '../../../kernel/kernel';
import { cpuTimeOfCurrent } from '../../../kernel/cpu-time';
import { SEED, START_TIME } from '../../../kernel/layout';
import { mulberry32 } from '../../../kernel/sched/random-state';
import type { Heap } from './native-module';

const NANOSECONDS_A_MILLISECOND = 1e6;
const CLOCK_REALTIME = 0;
const CLOCK_PROCESS_CPUTIME_ID = 2;
const CLOCK_THREAD_CPUTIME_ID = 3;

/** What the process that asks is in: its kernel, and a settled account of the steps that its task has done. */
export interface AskingProcess {
  readonly kernel: Kernel | undefined;
  readonly heap: () => Heap;
  /** Charges the running task's steps, so that the virtual clock has gone as far as the task has. */
  readonly chargeSteps: () => void;
}

/** As JavaScript gets them from the module's imports; 64-bit parameters are bigints. */
type Import = (...parameters: never[]) => unknown;

/**
 * The clocks and the randomness of a process in virtual time: the run's clock, and numbers that come from its seed and the
 * process's pid, so that what one process draws does not depend on who else draws. In real time all are the browser's.
 */
export class ClockAndChance {
  private state = 0;

  constructor(private readonly asking: () => AskingProcess) {}

  /** A process with this pid begins on this worker. */
  begin(k: Kernel, pid: number): void {
    this.state = Math.imul(k.words[SEED] ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(pid, 0xc2b2ae35);
  }

  replaceImports(imports: WebAssembly.Imports): void {
    const env = imports['env'] as Record<string, Import>;
    const wasi = imports['wasi_snapshot_preview1'] as Record<string, Import>;
    const dateNow = env['emscripten_date_now'] as () => number;
    const performanceNow = env['emscripten_get_now'] as () => number;
    const clockTime = wasi['clock_time_get'] as (id: number, precision: bigint, result: number) => number;
    const random = wasi['random_get'] as (at: number, length: number) => number;
    env['emscripten_date_now'] = () => this.milliseconds(true) ?? dateNow();
    env['emscripten_get_now'] = () => this.milliseconds(false) ?? performanceNow();
    wasi['clock_time_get'] = ((id: number, precision: bigint, result: number) => {
      const now = this.cpuMilliseconds(id) ?? this.milliseconds(id === CLOCK_REALTIME);
      if (now === undefined) return clockTime(id, precision, result);
      const nanoseconds = BigInt(Math.round(now * NANOSECONDS_A_MILLISECOND));
      new BigInt64Array(this.asking().heap().u8.buffer)[result >> 3] = nanoseconds;
      return 0;
    });
    wasi['random_get'] = ((at: number, length: number) => {
      const { kernel, heap } = this.asking();
      if (kernel?.virtual !== true) return random(at, length);
      const { u8 } = heap();
      for (let i = 0; i < length; i++) u8[at + i] = this.draw() * 256;
      return 0;
    });
  }

  /** Of virtual time: since the epoch or since the run began. Undefined where time is real. */
  private milliseconds(sinceEpoch: boolean): number | undefined {
    const asking = this.asking();
    const k = asking.kernel;
    if (k?.virtual !== true) return undefined;
    asking.chargeSteps();
    const sinceStart = k.scheduler.now(k) / NANOSECONDS_A_MILLISECOND;
    return sinceEpoch ? k.doubles[START_TIME >> 1] + sinceStart : sinceStart;
  }

  /** Of virtual time: for how long the process or the thread has had CPUs, where it is that clock which is asked for. */
  private cpuMilliseconds(id: number): number | undefined {
    const asking = this.asking();
    const k = asking.kernel;
    if (k?.virtual !== true || k.current === 0 || (id !== CLOCK_PROCESS_CPUTIME_ID && id !== CLOCK_THREAD_CPUTIME_ID)) return undefined;
    asking.chargeSteps();
    return cpuTimeOfCurrent(k, id === CLOCK_THREAD_CPUTIME_ID) / NANOSECONDS_A_MILLISECOND;
  }

  private draw(): number {
    const { fraction, next } = mulberry32(this.state);
    this.state = next;
    return fraction;
  }
}
