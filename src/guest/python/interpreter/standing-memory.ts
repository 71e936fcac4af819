import { lineOfPlace, type Pid, type Tid } from '../../../protocol/ids';
import type { StandingCall, StandingProcess, StandingVariable } from '../../../protocol/pause';
import type { Frames, ProgramFrame } from './frames';
import { LocalsOfFunctions } from './function-locals';
import type { NativeModule } from './native-module';
import { ValuesAtRest } from './values-at-rest';

const NAME_AT_MOST = 80;
const GLOBALS_AT_MOST = 48;

interface Thread {
  readonly tid: Tid;
  readonly ident: number;
}

/**
 * What a process has in memory while a run stands: variables are told in the trace when a task comes to an operation, and a reader who
 * goes through the lines between two of them wants to see what each does. Read where it lies, without a trace of the reading.
 */
export class StandingMemory {
  private readonly functions: LocalsOfFunctions;
  private readonly values: ValuesAtRest;

  constructor(private readonly native: NativeModule, private readonly frames: Frames) {
    this.functions = new LocalsOfFunctions(native, frames, (text) => this.nameAt(text));
    this.values = new ValuesAtRest(native);
  }

  /** The worker serves another process. */
  begin(): void {
    this.functions.clear();
  }

  /** `tasks`: the process's threads, with what `threading.get_ident` answers on each. */
  read(pid: Pid, tasks: Iterable<Thread>): StandingProcess {
    const states = this.frames.threadStates();
    let globals = 0;
    const threads = [...tasks].map(({ tid, ident }) => {
      // The state on which Python was initialised has its thread's number too, and no calls.
      const stacks = states.filter((each) => each.ident === ident).map(({ state }) => this.frames.framesOf(state).frames);
      const frames = stacks.find(({ length }) => length > 0) ?? [];
      const calls = frames.map((frame) => {
        const told = this.frames.tellFrame(frame);
        globals ||= told.globals;
        return { name: told.name, line: lineOfPlace(told.place), locals: this.localsIn(frame) } satisfies StandingCall;
      });
      return { tid, calls };
    });
    return { pid, threads, globals: globals === 0 ? [] : this.globalsIn(globals) };
  }

  private localsIn({ frame, code }: ProgramFrame): StandingVariable[] {
    const first = frame + this.frames.firstLocal;
    return this.functions.of(code).variables.flatMap((variable) => {
      const object = this.functions.objectIn(first, variable);
      return object === 0 ? [] : [{ name: variable.name, value: this.values.read(object) }];
    });
  }

  private globalsIn(dict: number): StandingVariable[] {
    const variables: StandingVariable[] = [];
    for (const [key, object] of this.values.entries(dict)) {
      const name = this.nameAt(key);
      if (name === undefined || name.startsWith('_') || variables.length === GLOBALS_AT_MOST) continue;
      const value = this.values.read(object);
      if (value !== undefined) variables.push({ name, value });
    }
    return variables;
  }

  private nameAt(text: number): string | undefined {
    return this.native.shortAscii(text, NAME_AT_MOST);
  }
}
