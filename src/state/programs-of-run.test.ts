import { describe, expect, it } from 'vitest';
import { EventKindCode, type EventKind } from '../protocol/trace-events';
import { ObjectTypeCode, StartMethodCode } from '../protocol/words';
import { ProgramsOfRun } from './programs-of-run';

function read(events: readonly (readonly [kind: EventKind, detail: number, task: number, other: number])[]): ProgramsOfRun {
  const columns = {
    kind: Uint8Array.from(events, ([kind]) => EventKindCode[kind]),
    detail: Uint8Array.from(events, ([, detail]) => detail),
    task: Int32Array.from(events, ([, , task]) => task),
    other: Int32Array.from(events, ([, , , other]) => other),
  };
  const programs = new ProgramsOfRun();
  events.forEach((_event, index) => programs.read(columns, index));
  return programs;
}

const { initial, fork, thread } = StartMethodCode;

describe('the programs of a run', () => {
  it('have the tasks that theirs have started', () => {
    const programs = read([
      ['task-new', initial, 0, 2], ['task-new', fork, 2, 3], ['task-new', initial, 0, 4], ['task-new', thread, 4, 5], ['task-new', fork, 3, 6],
    ]);
    expect([2, 3, 4, 5, 6].map((task) => programs.programOf(task))).toEqual([0, 0, 1, 1, 0]);
  });

  it('end with their first processes', () => {
    const programs = read([
      ['task-new', initial, 0, 2], ['task-new', initial, 0, 3], ['task-new', fork, 3, 4], ['task-exit', 0, 4, 7], ['task-exit', 0, 3, -15],
    ]);
    expect(programs.statuses).toEqual([undefined, -15]);
  });

  it('listen when a task of theirs does', () => {
    const programs = read([
      ['task-new', initial, 0, 2], ['task-new', initial, 0, 3], ['task-new', fork, 3, 4],
      ['object-new', ObjectTypeCode.pipe, 2, 0], ['object-new', ObjectTypeCode.listener, 4, 0],
    ]);
    expect([...programs.listening]).toEqual([1]);
  });
});
