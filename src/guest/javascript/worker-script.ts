import { API_PARTS } from './api-names';

/** The script of a JavaScript worker in pieces, one for each module. */
export interface WorkerParts {
  /** In the order in which they are evaluated. */
  readonly texts: readonly string[];
  /** Which pieces each module that worker.ts imports needs, itself included. */
  readonly needs: Readonly<Record<string, readonly number[]>>;
}

/** The modules of worker.ts that a program needs beside what every worker does. */
export function modulesFor(imports: readonly string[], isVirtual: boolean): string[] {
  const wanted = Object.entries(API_PARTS).filter(([, names]) => names.some((name) => imports.includes(name)));
  return [...wanted.map(([name]) => `api/${name}`), ...(isVirtual ? ['virtual'] : [])];
}

/**
 * A script with these modules. In a function of its own, for a program's text, which is evaluated in the global scope, must
 * not find names of it.
 */
export function scriptWith(modules: readonly string[], { texts, needs }: WorkerParts): string {
  const wanted = new Set([...needs['start'], ...modules.flatMap((name) => needs[name])]);
  return `(()=>{"use strict";${texts.filter((_, index) => wanted.has(index)).join('')}})()`;
}
