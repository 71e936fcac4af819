import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { ERRORS_GLOBAL, IDENT_GLOBAL, LOCK_GLOBALS, patchPython } from './patch-python.mjs';

const original = readFileSync(createRequire(import.meta.url).resolve('pyodide/pyodide.asm.wasm'));

describe('the patched interpreter', () => {
  it('compiles, with four exports more, globals', () => {
    const patched = patchPython(original);
    const namesOf = (bytes: Uint8Array): string[] => (
      WebAssembly.Module.exports(new WebAssembly.Module(new Uint8Array(bytes))).map(({ name, kind }) => `${kind} ${name}`)
    );
    const before = new Set(namesOf(original));
    expect(namesOf(patched).filter((name) => !before.has(name))).toEqual([IDENT_GLOBAL, ERRORS_GLOBAL, ...LOCK_GLOBALS].map((name) => `global ${name}`));
  });

  it('is refused where the places are not as expected', () => {
    expect(() => patchPython(patchPython(original))).toThrow('expected one place');
  });
});
