import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, EBADF, EPIPE, ETIMEDOUT, PARKED } from '../../protocol/errno';
import { closeHandle } from '../handles';
import { POLLERS } from '../layout';
import { freeBytes } from '../page-allocator';
import { sameBytes } from '../test-support/messages';
import { Random } from '../test-support/random';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { ATOMIC_WRITE_BYTES, createPipe, PIPE_CAPACITY } from './pipe';
import { MOST_POLLED, PollEvent, pollStreams, type PollEntry } from './poll';
import { readStream, writeStream } from './stream';

function machineWithStream() {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const at = main.do((k) => createPipe(k, true, 'pipe'));
  const [reader, reader2, writer, writer2] = [0, 0, 1, 1].map((end) => main.start({ handles: [{ object: at, end, number: end }] }));
  const read = (task: SimulatedTask, most: number, deadline = FOREVER): number => task.do((k) => readStream(k, at, 0, most, deadline));
  const write = (task: SimulatedTask, source: Uint8Array, deadline = FOREVER): number =>
    task.do((k) => writeStream(k, at, 1, source, 0, source.length, deadline));
  const close = (task: SimulatedTask): void => void task.do((k) => closeHandle(k, task === writer || task === writer2 ? 1 : 0));
  const poll = (task: SimulatedTask, entry: PollEntry, deadline = FOREVER): number => task.do((k) => pollStreams(k, [entry], deadline));
  const entry = (end: number, events: number): PollEntry => ({ object: at, end, events, ready: 0 });
  return { machine, main, at, reader, reader2, writer, writer2, read, write, close, poll, entry };
}

/** Bytes that grow at their end. */
class Bytes {
  length = 0;
  private readonly room = new Uint8Array(1 << 24);

  push(bytes: Uint8Array): void {
    this.room.set(bytes, this.length);
    this.length += bytes.length;
  }
  get all(): Uint8Array {
    return this.room.subarray(0, this.length);
  }
}

describe('stream', () => {
  it.each([1, 2, 3])('carries bytes in their order, however they are cut on either side (seed %i)', (seed) => {
    const { reader, writer, read, write } = machineWithStream();
    const random = new Random(seed);
    const sent = new Bytes();
    const received = new Bytes();
    for (let step = 0; step < 600; step++) {
      if (writer.state !== 'blocked' && random.chance(50)) {
        const source = random.bytes(random.chance(80) ? random.below(5000) : random.below(100_000));
        const outcome = write(writer, source);
        if (outcome === DONE) sent.push(source.subarray(0, writer.kernel.result));
        if (source.length <= ATOMIC_WRITE_BYTES && outcome === DONE) expect(writer.kernel.result).toBe(source.length);
      } else if (reader.state !== 'blocked' && read(reader, random.below(20_000)) === DONE) {
        received.push(reader.kernel.scratch.subarray(0, reader.kernel.result));
      }
      expect(sent.length - received.length).toBeLessThanOrEqual(PIPE_CAPACITY);
    }
    expect(received.length).toBeGreaterThan(100_000);
    expect(sameBytes(received.all, sent.all.subarray(0, received.length))).toBe(true);
  });

  it('gives what is there and waits only for the first byte', () => {
    const { reader, writer, read, write } = machineWithStream();
    expect(read(reader, 10)).toBe(PARKED);
    write(writer, new Uint8Array(3));
    expect([read(reader, 10), reader.kernel.result]).toEqual([DONE, 3]);
    expect([read(reader, 0), reader.kernel.result]).toEqual([DONE, 0]);
    expect(read(reader, 10, NO_WAIT)).toBe(EAGAIN);
  });

  it('wakes a second reader where one write holds bytes for both', () => {
    const { reader, reader2, writer, read, write } = machineWithStream();
    read(reader, 4);
    read(reader2, 4);
    write(writer, new Uint8Array(6));
    expect(reader2.state).toBe('blocked');
    read(reader, 4);
    expect([read(reader2, 4), reader2.kernel.result]).toEqual([DONE, 2]);
  });

  it('never splits a short write, and takes of a long one what fits', () => {
    const { reader, writer, read, write } = machineWithStream();
    expect([write(writer, new Uint8Array(100_000)), writer.kernel.result]).toEqual([DONE, PIPE_CAPACITY]);
    read(reader, 100);
    expect(write(writer, new Uint8Array(101))).toBe(PARKED);
    read(reader, 1);
    expect([write(writer, new Uint8Array(101)), writer.kernel.result]).toEqual([DONE, 101]);
    read(reader, ATOMIC_WRITE_BYTES - 1);
    expect(write(writer, new Uint8Array(50_000))).toBe(PARKED);
    read(reader, 1);
    expect([write(writer, new Uint8Array(50_000)), writer.kernel.result]).toEqual([DONE, ATOMIC_WRITE_BYTES]);
  });

  it('has a short write go on that stood behind a longer one, once that has given up', () => {
    const { machine, reader, writer, writer2, read, write } = machineWithStream();
    write(writer, new Uint8Array(PIPE_CAPACITY));
    expect([write(writer, new Uint8Array(4000), 100), write(writer2, new Uint8Array(10))]).toEqual([PARKED, PARKED]);
    read(reader, 20);
    expect(writer2.state).toBe('blocked');
    machine.advance(100);
    expect(write(writer2, new Uint8Array(10))).toBe(DONE);
    expect(write(writer, new Uint8Array(4000), 100)).toBe(ETIMEDOUT);
  });

  it('ends with no bytes at the end of the file, and is broken where nobody reads', () => {
    const { reader, reader2, writer, writer2, read, write, close } = machineWithStream();
    write(writer, new Uint8Array(2));
    close(writer2);
    read(reader, 5);
    read(reader, 5);
    close(writer);
    expect([read(reader, 5), reader.kernel.result]).toEqual([DONE, 0]);

    const other = machineWithStream();
    other.close(other.reader);
    other.close(other.reader2);
    expect(other.write(other.writer, new Uint8Array(1))).toBe(EPIPE);
    expect(reader2.do((k) => readStream(k, other.at, 1, 1, FOREVER))).toBe(EBADF);
  });
});

