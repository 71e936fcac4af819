import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, EOF, PARKED } from '../protocol/errno';
import { defineFile, giveInput, inputIsWanted, readInput, STDERR, STDOUT, writeOutput } from './console';
import { MAX_TEXT_BYTES } from './layout';
import { freeBytes } from './page-allocator';
import { SimulatedMachine, type SimulatedTask } from './test-support/simulated-machine';
import { FOREVER, NO_WAIT } from './wait-queue';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (task: SimulatedTask, deadline = FOREVER): string | number => {
  const outcome = task.do((k) => readInput(k, deadline));
  return outcome === DONE ? new TextDecoder().decode(task.kernel.scratch.slice(0, task.kernel.result)) : outcome;
};

describe('output', () => {
  it('is recorded with its stream and the task that printed it', () => {
    const machine = new SimulatedMachine({ tracing: false });
    const main = machine.boot();
    machine.events();
    main.do((k) => writeOutput(k, STDOUT, 'hello\n'));
    main.do((k) => writeOutput(k, STDERR, 'oh\n'));
    main.do((k) => writeOutput(k, STDOUT, ''));
    expect(machine.events().map(({ kind, task, detail, value }) => [kind, task, detail, value])).toEqual([
      ['output', main.tid, STDOUT, 'hello\n'], ['output', main.tid, STDERR, 'oh\n'],
    ]);
  });

  it.each([
    { name: 'ASCII', text: 'abcdefg\n'.repeat(20_000) },
    { name: 'three bytes a letter', text: '汉字'.repeat(40_000) },
    { name: 'pairs of surrogates', text: '😀'.repeat(50_000) },
    { name: 'pairs of surrogates at odd places', text: `x${'😀'.repeat(50_000)}` },
  ])('longer than one event holds is split between characters ($name)', ({ text }) => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    machine.events();
    main.do((k) => writeOutput(k, STDOUT, text));
    const pieces = machine.events().filter(({ kind }) => kind === 'output').map(({ value }) => value as string);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('') === text).toBe(true);
  });

  it('may hold half a pair of surrogates, which becomes the sign for what cannot be shown', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    main.do((k) => writeOutput(k, STDOUT, 'a\ud83db'));
    expect(machine.events().at(-1)?.value).toBe('a�b');
  });
});

describe('input', () => {
  it('is waited for, and lines come in the order in which they were given', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    expect(read(main, NO_WAIT)).toBe(EAGAIN);
    expect(inputIsWanted(machine.words)).toBe(false);
    expect(read(main)).toBe(PARKED);
    expect(main.blockReason).toBe('input');
    expect(inputIsWanted(machine.words)).toBe(true);
    giveInput(machine.page, encode('eins\n'));
    giveInput(machine.page, encode('zwei €\n'));
    expect(inputIsWanted(machine.words)).toBe(false);
    expect([read(main), read(main)]).toEqual(['eins\n', 'zwei €\n']);
    expect(machine.events().filter(({ kind }) => kind === 'input').map(({ value }) => value)).toEqual(['eins\n', 'zwei €\n']);
  });

  it('ends for all who wait when it is closed, after the lines that are there', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    const [a, b] = [main.startThread(), main.startThread()];
    read(a);
    read(b);
    giveInput(machine.page, encode('last\n'));
    giveInput(machine.page, null);
    expect([read(b), read(a), read(main)]).toEqual(['last\n', EOF, EOF]);
  });

  it('that finds no room is refused, and what was given stays', () => {
    const machine = new SimulatedMachine();
    const main = machine.boot();
    giveInput(machine.page, encode('kept\n'));
    expect(giveInput(machine.page, new Uint8Array(freeBytes(machine.words)))).toBe(false);
    expect(read(main)).toBe('kept\n');
  });
});

it('the files of the program are named before anything happens', () => {
  const machine = new SimulatedMachine();
  defineFile(machine.page, 0, 'main.js');
  defineFile(machine.page, 1, 'x'.repeat(MAX_TEXT_BYTES));
  expect(machine.events().map(({ kind, other, value }) => [kind, other, (value as string).slice(0, 7)])).toEqual([
    ['file', 0, 'main.js'], ['file', 1, 'xxxxxxx'],
  ]);
});
