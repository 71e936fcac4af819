import { describe, expect, test } from 'vitest';
import { makePlace } from '../protocol/ids';
import { BlockReasonCode, StartMethodCode } from '../protocol/words';
import { buildModel } from '../trace/model';
import { RecordWriter } from '../trace/test-support/record-writer';
import { TraceBuilder } from '../trace/trace-builder';
import type { TraceModel } from '../trace/trace';
import { eventsUntil, taskLinesAt } from './task-lines';

/** main (2) prints at line 3, waits for q from line 5; worker (4) is started at line 2 and puts at line 9. */
function modelOfTwoTasks(): TraceModel {
  const at = (line: number): number => makePlace(0, line);
  const builder = new TraceBuilder({ clock: 'real' });
  builder.append(
    new RecordWriter()
      .file(0, 'main.js')
      .write({
        kind: 'task-new',
        other: 2,
        object: 2,
        detail: StartMethodCode.initial,
        value: 'main',
        time: 0,
      })
      .write({ kind: 'task-run', task: 2, time: 1 })
      .write({ kind: 'task-new', task: 2, other: 4, object: 4, value: 'worker', place: at(2), time: 10 })
      .write({ kind: 'output', task: 2, detail: 1, value: 'hi', place: at(3), time: 20 })
      .write({
        kind: 'task-block',
        task: 2,
        detail: BlockReasonCode['queue empty'],
        object: 7,
        place: at(5),
        time: 30,
      })
      .write({ kind: 'task-run', task: 4, time: 40 })
      .write({ kind: 'put', task: 4, object: 7, other: 1, place: at(9), time: 50 })
      .write({ kind: 'task-ready', task: 2, other: 4, place: at(9), time: 50 })
      .write({ kind: 'task-run', task: 2, time: 60 })
      .write({ kind: 'task-exit', task: 4, time: 70 })
      .take(),
  );
  return buildModel(builder.snapshot());
}

function linesAt(time: number): string[] {
  return taskLinesAt(modelOfTwoTasks(), time).map(
    ({ name, state, file, line }) => `${name} ${state} ${file}:${line}`,
  );
}

describe('the line each task is on', () => {
  test('is where it last did something while it runs', () => {
    expect(linesAt(25)).toEqual(['main running main.js:3']);
  });

  test('is where it waits while it is blocked', () => {
    expect(linesAt(45)).toEqual(['main blocked main.js:5']);
    expect(linesAt(49.9)).toContain('main blocked main.js:5');
  });

  test('is its own line, not that of the task which woke it', () => {
    expect(linesAt(65)).toEqual(['main running main.js:5', 'worker running main.js:9']);
  });

  test('is not shown before a task lives or after it has ended', () => {
    expect(linesAt(-1)).toEqual([]);
    expect(linesAt(71)).toEqual(['main running main.js:5']);
  });
});

test('events until a moment include those of that moment', () => {
  const { trace } = modelOfTwoTasks();
  expect([-1, 0, 49, 50, 1000].map((time) => eventsUntil(trace, time))).toEqual([0, 1, 6, 8, 10]);
});
