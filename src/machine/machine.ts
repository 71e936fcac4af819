import type { BootProgress, Guest } from '../guest/guest';
import { javascript } from '../guest/javascript';
import { python } from '../guest/python';
import type { Language, Program, RunSettings } from '../protocol/program';
import { ManyWorkers } from './many-workers';
import type { Machine, Run, RunListener } from './machine-types';

/** So that a process begins at once; each costs some 3 MiB while it waits. */
const SPARE_WORKERS = 2;

const guests: Partial<Record<Language, Guest>> = { javascript, python };

/**
 * The machine that this page can have. Cheap: workers, memory and what a language needs come with the first run.
 * `onProgress` hears of a language's download and compilation; `spareWorkers` are started ahead of each language.
 */
export function createMachine(onProgress?: (progress: BootProgress) => void, spareWorkers = SPARE_WORKERS): Machine {
  const machine = new ManyWorkers(spareWorkers, onProgress);
  return {
    shape: 'many workers',
    get idleWorkers() {
      return machine.idleWorkers;
    },
    warm(program: Program): Promise<void> {
      const guest = guests[program.language];
      return guest === undefined ? Promise.resolve() : machine.warm(guest, program);
    },
    run(program: Program, settings: RunSettings, listener: RunListener): Promise<Run> {
      const guest = guests[program.language];
      if (guest === undefined) return Promise.reject(new Error(`unsupported language: ${program.language}`));
      return machine.run(guest, program, settings, listener);
    },
    dispose: () => machine.dispose(),
  };
}
