import { describe, expect, it } from 'vitest';
import { DONE, EINVAL, ENOMEM } from '../../protocol/errno';
import { LOCK_OWNER, WORKERS } from '../layout';
import { freeBytes } from '../page-allocator';
import { SimulatedMachine } from '../test-support/simulated-machine';
import { createShared, ELEMENT_TYPES, loadShared, sharedLength, sharedLock, sharedType, storeShared } from './shared-memory';

function machineWithTwo() {
  const machine = new SimulatedMachine();
  const a = machine.boot();
  return { machine, a, b: a.start() };
}

describe('shared memory', () => {
  it.each([
    { type: 'b', stored: 200, loaded: -56 },
    { type: 'B', stored: 256 + 7, loaded: 7 },
    { type: 'h', stored: 40_000, loaded: 40_000 - 65_536 },
    { type: 'H', stored: -1, loaded: 65_535 },
    { type: 'i', stored: 2 ** 31, loaded: -(2 ** 31) },
    { type: 'I', stored: -1, loaded: 2 ** 32 - 1 },
    { type: 'f', stored: 0.1, loaded: Math.fround(0.1) },
    { type: 'd', stored: 0.1, loaded: 0.1 },
  ] as const)('keeps a number of type $type as a typed array does, for every process', ({ type, stored, loaded }) => {
    const { a, b } = machineWithTwo();
    const at = a.do((k) => createShared(k, 'array', type, 5, 0, 'array'));
    for (let index = 0; index < 5; index++) expect(a.do((k) => loadShared(k, at, index)) || a.kernel.number).toBe(0);
    expect(a.do((k) => storeShared(k, at, 2, stored))).toBe(DONE);
    expect([b.do((k) => loadShared(k, at, 2)), b.kernel.number]).toEqual([DONE, loaded]);
    for (const index of [1, 3]) expect([b.do((k) => loadShared(k, at, index)), b.kernel.number]).toEqual([DONE, 0]);
    expect([sharedLength(b.kernel, at), sharedType(b.kernel, at), sharedLock(b.kernel, at)]).toEqual([5, type, 0]);
  });

  it('refuses what is no index of it, and changes nothing then', () => {
    const { machine, a } = machineWithTwo();
    for (const type of ELEMENT_TYPES) {
      const at = a.do((k) => createShared(k, 'array', type, 3, 0, 'array'));
      machine.events();
      const header = (): Int32Array => machine.words.slice(LOCK_OWNER + 1, WORKERS);
      const before = header();
      for (const index of [-1, 3, 2.5, 0.5, NaN, Infinity, -Infinity, 1e12]) {
        expect(a.do((k) => storeShared(k, at, index, 1))).toBe(EINVAL);
        expect(a.do((k) => loadShared(k, at, index))).toBe(EINVAL);
      }
      expect(header()).toEqual(before);
      expect(machine.events()).toEqual([]);
    }
  });

  it('lets an update be lost, for a load and a store are two operations', () => {
    const { a, b } = machineWithTwo();
    const at = a.do((k) => createShared(k, 'value', 'i', 1, 0, 'counter'));
    for (const task of [a, b]) task.do((k) => loadShared(k, at, 0));
    for (const task of [a, b]) task.do((k) => storeShared(k, at, 0, task.kernel.number + 1));
    a.do((k) => loadShared(k, at, 0));
    expect(a.kernel.number).toBe(1);
  });

  it('finds no room for an array larger than the memory, and no number of bytes is too large to say so', () => {
    const { machine, a } = machineWithTwo();
    const free = freeBytes(machine.words);
    for (const length of [1e7, 2 ** 41, 1e15]) {
      expect(a.do((k) => createShared(k, 'array', 'd', length, 0, 'array'))).toBe(ENOMEM);
    }
    expect(freeBytes(machine.words)).toBe(free);
  });

  it('records each load and store with its number, also one that is no small integer', () => {
    const { machine, a } = machineWithTwo();
    const at = a.do((k) => createShared(k, 'array', 'd', 2, 0, 'array'));
    machine.events();
    for (const number of [7, 2.5, 1e300, 2 ** 31]) a.do((k) => storeShared(k, at, 1, number));
    a.do((k) => loadShared(k, at, 1));
    expect(machine.events().map(({ kind, other, value }) => [kind, other, value])).toEqual([
      ['store', 1, 7], ['store', 1, '2.5'], ['store', 1, '1e+300'], ['store', 1, '2147483648'], ['load', 1, '2147483648'],
    ]);
  });
});
