import { describe, expect, it } from 'vitest';
import type { Tid } from '../protocol/ids';
import { BlockReasonCode, StartMethodCode } from '../protocol/words';
import { blockCoroutine, createCoroutine, endCoroutine, runCoroutine } from './coroutines';
import { SimulatedMachine } from './test-support/simulated-machine';

describe('a coroutine', () => {
  it('is a task of the trace, in its thread\'s process, and none of the scheduler\'s', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    main.do((k) => k.deadlineAfter(0));
    machine.events();
    const first = main.do((k) => createCoroutine(k, 'fetch')) as Tid;
    const second = main.do((k) => createCoroutine(k, 'store')) as Tid;
    main.do((k) => runCoroutine(k, first));
    main.do((k) => blockCoroutine(k, first, BlockReasonCode.join, second));
    main.do((k) => endCoroutine(k, second, 1, 'ValueError'));
    expect([first, second]).toEqual([main.tid + 1, main.tid + 2]);
    expect(machine.events().map(({ kind, task, other, detail }) => [kind, task, other, detail])).toEqual([
      ['task-new', main.tid, first, StartMethodCode.coroutine],
      ['task-ready', first, main.tid, 0],
      ['task-new', main.tid, second, StartMethodCode.coroutine],
      ['task-ready', second, main.tid, 0],
      ['task-run', first, main.kernel.worker, 0],
      ['task-block', first, second, BlockReasonCode.join],
      ['task-exit', second, 1, 0],
    ]);
    const thread = main.startThread();
    expect(thread.tid).toBe(second + 1);
    expect(main.state).toBe('running');
  });
});
