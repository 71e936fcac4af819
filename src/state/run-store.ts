import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BootProgress, Machine } from '../machine/machine-types';
import type { Tid } from '../protocol/ids';
import type { StopWish } from '../protocol/pause';
import { DEFAULT_SETTINGS, type Program, type RunSettings } from '../protocol/program';
import { buildModel } from '../trace/model';
import { prefixOf } from '../trace/prefix';
import type { Trace, TraceModel } from '../trace/trace';
import { findStands } from './find-stands';
import { LookBack, type Stand } from './look-back';
import { buildModelInTurns } from './trace-file';
import { browserClock, type PageClock } from './model-pacer';
import { RunAttempt } from './run-attempt';
import { NO_RUN, type RunState } from './run-state';
import { settingsUpTo, settingsUpToQuestion, settingsWithChoice } from './stepping';

export type { RunPhase, RunState } from './run-state';

/** The state of the run and all that may be done to it. No action throws or rejects. */
export interface RunStore extends StoreApi<RunState> {
  /** Runs a program, stopping first what runs; resolves when it has started or was refused. */
  run(program: Program, settings?: RunSettings): Promise<void>;
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
  /** Gives the program a line, or null: the end of its input. */
  sendInput(line: string | null): void;
  /**
   * Starts another program beside those that run, on their machine: a client of the reader's. Why it could not be, or undefined.
   */
  join(program: Program): Promise<string | undefined>;
  /** In virtual time: lets a paused run go on until what `wish` says, or pauses one that goes on. */
  goOn(wish: StopWish): void;
  /**
   * Who goes next in a paused run. Where it did not ask, it is run again up to there with that choice, and the reader schedules
   * from there on; the one before is kept to be compared.
   */
  choose(task: Tid): Promise<void>;
  /**
   * The paused run one step before, or at the question before where the reader schedules: what was recorded of it up to there, where
   * the steps behind it are known, and else by running it again to there.
   */
  stepBack(): Promise<void>;
  /** A run whose reader schedules, also one that has ended, at the question of which `answers[number]` is the answer: it is asked anew. */
  askAgain(number: number): Promise<void>;
  /** A paused run at another moment of it, in nanoseconds. */
  goTo(time: number): Promise<void>;
  /** Shows a recorded run in place of the present one, which is stopped; `model` is its own, where it is known. */
  openTrace(trace: Trace, name: string, model?: TraceModel): Promise<void>;
  reportBoot(progress: BootProgress): void;
  /** The program was edited: its old mistakes no longer stand at their lines. */
  forgetProblems(): void;
  dispose(): void;
}

/**
 * Beyond this a page's memory is in danger (some 300 bytes an event with its model): the run is stopped, and
 * kept.
 */
export const EVENTS_AT_MOST = 2_000_000;

export interface RunStoreOptions {
  readonly clock?: PageClock;
  readonly eventsAtMost?: number;
  /** Called with a recorded run before it is shown: what takes long to show can be computed in turns with other work. */
  readonly prepare?: (model: TraceModel) => Promise<void>;
  /** A machine that runs a program again beside the first, so that what lies behind it is known when the reader steps back. */
  readonly machineBeside?: () => Machine;
}

