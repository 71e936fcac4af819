import type { BootProgress, Guest, WholeRunGuest } from '../guest/guest';
import { javascript } from '../guest/javascript';
import { python, pythonInOneWorker } from '../guest/python';
import { programsOf, type Language, type Program, type RunSettings } from '../protocol/program';
import { possibleShape, type MachineShape } from '../protocol/shape';
import { translate } from '../text/translate';
import type { Machine, Run, RunListener } from './machine-types';
import { ManyWorkers } from './many-workers';
import { OneWorker } from './one-worker';

/** So that a process begins at once; each costs some 3 MiB while it waits. */
const SPARE_WORKERS = 2;

const guests: Partial<Record<Language, Guest>> = { javascript, python };

const wholeRunGuests: Partial<Record<Language, WholeRunGuest>> = { python: pythonInOneWorker };

/**
 * The machine that this page can have. Cheap: workers, memory and what a language needs come with the first run.
 * `onProgress` hears of a language's download and compilation; `spareWorkers` are started ahead of each language.
 */
export function createMachine(
  onProgress?: (progress: BootProgress) => void, spareWorkers = SPARE_WORKERS, shape = possibleShape(),
): Machine {
  if (shape === 'many workers') return machineOf(shape, guests, new ManyWorkers(spareWorkers, onProgress));
  return machineOf(shape, shape === 'one worker' ? wholeRunGuests : {}, new OneWorker(onProgress));
}

interface Runner<G> {
  readonly idleWorkers: number;
  warm(guest: G, program: Program): Promise<void>;
  run(guest: G, programs: readonly Program[], settings: RunSettings, listener: RunListener): Promise<Run>;
  dispose(): void;
}

function machineOf<G>(shape: MachineShape, languages: Partial<Record<Language, G>>, machine: Runner<G>): Machine {
  return {
    shape,
    get idleWorkers() {
      return machine.idleWorkers;
    },
    warm(program: Program): Promise<void> {
      const guest = languages[program.language];
      return guest === undefined ? Promise.resolve() : machine.warm(guest, program);
    },
    run(program: Program, settings: RunSettings, listener: RunListener, beside?: readonly Program[]): Promise<Run> {
      const guest = languages[program.language];
      if (guest === undefined) return Promise.reject(new Error(translate('ui.machine.noJavaScript')));
      const programs = beside === undefined ? programsOf(program) : [program, ...beside];
      return machine.run(guest, settings.clock === 'virtual' ? programs : [program], settings, listener);
    },
    dispose: () => machine.dispose(),
  };
}
