import { expect, it } from 'vitest';
import { lineOfPlace, type Place } from '../../../protocol/ids';
import type { LoadFile } from '../program-message';
import { instrument } from './instrument';

/**
 * Loads a program as virtual time has it; answers what its main answers and the lines at which steps were
 * counted.
 */
function run(text: string): { answer: unknown; lines: number[] } {
  const loadable = instrument(
    { language: 'javascript', entry: 'main.js', files: [{ name: 'main.js', text }] },
    { countSteps: true },
  );
  const lines: number[] = [];
  const runtime = {
    place: 0,
    get turns() {
      return 0;
    },
    set turns(_turns: number) {
      // Each step asks.
    },
    turn: (place: Place) => lines.push(lineOfPlace(place)),
    at: (value: unknown) => value,
  };
  // The runtime's `--turns` answers -1 each time.
  const load = (0, eval)(loadable.files[0].code) as LoadFile;
  const { exports } = load(runtime, {}, []);
  return { answer: (exports.main as () => unknown)(), lines };
}

it('counts calls of functions of every kind, and turns of loops, each with its line', () => {
  const { answer, lines } = run(`
const twice = (x) => x * 2;
const pair = (x) => ({ x });
const both = (x) => (twice(x), pair(x));
class Counter {
  count() { return 1; }
  get one() { return this.count(); }
}
function* numbers() { yield 1; yield 2; }
export function main() {
  let sum = 0;
  for (let i = 0; i < 2; i++) sum += twice(i);
  for (const n of numbers())
    sum += n;
  return [sum, both(3).x, new Counter().one];
}`);
  expect(answer).toEqual([5, 3, 1]);
  expect(lines).toEqual([10, 12, 2, 12, 2, 9, 14, 14, 4, 2, 3, 7, 6]);
});

it('leaves recursion and default values what they are', () => {
  const { answer, lines } = run(`
const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2);
function scaled(n, by = fib(3)) { return n * by; }
export function main() { return scaled(fib(4)); }`);
  expect(answer).toBe(6);
  expect(lines.filter((line) => line === 2)).toHaveLength(9 + 5);
});
