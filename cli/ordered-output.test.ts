import { expect, test } from 'vitest';
import { combinedStatus, shellStatus } from './exit-status.mjs';
import { OrderedOutput } from './ordered-output.mjs';

test('the output of the first program goes through at once, that of others waits for their turn', () => {
  const seen: string[] = [];
  const output = new OrderedOutput(3, (stream, text) => seen.push(`${stream} ${text}`));
  output.write(1, 'stdout', 'b1');
  output.write(0, 'stdout', 'a1');
  output.end(1);
  output.write(2, 'stderr', 'c1');
  output.write(0, 'stderr', 'a2');
  expect(seen).toEqual(['stdout a1', 'stderr a2']);
  output.end(0);
  expect(seen).toEqual(['stdout a1', 'stderr a2', 'stdout b1', 'stderr c1']);
  output.write(2, 'stdout', 'c2');
  output.end(2);
  expect(seen.at(-1)).toBe('stdout c2');
});

test('the exit status of a program is as a shell shows it', () => {
  expect([0, 1, 255, 256, -9, -15].map(shellStatus)).toEqual([0, 1, 255, 0, 137, 143]);
});

test('the status of several programs is the first that is not 0', () => {
  expect(combinedStatus([0, 3, 0, 124])).toBe(3);
  expect(combinedStatus([0, 0])).toBe(0);
});