export function createRunStore(machine: Machine, options: RunStoreOptions = {}): RunStore {
  const { clock = browserClock, eventsAtMost = EVENTS_AT_MOST, prepare = () => Promise.resolve() } = options;
  const store = createStore<RunState>(() => NO_RUN);
  const { getState, setState } = store;
  let current: RunAttempt | undefined;
  /** Where the reader looks back to, while the run stands further on. */
  let shown: Stand | undefined;
  let beside: Machine | undefined;
  /** Resolves when nothing runs there any more. */
  let besideRests: Promise<unknown> = Promise.resolve();
  let asked = 0;

  function run(program: Program, settings: RunSettings = DEFAULT_SETTINGS): Promise<void> {
    return attemptRun(program, settings, undefined);
  }

  /**
   * `again`: the attempt that is done again up to some step, and the place of which is taken; unless it `isOther`, the reader sees
   * it as the same run. `kept`: so many of its answers are given again.
   */
  async function attemptRun(program: Program, settings: RunSettings, again: RunAttempt | undefined, isOther = true, kept = 0): Promise<void> {
    const number = ++asked;
    current?.abandon();
    shown = undefined;
    if (again === undefined || isOther) forgetBeside();
    if (again === undefined) await stop();
    else {
      // While it is on its way back the reader still sees where it stood.
      current = undefined;
      await again.stop();
    }
    // Asked for once more meanwhile: only the last one is wanted.
    if (number !== asked) return;
    const before = getState();
    const traceNumber = before.traceNumber + (isOther ? 1 : 0);
    const what = {
      program, settings, traceNumber, lines: again?.lines ?? [],
      questions: again?.questions.slice(0, kept) ?? [], answers: again?.answers.slice(0, kept) ?? [],
    };
    const lookBack = again === undefined || isOther ? new LookBack(find, clock) : again.lookBack;
    const attempt = new RunAttempt(machine, clock, eventsAtMost, what, lookBack, (change) => {
      if (current !== attempt) return;
      setState(change);
      if (change.phase === 'ended') forgetBeside();
    });
    current = attempt;
    setState({ phase: 'starting', problems: [], failure: undefined, inputWanted: false, answers: what.answers, ...(again === undefined && { pause: undefined }) });
    const started = await attempt.start();
    if (started || current !== attempt) return;
    current = undefined;
    setState({ phase: before.model === undefined ? 'idle' : 'ended', boot: undefined, pause: undefined });
  }

  async function find(until: Stand, signal: AbortSignal): Promise<readonly Stand[] | undefined> {
    if (current === undefined || options.machineBeside === undefined) return undefined;
    const { what: { program, settings }, lines } = current;
    beside ??= options.machineBeside();
    const found = findStands(beside, { program, settings, lines }, until, signal);
    besideRests = found;
    return found;
  }

  /** Its workers hold memory that nobody needs until a run stands still again. */
  function forgetBeside(): void {
    current?.lookBack.rest();
    const machine = beside;
    beside = undefined;
    // Its run has to end first: workers of one that goes on would stay.
    void besideRests.then(() => machine?.dispose());
  }

  /** What is recorded of the run up to where the reader sees it. */
  function recordedOf(attempt: RunAttempt): Trace {
    const trace = attempt.recorded();
    return shown === undefined ? trace : prefixOf(trace, shown.events);
  }

  function show(attempt: RunAttempt, stand: Stand): void {
    shown = attempt.lookBack.isLast(stand) ? undefined : stand;
    setState({ model: buildModel(prefixOf(attempt.recorded(), stand.events)), pause: stand.pause });
  }

  /** The attempt that is current, brought to where the reader sees it; undefined where it is over, or another is wanted by then. */
  async function attemptShown(): Promise<RunAttempt | undefined> {
    if (current === undefined || shown === undefined) return current;
    const { program, settings } = current.what;
    await attemptRun(program, settingsUpTo(settings, recordedOf(current), { atStep: shown.pause.step }), current, false);
    const attempt: RunAttempt | undefined = current;
    return await attempt?.standing === undefined || attempt !== current ? undefined : attempt;
  }

  async function goOn(wish: StopWish): Promise<void> {
    const next = shown !== undefined && wish.afterSteps === 1 ? current?.lookBack.after(shown.pause) : undefined;
    if (current !== undefined && next !== undefined) show(current, next);
    else await (await attemptShown())?.goOn(wish);
  }

  async function stop(): Promise<void> {
    const attempt = current;
    if (attempt === undefined || getState().phase === 'ended') return;
    setState({ phase: 'stopping' });
    await attempt.stop();
  }

  async function choose(task: Tid): Promise<void> {
    const attempt = current;
    const { pause, phase } = getState();
    // On its way back to where it will stand: what is still shown there is of the run before.
    if (attempt === undefined || phase !== 'running' || pause === undefined || pause.choices.every(({ tid }) => tid !== task)) return;
    if (pause.cause === 'question') {
      await attempt.answer(pause, task);
      return;
    }
    const { program, settings } = attempt.what;
    await attemptRun(program, settingsWithChoice(settings, recordedOf(attempt), pause, task), attempt);
  }

  async function stepBack(): Promise<void> {
    const first = current;
    const { pause } = getState();
    if (first === undefined || pause === undefined || pause.step === 0) return;
    const { program, settings } = first.what;
    if (pause.cause === 'question' && first.questions.length > 1) {
      await askAgain(first.questions.length - 2);
      return;
    }
    const behind = first.lookBack.before(pause);
    if (behind !== undefined) {
      show(first, behind);
      return;
    }
    const recorded = recordedOf(first);
    let attempt = first;
    // A task may do several steps before it can be stopped: where the run comes to stand where it stood, it is aimed lower.
    for (let step = pause.step - 1; step >= 0; step--) {
      await attemptRun(program, settingsUpTo(settings, recorded, { atStep: step }), attempt, false);
      if (current === undefined) return;
      attempt = current;
      const stands = await attempt.standing;
      if (attempt !== current || stands === undefined || stands.step < pause.step) return;
    }
  }

  async function askAgain(number: number): Promise<void> {
    const attempt = current;
    const question = attempt?.questions[number];
    if (attempt === undefined || question === undefined) return;
    const { program, settings } = attempt.what;
    await attemptRun(program, settingsUpToQuestion(settings, attempt.recorded(), question), attempt, false, number);
  }

  async function goTo(time: number): Promise<void> {
    const attempt = current;
    const { pause } = getState();
    if (attempt === undefined || pause === undefined) return;
    if (time >= pause.time && shown === undefined) {
      await attempt.goOn({ atTime: time });
      return;
    }
    const { program, settings } = attempt.what;
    await attemptRun(program, settingsUpTo(settings, recordedOf(attempt), { atTime: time }), attempt, false);
  }

  return Object.assign(store, {
    run,
    stop: () => {
      // A run that waits for the end of this one is not wanted either.
      if (current !== undefined) asked++;
      return stop();
    },
    goOn: (wish: StopWish) => void goOn(wish),
    choose,
    stepBack,
    askAgain,
    goTo,
    sendInput: (line: string | null) => current?.sendInput(line),
    join: async (program: Program) => current?.join(program),
    openTrace: async (trace: Trace, name: string, known?: TraceModel) => {
      const number = ++asked;
      await stop();
      forgetBeside();
      [current, shown] = [undefined, undefined];
      const model = known ?? await buildModelInTurns(trace);
      await prepare(model);
      // Something else was asked for meanwhile: that is what is wanted.
      if (number !== asked) return;
      const traceNumber = getState().traceNumber + 1;
      setState(
        { ...NO_RUN, phase: 'ended', traceNumber, model, source: { kind: 'file', name } },
        true,
      );
    },
    reportBoot: (boot: BootProgress) => setState({ boot: boot.stage === 'ready' ? undefined : boot }),
    forgetProblems: () => {
      if (getState().problems.length > 0) setState({ problems: [] });
    },
    dispose: () => {
      forgetBeside();
      current = undefined;
      machine.dispose();
    },
  });
}
