import { describe, expect, it } from 'vitest';
import { DONE, EINVAL, ENOMEM } from '../../protocol/errno';
import { EventKindCode } from '../../protocol/trace-events';
import { ObjectTypeCode } from '../../protocol/words';
import { freeBytes } from '../page-allocator';
import { Random } from '../test-support/random';
import { SimulatedMachine } from '../test-support/simulated-machine';
import {
  announceShared, blockBytes, createBlock, mergeBlock, openBlock, readBlock, releaseBlock, retainBlock, unlinkBlock, writeBlock,
} from './shared-block';

const NAMELESS = new Uint8Array(0);

function machineWithTwo() {
  const machine = new SimulatedMachine();
  const a = machine.boot();
  return { machine, a, b: a.start() };
}

describe('a block of shared memory', () => {
  it('begins with zeros, and shows each process what another has written', () => {
    const { a, b } = machineWithTwo();
    const block = a.do((k) => createBlock(k, 10, NAMELESS));
    const seen = new Uint8Array(10).fill(9);
    expect(b.do((k) => readBlock(k, block, 0, seen))).toBe(DONE);
    expect([...seen]).toEqual(new Array(10).fill(0));
    a.do((k) => writeBlock(k, block, 3, Uint8Array.of(1, 2, 3)));
    b.do((k) => readBlock(k, block, 0, seen));
    expect([...seen]).toEqual([0, 0, 0, 1, 2, 3, 0, 0, 0, 0]);
    expect(blockBytes(b.kernel, block)).toBe(10);
  });

  it('refuses what lies beyond its end, and changes nothing then', () => {
    const { a } = machineWithTwo();
    const block = a.do((k) => createBlock(k, 4, NAMELESS));
    const bytes = new Uint8Array(5).fill(7);
    expect(a.do((k) => writeBlock(k, block, 0, bytes))).toBe(EINVAL);
    expect(a.do((k) => writeBlock(k, block, 2, bytes.subarray(0, 3)))).toBe(EINVAL);
    expect(a.do((k) => readBlock(k, block, -1, bytes))).toBe(EINVAL);
    expect(a.do((k) => mergeBlock(k, block, 1, bytes.subarray(0, 4), new Uint8Array(4), 1))).toBe(EINVAL);
    expect([...bytes]).toEqual([7, 7, 7, 7, 7]);
    expect(a.do((k) => createBlock(k, 1e12, NAMELESS))).toBe(ENOMEM);
  });

  it('is given back when nobody uses it', () => {
    const { machine, a, b } = machineWithTwo();
    const before = freeBytes(machine.words);
    const block = a.do((k) => createBlock(k, 100_000, NAMELESS));
    b.do((k) => { retainBlock(k, block); return DONE; });
    a.do((k) => { releaseBlock(k, block); return DONE; });
    expect(freeBytes(machine.words)).toBeLessThan(before);
    b.do((k) => { releaseBlock(k, block); return DONE; });
    expect(freeBytes(machine.words)).toBe(before);
  });

  it('can be found by its name until that is taken away, and lives on for who uses it', () => {
    const { machine, a, b } = machineWithTwo();
    const before = freeBytes(machine.words);
    const [name, other] = ['psm_1', 'psm_2'].map((text) => new TextEncoder().encode(text));
    const block = a.do((k) => createBlock(k, 8, name));
    const second = a.do((k) => createBlock(k, 8, other));
    expect(a.do((k) => createBlock(k, 8, name))).toBe(EINVAL);
    expect(b.do((k) => openBlock(k, name))).toBe(block);
    expect(b.do((k) => openBlock(k, other))).toBe(second);
    expect(a.do((k) => unlinkBlock(k, name))).toBe(DONE);
    expect(a.do((k) => unlinkBlock(k, name))).toBe(EINVAL);
    expect(b.do((k) => openBlock(k, name))).toBe(0);
    expect(b.do((k) => writeBlock(k, block, 0, Uint8Array.of(1)))).toBe(DONE);
    for (const [task, used] of [[a, block], [b, block], [a, second], [b, second]] as const) {
      task.do((k) => { releaseBlock(k, used); return DONE; });
    }
    a.do((k) => unlinkBlock(k, other));
    expect(freeBytes(machine.words)).toBe(before);
  });

  it('tells the trace of what is kept in it, by a number of its own', () => {
    const { machine, a } = machineWithTwo();
    const block = a.do((k) => createBlock(k, 8, NAMELESS));
    machine.events();
    const id = a.do((k) => announceShared(k, ObjectTypeCode.value, 1, 'count'));
    a.do((k) => writeBlock(k, block, 0, Uint8Array.of(5), () => [{ kind: EventKindCode.store, id, index: 0, value: 5 }]));
    const events = machine.events();
    expect(events.map(({ kind, object, value }) => [kind, object, value])).toEqual([
      ['object-new', id, 'count'], ['store', id, 5],
    ]);
    expect(a.do((k) => announceShared(k, ObjectTypeCode.value, 1, 'next'))).not.toBe(id);
  });
});

describe('the copies that processes have of a block', () => {
  /** A process's own copy, and what it was when it was last merged. */
  class Copy {
    readonly mine = new Uint8Array(8);
    readonly twin = new Uint8Array(8);
  }

  it('become the same when they are merged: each change of one is seen by the other', () => {
    const { a, b } = machineWithTwo();
    const block = a.do((k) => createBlock(k, 8, NAMELESS));
    const [x, y] = [new Copy(), new Copy()];
    x.mine[0] = 1;
    y.mine[7] = 2;
    a.do((k) => mergeBlock(k, block, 0, x.mine, x.twin, 1));
    b.do((k) => mergeBlock(k, block, 0, y.mine, y.twin, 1));
    a.do((k) => mergeBlock(k, block, 0, x.mine, x.twin, 1));
    expect([...y.mine]).toEqual([1, 0, 0, 0, 0, 0, 0, 2]);
    expect([...x.mine]).toEqual([...y.mine]);
    expect([...x.twin]).toEqual([...x.mine]);
  });

  it('never hold a mixture of two numbers', () => {
    const { a, b } = machineWithTwo();
    const block = a.do((k) => createBlock(k, 8, NAMELESS));
    const [x, y] = [new Copy(), new Copy()];
    x.mine.set([0x11, 0, 0, 0]);
    y.mine.set([0, 0x22, 0, 0]);
    a.do((k) => mergeBlock(k, block, 0, x.mine, x.twin, 4));
    b.do((k) => mergeBlock(k, block, 0, y.mine, y.twin, 4));
    a.do((k) => mergeBlock(k, block, 0, x.mine, x.twin, 4));
    expect([...x.mine.subarray(0, 4)]).toEqual([0, 0x22, 0, 0]);
  });

  it('are one memory for processes that take turns', () => {
    const { a, b } = machineWithTwo();
    const block = a.do((k) => createBlock(k, 8, NAMELESS));
    const random = new Random(7);
    const model = new Uint8Array(8);
    const copies = [new Copy(), new Copy()];
    for (let turn = 0; turn < 500; turn++) {
      const who = random.below(2);
      const { mine, twin } = copies[who];
      const task = [a, b][who];
      task.do((k) => mergeBlock(k, block, 0, mine, twin, 4)); // takes the lock
      expect([...mine]).toEqual([...model]);
      for (let times = random.below(4); times > 0; times--) mine[random.below(8)] = random.below(256);
      model.set(mine);
      task.do((k) => mergeBlock(k, block, 0, mine, twin, 4)); // gives it back
    }
  });
});
