import { expect, it } from 'vitest';
import { display, inspect, inspectShortly } from './inspect';
import { previewOf } from './preview';

it('texts are printed as they are, and quoted inside other values', () => {
  expect(display('a\nb')).toBe('a\nb');
  expect(display(['a', "it's", '"both\'', 'line\n'])).toBe("[ 'a', \"it's\", `\"both'`, 'line\\n' ]");
});

it('values look as in Node', () => {
  expect(inspect({ a: 1, 'b c': [undefined, null, true], d: {} })).toBe(
    "{ a: 1, 'b c': [ undefined, null, true ], d: {} }",
  );
  expect(
    inspect(
      new Map<unknown, unknown>([
        ['a', 1],
        [2, new Set([3])],
      ]),
    ),
  ).toBe("Map(2) { 'a' => 1, 2 => Set(1) { 3 } }");
  expect(inspect(new Uint8Array([1, 2]))).toBe('Uint8Array(2) [ 1, 2 ]');
  expect(inspect([-0, 1n, Symbol('s'), /x/g, new Date(0)])).toBe(
    '[ -0, 1n, Symbol(s), /x/g, 1970-01-01T00:00:00.000Z ]',
  );
  expect(inspect(new RangeError('far'))).toBe('[RangeError: far]');
});

it('instances and functions have their names', () => {
  class Point {
    x = 1;
  }
  expect(inspect(new Point())).toBe('Point { x: 1 }');
  expect(inspect([Point, inspect, () => 1])).toBe(
    '[ [class: Point], [Function: inspect], [Function (anonymous)] ]',
  );
});

it('what contains itself, and what is deep, ends', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  expect(inspect(circle)).toBe('{ self: [Circular] }');
  expect(inspect([[[[[[[[1]]]]]]]])).toContain('[Array]');
});

it('long lists take several lines and say how many more there are', () => {
  const text = inspect(Array.from({ length: 150 }, (_, i) => i));
  expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
  expect(text).toContain('... 50 more');
  expect(text.startsWith('[\n  0, 1, 2,')).toBe(true);
});

it('a preview is short, and an integer is a number', () => {
  expect(previewOf(5)).toBe(5);
  expect(previewOf(0.5)).toBe('0.5');
  expect(previewOf('hello')).toBe("'hello'");
  expect(previewOf('x'.repeat(1000)).toString()).toHaveLength(40);
  expect(previewOf(Array.from({ length: 1000 }, (_, i) => i))).toBe(
    '[ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,…',
  );
});

it('a preview looks only at what it shows', () => {
  let looked = 0;
  const items = Array.from({ length: 100 }, () => ({
    get a() {
      return ++looked;
    },
  }));
  inspectShortly(items, 40);
  expect(looked).toBeLessThan(20);
});
