import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readProgram } from './programs.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-programs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function save(files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}
const names = (file: string): string[] => readProgram(folder, file).files.map(({ name }) => name).sort();

test('a program is its file by its own name, with the language of its ending', () => {
  save({ 'a/main.mjs': 'print(1)' });
  expect(readProgram(folder, 'a/main.mjs')).toEqual({
    language: 'javascript', entry: 'main.mjs', files: [{ name: 'main.mjs', text: 'print(1)' }],
  });
});

test('JavaScript modules that it imports come along, and those that they import', () => {
  save({
    'main.js': `import { Queue } from 'weft'; import { a } from './lib/a.js'; import './missing.js';`,
    'lib/a.js': `export * from '../b.js'; export const a = await import('./c.js');`,
    'b.js': '', 'lib/c.js': '', 'unused.js': '',
  });
  expect(names('main.js')).toEqual(['b.js', 'lib/a.js', 'lib/c.js', 'main.js']);
});

test('nothing above the folder of the program comes along', () => {
  save({ 'a/main.js': `import '../secret.js';`, 'secret.js': '' });
  expect(names('a/main.js')).toEqual(['main.js']);
});

test('a module with a syntax error is sent as it is, for the machine to report', () => {
  save({ 'main.js': 'import {' });
  expect(names('main.js')).toEqual(['main.js']);
});

test('Python modules and packages that it imports come along', () => {
  save({
    'main.py': 'import os, helper as h\nfrom pack.inner import (\n  one,\n)\nif True:\n    import late\n',
    'helper.py': 'from pack import two', 'late.py': '',
    'pack/__init__.py': '', 'pack/inner.py': 'from . import sibling\nfrom .deep.x import y', 'pack/two.py': '',
    'pack/sibling.py': '', 'pack/deep/x.py': '', 'unused.py': '',
  });
  expect(names('main.py')).toEqual([
    'helper.py', 'late.py', 'main.py', 'pack/__init__.py', 'pack/deep/x.py', 'pack/inner.py', 'pack/sibling.py',
    'pack/two.py',
  ]);
});

test.each([
  ['none.js', 'missing file "none.js"'],
  ['notes.txt', 'unsupported file "notes.txt": the name of a program ends in .js, .mjs or .py'],
  ['folder.js', 'invalid file "folder.js": it is a folder'],
  ['latin.py', 'invalid file "latin.py": it is not text in UTF-8'],
])('%s is refused with a sentence', (file, sentence) => {
  save({ 'notes.txt': '', 'folder.js/x': '', 'latin.py': new Uint8Array([0x23, 0xe9, 0x0a]) });
  expect(() => readProgram(folder, file)).toThrow(sentence);
});
