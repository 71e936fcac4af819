// @ts-check
/** The recorder for programs under a real CPython: one file for its users, several in recorder/ for its readers. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './paths.mjs';

const folder = join(projectRoot, 'recorder');

/** The whole of `weft_recorder.py`: its parts in the order of their names. */
export function recorderText() {
  const parts = readdirSync(folder).filter((name) => name.endsWith('.py')).sort();
  return parts.map((name) => readFileSync(join(folder, name), 'utf8').trimEnd()).join('\n\n\n').concat('\n');
}

/** Puts it into the build. @returns {import('vite').Plugin} */
export function recorderPlugin() {
  return {
    name: 'weft-recorder',
    apply: 'build',
    generateBundle() {
      if (this.environment?.name !== 'client') return;
      this.emitFile({ type: 'asset', fileName: 'weft_recorder.py', source: recorderText() });
    },
  };
}
