import { expect, test } from 'vitest';
import { isUnfinished, withoutLibrary } from './traceback';

const TRACEBACK = `Traceback (most recent call last):
  File "/home/weft/main.py", line 8, in <module>
    pool.map(half, [0])
    ~~~~~~~~^^^^^^^^^^^
  File "/lib/python314.zip/multiprocessing/pool.py", line 367, in map
    return self._map_async(func, iterable, mapstar, chunksize).get()
           ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~^^
  File "/lib/python314.zip/multiprocessing/pool.py", line 774, in get
    raise self._value
  File "<frozen runpy>", line 88, in _run_code
  [Previous line repeated 2 more times]
  File "/home/weft/main.py", line 4, in half
    return 1 / n
ZeroDivisionError: division by zero`;

test('frames of the library are left out with their lines, the program\'s stay', () => {
  expect(withoutLibrary(TRACEBACK)).toEqual({
    frames: 3,
    text: `Traceback (most recent call last):
  File "/home/weft/main.py", line 8, in <module>
    pool.map(half, [0])
    ~~~~~~~~^^^^^^^^^^^
  File "/home/weft/main.py", line 4, in half
    return 1 / n
ZeroDivisionError: division by zero`,
  });
});

test('a text that is no traceback stays as it is', () => {
  for (const text of ['', 'File', 'a\n  b', 'it says File "x"']) expect(withoutLibrary(text)).toEqual({ text, frames: 0 });
});

test('a traceback is unfinished until its exception has come', () => {
  const lines = TRACEBACK.split('\n');
  for (let count = 1; count < lines.length; count++) expect(isUnfinished(lines.slice(0, count).join('\n'))).toBe(true);
  expect(isUnfinished(TRACEBACK)).toBe(false);
  expect(isUnfinished('ValueError: x')).toBe(false);
});
