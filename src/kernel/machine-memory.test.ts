import { expect, it } from 'vitest';
import type { VirtualSettings } from '../protocol/program';
import { ObjectTypeCode } from '../protocol/words';
import { createPipe } from './ipc/pipe';
import { createQueue, putQueue } from './ipc/queue';
import { MINIMUM_MEMORY_BYTES, PAGE_TABLE, RING, pageArea } from './layout';
import { createMemory } from './machine-memory';
import { createLock } from './sync/lock';
import { writeMessage } from './test-support/messages';
import { VirtualMachine } from './test-support/virtual-machine';
import { FOREVER } from './wait-queue';

it('is, when it is used again, as a new one, but for records and pages, which are written before they are read', () => {
  const settings: VirtualSettings = { cpus: 3, policy: 'replay', replay: [2, 5, 3, -1] };
  const machine = new VirtualMachine(settings);
  machine.run(function* (main) {
    yield (k) => createLock(k, ObjectTypeCode.lock, 'lock');
    const queue = yield (k) => createQueue(k, ObjectTypeCode.queue, 0, 'q');
    for (let i = 0; i < 50; i++) yield (k) => putQueue(k, queue, writeMessage(k, 'x'.repeat(500)), i, FOREVER);
    yield (k) => createPipe(k, false, 'pipe');
    const child = yield* main.process('child', function* () { yield 1_000; });
    yield* main.join(child);
  });
  const options = { shared: false, tracing: true, bytes: MINIMUM_MEMORY_BYTES, virtual: settings };
  const fresh = new Int32Array(createMemory(options));
  const again = new Int32Array(createMemory({ ...options, used: machine.memory }));
  expect(again.buffer).toBe(machine.memory);
  for (const [from, to] of [[0, RING], [PAGE_TABLE, pageArea(fresh.length).first]]) {
    const different = [...again.subarray(from, to)].flatMap((word, index) => (word === fresh[from + index] ? [] : [from + index]));
    expect(different).toEqual([]);
  }
});

it('of another size is not used again', () => {
  const used = createMemory({ shared: false, tracing: true, bytes: MINIMUM_MEMORY_BYTES });
  const bytes = MINIMUM_MEMORY_BYTES + 4096;
  expect(createMemory({ shared: false, tracing: true, bytes, used }).byteLength).toBe(bytes);
});
