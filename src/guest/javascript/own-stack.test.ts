import { expect, it } from 'vitest';
import { ownFrames, setProgramFiles } from './own-stack';

it("keeps the program's own frames, of Chromium and of Firefox", () => {
  setProgramFiles(['main.js', 'lib/my tools.js']);
  const chromium = [
    'Error: oh',
    '    at inner (main.js:3:7)',
    '    at Object.outer [as go] (lib/my%20tools.js:12:1)',
    '    at main.js:9:2',
    '    at async later (main.js:10:3)',
    '    at module_ (main.js:1:5)',
    '    at new Thing (main.js:2:2)',
    '    at Array.map (<anonymous>)',
    '    at boot (http://localhost/assets/worker-1.js:1:2)',
  ].join('\n');
  expect(ownFrames(chromium)).toEqual([
    '    at inner (main.js:3)',
    '    at outer (lib/my tools.js:12)',
    '    at main.js:9',
    '    at later (main.js:10)',
    '    at <top level> (main.js:1)',
    '    at new Thing (main.js:2)',
  ]);
  expect(ownFrames('inner@main.js:3:7\nboot@http://localhost/worker.js:1:2\n@main.js:4:1')).toEqual([
    '    at inner (main.js:3)',
    '    at main.js:4',
  ]);
});

it('counts what is repeated', () => {
  setProgramFiles(['main.js']);
  const stack = `RangeError: deep\n${'    at f (main.js:2:3)\n'.repeat(50)}    at main (main.js:5:1)`;
  expect(ownFrames(stack)).toEqual([
    '    at f (main.js:2)',
    '    at f (main.js:2)',
    '    at f (main.js:2)',
    '    [the same 47 more times]',
    '    at main (main.js:5)',
  ]);
});
