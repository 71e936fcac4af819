import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../protocol/program';
import { fromProgramFile, isProgramFile, programOfSource, toProgramFile } from './program-file';
import type { SharedProgram } from './shared-program';

const one: SharedProgram = {
  program: { language: 'javascript', files: [{ name: 'main.js', text: 'print(1)' }], entry: 'main.js' },
  settings: DEFAULT_SETTINGS,
};
const two: SharedProgram = {
  program: { ...one.program, files: [...one.program.files, { name: 'b.js', text: '' }], entry: 'b.js' },
  settings: { ...DEFAULT_SETTINGS, stdin: 'x' },
};

describe('a program file', () => {
  test('of one source is the source itself', () => {
    expect(toProgramFile(one)).toEqual({ name: 'main.js', text: 'print(1)' });
    expect(programOfSource('main.js', 'print(1)')).toEqual(one.program);
  });

  test('of several sources or with settings comes back as it went in', () => {
    const { name, text } = toProgramFile(two);
    expect(name).toBe('program.weft.json');
    const json: unknown = JSON.parse(text);
    expect(isProgramFile(json)).toBe(true);
    expect(fromProgramFile(json)).toEqual(two);
  });

  test.each([
    [null, 'unknown format'],
    [{ format: 'weft-trace' }, 'unknown format'],
    [{ format: 'weft-program' }, 'invalid version'],
    [{ format: 'weft-program', version: 0 }, 'invalid version'],
    [{ format: 'weft-program', version: 99 }, 'unsupported version 99: this page reads up to 2'],
    [{ format: 'weft-program', version: 1, l: 'js' }, 'missing files'],
  ])('that is damaged says what is wrong: %j', (json, invalid) => {
    expect(fromProgramFile(json)).toEqual({ invalid });
  });

  test('has its language by the ending of its name, or none', () => {
    expect(programOfSource('a.PY', '')?.language).toBe('python');
    expect(programOfSource('a.mjs', '')?.language).toBe('javascript');
    expect(programOfSource('a.txt', '')).toBeUndefined();
  });
});
