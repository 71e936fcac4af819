import { expect, it } from 'vitest';
import { EventKindCode } from '../protocol/trace-events';
import { ObjectTypeCode } from '../protocol/words';
import { NEXT_STRING_ID, OBJECT_ID } from './layout';
import {
  announceVariable, createProgramObject, markPart, recordCalls, recordEvent, recordItem, recordItemTaken, recordVariable,
} from './program-objects';
import { SimulatedMachine } from './test-support/simulated-machine';

it('a queue that a guest makes of other objects shows its depth, whoever puts and gets', () => {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const child = main.start();
  const queue = main.do((k) => createProgramObject(k, ObjectTypeCode.queue, 0, 'q'));
  machine.events();
  main.do((k) => recordItem(k, queue, 1, 7));
  main.do((k) => recordItem(k, queue, 1, 'text'));
  child.do((k) => recordItem(k, queue, -1, 7));
  const seen = machine.events().filter(({ kind }) => kind === 'put' || kind === 'get');
  expect(seen.map(({ kind, task, other, value }) => [kind, task, other, value])).toEqual([
    ['put', main.tid, 1, 7], ['put', main.tid, 2, 'text'], ['get', child.tid, 1, 7],
  ]);
});

it('parts and calls name their object by its number in the trace', () => {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const whole = main.do((k) => createProgramObject(k, ObjectTypeCode.event, 0, 'ready'));
  const part = main.do((k) => createProgramObject(k, ObjectTypeCode.lock, 0, ''));
  machine.events();
  main.do((k) => markPart(k, part, whole));
  main.do((k) => recordEvent(k, EventKindCode.call, whole, 0, 'set', 0));
  const wholeId = machine.words[whole + OBJECT_ID];
  expect(machine.events().filter(({ kind }) => kind === 'object-part' || kind === 'call')).toMatchObject([
    { kind: 'object-part', object: machine.words[part + OBJECT_ID], other: wholeId },
    { kind: 'call', object: wholeId, value: 'set' },
  ]);
});

it('a call that takes an item out ends with it', () => {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const queue = main.do((k) => createProgramObject(k, ObjectTypeCode.queue, 0, 'q'));
  main.do((k) => recordItem(k, queue, 1, 'text'));
  machine.events();
  main.do((k) => recordItemTaken(k, queue, 'text'));
  expect(machine.events().map(({ kind, other, value }) => [kind, other, value])).toEqual([['get', 0, 'text'], ['return', 0, 'text']]);
});

it('a text that lies in the memory of the guest is defined once, and again when others have taken its place', () => {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const queue = main.do((k) => createProgramObject(k, ObjectTypeCode.queue, 0, 'q'));
  const put = (text: string): number => {
    const bytes = new TextEncoder().encode(`--${text}--`);
    const before = machine.words[NEXT_STRING_ID];
    main.do((k) => recordItem(k, queue, 1, { bytes, at: 2, length: text.length }));
    return machine.words[NEXT_STRING_ID] - before;
  };
  machine.events();
  expect([put('put(1)'), put('put(2)'), put('put(1)'), put('')]).toEqual([1, 1, 0, 0]);
  const shown = machine.events().filter(({ kind }) => kind === 'put').map(({ value }) => value);
  expect(shown).toEqual(['put(1)', 'put(2)', 'put(1)', undefined]);
  for (let i = 0; i < 20_000; i++) {
    put(`text ${i}`);
    machine.drainIfFull();
  }
  machine.events();
  expect(put('put(1)')).toBe(1);
  expect(machine.events().at(-1)).toMatchObject({ kind: 'put', value: 'put(1)' });
});

it('a variable has a number among the objects and takes no place among them', () => {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  machine.events();
  const id = main.do((k) => announceVariable(k, 'counter'));
  const queue = main.do((k) => createProgramObject(k, ObjectTypeCode.queue, 0, 'q'));
  main.do((k) => recordVariable(k, id, 7));
  main.do((k) => recordCalls(k, 'work < <module>:3', 0));
  expect(machine.words[queue + OBJECT_ID]).toBe(id + 1);
  expect(machine.events().slice(1).map(({ kind, object, value }) => [kind, object, value])).toEqual([
    ['object-new', id, 'counter'], ['object-new', id + 1, 'q'], ['variable', id, 7], ['calls', 0, 'work < <module>:3'],
  ]);
});
