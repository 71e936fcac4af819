import { describe, expect, test } from 'vitest';
import { writeTrace } from '../../../src/trace/trace-json';
import { traceFromText } from '../../../src/trace/trace-text';
import { STATES, unseenIn } from './states';

/** What a drawn run (a column is 100 ms) does not show of a listing's states. */
function unseen(file: string, drawing: string): string[] {
  const states = STATES[file];
  if (states === undefined) throw new Error(`no states of ${file}`);
  return unseenIn(writeTrace(traceFromText(drawing, { column: 100_000_000 })), states);
}

describe('the states of listings', () => {
  test('are known for at least thirty of them', () => {
    expect(Object.keys(STATES).length).toBeGreaterThanOrEqual(30);
  });

  test('of a process that is joined are seen in a run where it is', () => {
    const drawing = (collect: string): string => `
      main  | fork:child  join:child  .        .      .        .          .  ${collect}
      child | .           sleep       timeout  sleep  timeout  exit>main
    `;
    expect(unseen('000-03-process-start-join.py', drawing('reap:child'))).toEqual([]);
    expect(unseen('000-03-process-start-join.py', drawing('exit'))).toEqual([
      'its trace does not show: child zombie until join returns',
    ]);
  });

  test('of a process that is joined are missed where nobody joins, nobody sleeps', () => {
    expect(unseen('000-03-process-start-join.py', `
      main  | fork:child  .     exit
      child | .           exit
    `)).toHaveLength(3);
  });

  test('of a join with a timeout are missed where the join is not cut short', () => {
    const drawing = (end: string): string => `
      main  | fork:child  join:child  .  .  ${end}
      child | .           run         .  .  .        .  .  exit
    `;
    expect(unseen('000-04-process-join-timeout.py', drawing('timeout'))).toEqual([
      'its trace does not show: parent blocked in join until the child ends',
    ]);
    expect(unseen('000-04-process-join-timeout.py', drawing('.'))).toHaveLength(2);
  });

  test('of a deadlock are seen only where each waits for the other', () => {
    const drawing = (last: string): string => `
      a = lock
      b = lock
      main | thread:t1,thread:t2  join:t1
      t1   | .                    acquire:a  .        block:b
      t2   | .                    acquire:b  ${last}
      stop | .                    .          .        .        end=stopped
    `;
    expect(unseen('004-14-deadlock.py', drawing('block:a'))).toEqual([]);
    expect(unseen('004-14-deadlock.py', drawing('sleep'))).toEqual([
      'its trace does not show: each thread blocked on the lock the other holds: a cycle',
    ]);
  });

  test('of a semaphore are seen where two wait while two are inside', () => {
    const drawing = (c: string): string => `
      s = semaphore 2
      main | fork:p1,fork:p2,fork:p3,fork:p4  .  .  exit
      p1   | .  acquire:s  sleep
      p2   | .  acquire:s  sleep
      p3   | .  .          block:s
      p4   | .  .          ${c}
    `;
    expect(unseen('000-20-semaphore.py', drawing('block:s'))).toEqual([]);
    expect(unseen('000-20-semaphore.py', drawing('sleep'))).toEqual([
      'its trace does not show: two processes inside, two blocked in acquire at value 0',
    ]);
  });

  test('are none in what is no trace', () => {
    expect(unseenIn('{}', { anything: () => true })[0]).toMatch(/^its trace cannot be read/);
  });
});
