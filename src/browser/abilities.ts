import type { Language } from '../protocol/program';
import { bestShape, runsIn, type MachineShape } from '../protocol/shape';

/** What a browser must be able to do for Weft, each asked of the browser itself and not of its name. */
export const ABILITIES = ['isolated', 'memory', 'workers', 'suspending', 'offline', 'storage'] as const;
export type Ability = (typeof ABILITIES)[number];
export type Abilities = Readonly<Record<Ability, boolean>>;

/** How programs run with them; `recorded` runs can be played everywhere. */
export type Possible = Readonly<Record<Language, MachineShape>>;

/** Asks the browser. Resolves within seconds, whatever it forbids. */
export async function abilitiesOf(scope: Window & typeof globalThis): Promise<Abilities> {
  return {
    isolated: scope.crossOriginIsolated,
    memory: typeof scope.SharedArrayBuffer !== 'undefined',
    workers: await startsModuleWorker(scope),
    suspending: 'Suspending' in scope.WebAssembly,
    offline: 'serviceWorker' in scope.navigator && 'caches' in scope,
    storage: canStore(scope),
  };
}

export function possibleWith({ isolated, memory, workers, suspending }: Abilities): Possible {
  const shape = workers ? bestShape(isolated && memory, suspending) : 'recorded';
  return {
    javascript: runsIn(shape, 'javascript') ? shape : 'recorded',
    python: suspending ? shape : 'recorded',
  };
}

const PATIENCE_MS = 3000;

function startsModuleWorker(scope: Window & typeof globalThis): Promise<boolean> {
  return new Promise((resolve) => {
    const address = scope.URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }));
    const answer = (works: boolean): void => {
      scope.URL.revokeObjectURL(address);
      resolve(works);
    };
    try {
      const worker = new scope.Worker(address, { type: 'module' });
      const timer = setTimeout(() => answer(false), PATIENCE_MS);
      const end = (works: boolean): void => {
        clearTimeout(timer);
        worker.terminate();
        answer(works);
      };
      worker.onmessage = () => end(true);
      worker.onerror = () => end(false);
    } catch {
      answer(false);
    }
  });
}

function canStore(scope: Window): boolean {
  try {
    return scope.localStorage.length >= 0;
  } catch {
    return false;
  }
}
