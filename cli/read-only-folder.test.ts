import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFolder } from './read-only-folder.mjs';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'weft-folder-'));
});
afterEach(() => rmSync(base, { recursive: true }));

test('a folder is its files with their contents, without what is hidden or compiled', () => {
  for (const folder of ['lib/pack/__pycache__', 'lib/.git']) mkdirSync(join(base, folder), { recursive: true });
  const files = { 'a.py': 'one', 'pack/b.txt': 'two', 'empty.py': '', 'pack/__pycache__/b.pyc': 'x', '.git/config': 'y', '.z': 'z' };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(base, 'lib', name), text);
  const { name, bytes, files: found } = readFolder(base, 'lib', 2);
  const texts = found.map(([path, start, end]) => [path, new TextDecoder().decode(bytes.subarray(start, end))]);
  expect(name).toBe('2-lib');
  expect(Object.fromEntries(texts)).toEqual({ 'a.py': 'one', 'pack/b.txt': 'two', 'empty.py': '' });
});

test('what is no folder is refused with a sentence', () => {
  writeFileSync(join(base, 'file'), '');
  for (const name of ['none', 'file']) expect(() => readFolder(base, name, 0)).toThrow(`missing folder "${name}" of --path`);
});
