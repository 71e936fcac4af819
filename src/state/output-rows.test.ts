import { expect, test } from 'vitest';
import type { Tid } from '../protocol/ids';
import type { OutputLine } from '../trace/trace';
import { lastOutputRows, outputRows } from './output-rows';

function wrote(task: number, text: string, stream: OutputLine['stream'] = 'stdout'): OutputLine {
  return { event: 0, time: 0, task: task as Tid, pid: task as Tid, stream, text };
}
function rowsOf(...lines: OutputLine[]): string[] {
  return outputRows(lines).map(
    ({ task, text, stream }) => `${task} ${stream === 'stderr' ? '! ' : ''}${text}`,
  );
}

test('a line is a row, without its line end', () => {
  expect(rowsOf(wrote(2, 'a\n'), wrote(3, 'b\n'), wrote(2, '\n'))).toEqual(['2 a', '3 b', '2 ']);
});

test('a line written in pieces is one row, as long as nobody writes in between', () => {
  expect(rowsOf(wrote(2, 'a'), wrote(2, 'b\n'), wrote(2, 'c'), wrote(3, 'd'), wrote(2, 'e\n'))).toEqual([
    '2 ab',
    '2 c',
    '3 d',
    '2 e',
  ]);
});

test('the two streams of a task do not run together', () => {
  expect(rowsOf(wrote(2, 'a'), wrote(2, 'b\n', 'stderr'))).toEqual(['2 a', '2 ! b']);
});

test('a text of several lines printed at once is one row', () => {
  expect(rowsOf(wrote(2, 'a\nb\n'), wrote(2, 'c\n'))).toEqual(['2 a\nb', '2 c']);
});

test('a traceback is one row, which its exception ends', () => {
  const rows = rowsOf(
    wrote(2, 'Traceback (most recent call last):\n', 'stderr'), wrote(2, '  File "a.py", line 1, in f\n    x\n', 'stderr'),
    wrote(2, 'NameError: x\n', 'stderr'), wrote(2, 'after\n', 'stderr'),
  );
  expect(rows).toEqual(['2 ! Traceback (most recent call last):\n  File "a.py", line 1, in f\n    x\nNameError: x', '2 ! after']);
});

test('the last rows are those of all rows, whatever pieces they came in', () => {
  const lines = Array.from({ length: 400 }, (_, index) =>
    wrote(2 + (index % 7 === 0 ? 1 : 0), index % 3 === 0 ? 'a\n' : 'b'),
  );
  const all = outputRows(lines).map(({ task, text }) => `${task} ${text}`);
  for (const count of [1, 10, 100, 1000]) {
    const last = lastOutputRows(lines, count).map(({ task, text }) => `${task} ${text}`);
    expect(last.length).toBeGreaterThanOrEqual(Math.min(count, all.length));
    expect(last).toEqual(all.slice(-last.length));
  }
});
