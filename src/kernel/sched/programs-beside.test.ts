import { describe, expect, it } from 'vitest';
import { DONE } from '../../protocol/errno';
import { BLOCK_REASONS, END_REASONS, READY_CAUSES } from '../../protocol/words';
import { openHandle } from '../handles';
import { bindSocket, createSocket, listenSocket } from '../ipc/socket';
import { LOOPBACK_HOST } from '../ipc/socket-address';
import { acceptSocket, connectSocket } from '../ipc/socket-connect';
import { SocketFamily, SocketKind } from '../ipc/socket-words';
import type { RecordedEvent } from '../test-support/ring-reader';
import { choicesOf, drawCpus, namesOf, STEPS_ONLY, VirtualMachine, type Script } from '../test-support/virtual-machine';
import { FOREVER } from '../wait-queue';

const SECOND = 1e9;

const work = (steps: number): Script => function* () {
  yield steps;
};

/** Listens after so many steps and takes clients, each of which has to wait no longer than `patience`, for ever. */
const serve = (steps: number, patience: number): Script => function* () {
  let socket = 0;
  yield (k) => (socket = createSocket(k, SocketFamily.Internet, SocketKind.Stream));
  yield (k) => openHandle(k, socket, 0, 3);
  yield (k) => bindSocket(k, socket, { host: LOOPBACK_HOST, port: 80, path: undefined });
  yield steps;
  yield (k) => listenSocket(k, socket, 5);
  for (let number = 4; ; number++) {
    let until = -1;
    yield (k) => acceptSocket(k, socket, number, until < 0 ? (until = k.scheduler.now(k) + patience) : until);
  }
};

const connect = (outcomes: number[]): Script => function* () {
  let socket = 0;
  yield (k) => (socket = createSocket(k, SocketFamily.Internet, SocketKind.Stream));
  yield (k) => openHandle(k, socket, 0, 3);
  outcomes.push(yield (k) => connectSocket(k, socket, { host: LOOPBACK_HOST, port: 80, path: undefined }, FOREVER));
};

function run(programs: Readonly<Record<string, Script>>, settings = {}): { events: RecordedEvent[]; machine: VirtualMachine } {
  const machine = new VirtualMachine({ ...STEPS_ONLY, cpus: 2, ...settings });
  return { events: machine.runTogether(programs), machine };
}

/** When each program began to execute, by name. */
function begins(events: readonly RecordedEvent[]): Record<string, number> {
  const names = namesOf(events);
  const first = events.filter(({ kind, task }, at) => kind === 'task-run' && events.findIndex((other) => other.kind === kind && other.task === task) === at);
  return Object.fromEntries(first.map(({ task, time }): [string, number] => [names.get(task) ?? '', time]));
}

describe('programs side by side in virtual time', () => {
  it('begin when the one before listens, has ended, or has done neither for a second', () => {
    const outcomes: number[] = [];
    const { events } = run({ server: serve(70, Infinity), client: connect(outcomes), next: work(5) });
    expect(begins(events)).toEqual({ server: 0, client: 70, next: 70 });
    expect(outcomes).toEqual([DONE]);
    expect(begins(run({ a: work(40), b: work(30), c: work(20) }).events)).toEqual({ a: 0, b: 40, c: 70 });
    const longPrograms = { a: work(5 * SECOND), b: work(7 * SECOND), c: work(1) };
    expect(begins(run(longPrograms, { cpus: 3 }).events)).toEqual({ a: 0, b: SECOND, c: 2 * SECOND });
  });

  it('wait for the one before by name, and are woken by it', () => {
    const { events } = run({ server: serve(70, Infinity), client: connect([]) });
    const [server, client] = [...namesOf(events).keys()];
    const block = events.find(({ kind, task }) => kind === 'task-block' && task === client)!;
    expect([BLOCK_REASONS[block.detail], block.other, block.time]).toEqual(['program', server, 0]);
    const ready = events.find(({ kind, task }) => kind === 'task-ready' && task === client)!;
    expect([READY_CAUSES[ready.detail], ready.other, ready.time]).toEqual(['woken', server, 70]);
  });

  it('are over when the last has ended and the others do nothing but wait for clients', () => {
    const { events, machine } = run({ server: serve(70, Infinity), client: connect([]) });
    const end = events.at(-1)!;
    expect([machine.ended, END_REASONS[end.detail], end.time]).toEqual([true, 'finished', Math.ceil(70 * 1.05)]);
    expect(events.some(({ kind }) => kind === 'finding')).toBe(false);
  });

  it('are over a second after the last has ended where the others go on', () => {
    for (const other of [serve(70, SECOND / 4), work(9 * SECOND)]) {
      const { events, machine } = run({ other, last: work(30) });
      const last = events.find(({ kind, task }) => kind === 'task-exit' && namesOf(events).get(task) === 'last')!;
      expect([machine.ended, END_REASONS[events.at(-1)!.detail], events.at(-1)!.time]).toEqual([true, 'finished', last.time + SECOND]);
    }
  });

  it('go on where the reader may still be a client', () => {
    const { machine } = run({ server: serve(70, Infinity), client: connect([]) }, { readerMayConnect: true });
    expect(machine.ended).toBe(false);
  });

  it('are stuck where one waits for what never comes', () => {
    const { events } = run({ server: serve(70, Infinity), client: connect([]), last: serve(0, Infinity) });
    // The last has not ended, for it waits for clients as well.
    expect(END_REASONS[events.at(-1)!.detail]).toBe('stuck');
  });

  it('do the same run again from their choices', () => {
    const programs = { server: serve(70, Infinity), client: connect([]), other: work(300), another: work(200) };
    const first = run(programs, { cpus: 1, policy: 'random', seed: 3 }).events;
    const again = run(programs, { cpus: 1, policy: 'replay', replay: choicesOf(first) }).events;
    expect(drawCpus(again, 1)).toEqual(drawCpus(first, 1));
    expect(again.map(({ kind, task, time }) => [kind, task, time])).toEqual(first.map(({ kind, task, time }) => [kind, task, time]));
  });
});