describe('poll', () => {
  it('waits until one of its streams can be read', () => {
    const { machine, reader, writer, write, poll, entry } = machineWithStream();
    const input = entry(0, PollEvent.In);
    expect(poll(reader, input)).toBe(PARKED);
    expect(reader.blockReason).toBe('select');
    expect(machine.waiting(POLLERS)).toEqual([reader.tid]);
    write(writer, new Uint8Array(1));
    expect([poll(reader, input), reader.kernel.result, input.ready]).toEqual([DONE, 1, PollEvent.In]);
  });

  it('waits until a short write would go through', () => {
    const { reader, writer, read, write, poll, entry } = machineWithStream();
    const output = entry(1, PollEvent.Out);
    expect([poll(writer, output), output.ready]).toEqual([DONE, PollEvent.Out]);
    write(writer, new Uint8Array(PIPE_CAPACITY));
    expect(poll(writer, output)).toBe(PARKED);
    read(reader, ATOMIC_WRITE_BYTES - 1);
    expect(poll(writer, output)).toBe(PARKED);
    read(reader, 1);
    expect(poll(writer, output)).toBe(DONE);
  });

  it('sees a hang-up and a broken pipe, also unasked', () => {
    const { reader, reader2, writer, writer2, close, poll, entry } = machineWithStream();
    const input = entry(0, 0);
    expect(poll(reader, input)).toBe(PARKED);
    close(writer);
    close(writer2);
    expect([poll(reader, input), input.ready]).toEqual([DONE, PollEvent.HangUp]);

    const other = machineWithStream();
    const output = other.entry(1, 0);
    other.close(other.reader);
    other.close(other.reader2);
    expect([other.poll(other.writer, output), output.ready]).toEqual([DONE, PollEvent.Error]);
    expect(reader2.state).toBe('ready');
  });

  it('wakes only those that look at what has changed', () => {
    const { main, reader, reader2, writer, write, poll, entry } = machineWithStream();
    const elsewhere = main.do((k) => createPipe(k, true, 'other'));
    main.start({ handles: [{ object: elsewhere, end: 1, number: 1 }] });
    expect(poll(reader, { object: elsewhere, end: 0, events: PollEvent.In, ready: 0 })).toBe(PARKED);
    expect(poll(reader2, entry(0, PollEvent.In))).toBe(PARKED);
    write(writer, new Uint8Array(1));
    expect([reader.state, reader2.state]).toEqual(['blocked', 'ready']);
    // One that is killed has nothing to pass on to those who look at something else.
    main.kill(reader2);
    expect(reader.state).toBe('blocked');
  });

  it('holds memory only while it waits', () => {
    const { machine, main, reader, writer, write, poll, entry } = machineWithStream();
    const free = freeBytes(machine.words);
    const input = entry(0, PollEvent.In);
    expect(poll(reader, input, NO_WAIT)).toBe(EAGAIN);
    expect(freeBytes(machine.words)).toBe(free);
    poll(reader, input, 10);
    expect(freeBytes(machine.words)).toBeLessThan(free);
    machine.advance(10);
    expect(poll(reader, input, 10)).toBe(ETIMEDOUT);
    expect(freeBytes(machine.words)).toBe(free);
    poll(reader, input);
    main.kill(reader);
    expect(freeBytes(machine.words)).toBe(free);
    const many = Array.from({ length: MOST_POLLED + 1 }, () => entry(0, PollEvent.In));
    expect(writer.do((k) => pollStreams(k, many, FOREVER))).toBeLessThan(0);
    expect(freeBytes(machine.words)).toBe(free);
    write(writer, new Uint8Array(1));
    expect([writer.do((k) => pollStreams(k, many, FOREVER)), writer.kernel.result]).toEqual([DONE, MOST_POLLED + 1]);
  });
});
