import { finderFor } from '../analysis/findings/finder';
import type { Machine, Run } from '../machine/machine-types';
import type { PauseState } from '../protocol/pause';
import { recordedSettings, type Program, type RunSettings } from '../protocol/program';
import { RECORD_WORDS } from '../protocol/trace-events';
import { TraceBuilder } from '../trace/trace-builder';
import type { Stand } from './look-back';

/** Steps that are gone through one by one before the one that is asked for. */
const WINDOW_STEPS = 64;
/** A longer run is not run again unasked: it would take the reader's computer for too long. */
const MOST_EVENTS = 200_000;
const MOST_STEPS = 2_000_000;

/** A run of virtual time, and what its reader typed. */
export interface RunToRepeat {
  readonly program: Program;
  readonly settings: RunSettings;
  readonly lines: readonly (string | null)[];
}

/**
 * Runs a program again on `machine` up to `until` and goes step by step through the last of the way. Undefined where the run does not
 * come to stand there, which would be another run, and where `signal` ends it. When it resolves nothing of it runs. Never rejects.
 */
export async function findStands(
  machine: Machine, { program, settings, lines }: RunToRepeat, until: Stand, signal: AbortSignal,
): Promise<readonly Stand[] | undefined> {
  const { step: last } = until.pause;
  if (until.events > MOST_EVENTS || last > MOST_STEPS || signal.aborted) return undefined;
  const chunks: Int32Array[] = [];
  const pauses: PauseState[] = [];
  let received = 0;
  let run: Run | undefined;
  let end: () => void;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const goOn = (): void => void run?.goOn({ afterSteps: 1 });
  const isWhole = (): boolean => {
    const pause = pauses.at(-1);
    return pause !== undefined && pause.step >= last && ((pause.records - received) | 0) <= 0;
  };
  signal.addEventListener('abort', () => end());
  try {
    run = await machine.run(program, { ...settings, readerMayConnect: true, stop: { atStep: Math.max(0, last - WINDOW_STEPS) } }, {
      records: (records) => {
        chunks.push(records);
        received += records.length / RECORD_WORDS;
        if (isWhole()) end();
      },
      inputWanted: () => undefined,
      paused: (pause) => {
        if (pause === undefined) return;
        pauses.push(pause);
        if (pause.step < last) goOn();
        else if (isWhole()) end();
      },
    });
  } catch {
    return undefined;
  }
  for (const line of lines) run.writeInput(line);
  // It may have come to stand before there was a run to go on with.
  if (pauses.length === 1 && pauses[0].step < last) goOn();
  await Promise.race([ended, run.finished]);
  await run.stop();
  if (signal.aborted || !isWhole() || pauses.at(-1)?.step !== last) return undefined;
  return countEvents(program, settings, pauses, chunks);
}

/** How many events had been recorded at each of `pauses`, findings included. */
function countEvents(program: Program, settings: RunSettings, pauses: readonly PauseState[], chunks: readonly Int32Array[]): Stand[] {
  const builder = new TraceBuilder({ clock: 'virtual', program, settings: recordedSettings(settings, program.language) }, finderFor(settings));
  let [chunk, start, appended] = [0, 0, 0];
  return pauses.map((pause) => {
    while (chunk < chunks.length && appended < pause.records) {
      const take = Math.min(pause.records - appended, (chunks[chunk].length - start) / RECORD_WORDS);
      builder.append(chunks[chunk].subarray(start, start + take * RECORD_WORDS));
      appended += take;
      start += take * RECORD_WORDS;
      if (start === chunks[chunk].length) [chunk, start] = [chunk + 1, 0];
    }
    return { pause, events: builder.length };
  });
}
