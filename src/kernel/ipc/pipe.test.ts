import { describe, expect, it } from 'vitest';
import { DONE, EAGAIN, EBADF, EMSGSIZE, EOF, EPIPE, ETIMEDOUT, PARKED } from '../../protocol/errno';
import { closeHandle, openHandle } from '../handles';
import { MAX_MESSAGE_BYTES } from '../layout';
import { freeBytes } from '../page-allocator';
import { readMessage, writeMessage } from '../test-support/messages';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import { FOREVER, NO_WAIT } from '../wait-queue';
import { createPipe, PIPE_CAPACITY, pollPipe, receivePipe, sendPipe } from './pipe';

/** A pipe whose end 0 is open in `left` and in `left2`, end 1 in `right` and in `right2`, under the number of the end. */
function machineWithPipe(oneWay = false) {
  const machine = new SimulatedMachine();
  const main = machine.boot();
  const at = main.do((k) => createPipe(k, oneWay, 'pipe'));
  const [left, left2, right, right2] = [0, 0, 1, 1].map((end) => main.start({ handles: [{ object: at, end, number: end }] }));
  const endOf = (task: SimulatedTask): number => (task === left || task === left2 ? 0 : 1);
  const send = (task: SimulatedTask, content: string | Uint8Array, deadline = FOREVER): number =>
    task.do((k) => sendPipe(k, at, endOf(task), writeMessage(k, content), 0, deadline));
  const receive = (task: SimulatedTask, deadline = FOREVER): number => task.do((k) => receivePipe(k, at, endOf(task), deadline));
  const received = (task: SimulatedTask): string => {
    expect(receive(task)).toBe(DONE);
    return readMessage(task.kernel, task.kernel.result);
  };
  const poll = (task: SimulatedTask, deadline = FOREVER): number => task.do((k) => pollPipe(k, at, endOf(task), deadline));
  const close = (task: SimulatedTask): number => task.do((k) => closeHandle(k, endOf(task)));
  return { machine, main, at, left, left2, right, right2, send, receive, received, poll, close };
}
const bytes = (count: number): Uint8Array => new Uint8Array(count - 4);

describe('pipe', () => {
  it('carries messages both ways, each way in their order', () => {
    const { left, right, send, received } = machineWithPipe();
    send(left, 'to the right');
    send(left, 'and more');
    send(right, 'to the left');
    expect(received(left)).toBe('to the left');
    expect([received(right), received(right)]).toEqual(['to the right', 'and more']);
  });

  it('in one direction is written at end 1 and read at end 0 only', () => {
    const { left, right, send, receive, received } = machineWithPipe(true);
    expect([send(left, 'x'), receive(right)]).toEqual([EBADF, EBADF]);
    send(right, 'x');
    expect(received(left)).toBe('x');
  });

  it('has the reader wait while it is empty and wakes it with the message', () => {
    const { machine, left, left2, right, send, receive, received } = machineWithPipe();
    expect([receive(left), receive(left2)]).toEqual([PARKED, PARKED]);
    expect(left.blockReason).toBe('pipe empty');
    send(right, 'x');
    expect([left.state, left2.state]).toEqual(['ready', 'blocked']);
    expect(received(left)).toBe('x');
    expect(receive(left, NO_WAIT)).toBe(EAGAIN);
    expect(receive(left, 10)).toBe(PARKED);
    machine.advance(10);
    expect(receive(left, 10)).toBe(ETIMEDOUT);
  });

  it('has the writer wait while its message does not fit, and wakes it when it does', () => {
    const { left, right, right2, send, receive } = machineWithPipe();
    send(right, bytes(40_000));
    send(right, bytes(20_000));
    expect(send(right, bytes(40_000))).toBe(PARKED);
    expect(right.blockReason).toBe('pipe full');
    expect(send(right2, bytes(10_000), NO_WAIT)).toBe(EAGAIN);
    receive(left);
    expect(right.state).toBe('ready');
    expect(send(right, bytes(40_000))).toBe(DONE);
  });

  it('does not wake a writer for room that is not enough', () => {
    const { machine, left, right, send, receive } = machineWithPipe();
    for (let i = 0; i < 6; i++) send(right, bytes(10_000));
    send(right, bytes(40_000));
    for (let i = 0; i < 3; i++) {
      receive(left);
      expect(right.state).toBe('blocked');
    }
    receive(left);
    expect(right.state).toBe('ready');
    expect(machine.events().filter(({ kind, task }) => kind === 'task-block' && task === right.tid)).toHaveLength(1);
  });

  it('wakes the next writer too where one message leaves room for two', () => {
    const { left, right, right2, send, receive } = machineWithPipe();
    send(right, bytes(60_000));
    send(right, bytes(10_000));
    send(right2, bytes(10_000));
    receive(left);
    expect([right.state, right2.state]).toEqual(['ready', 'blocked']);
    send(right, bytes(10_000));
    expect(right2.state).toBe('ready');
    expect(send(right2, bytes(10_000))).toBe(DONE);
  });

  it('takes a message larger than itself when it is empty', () => {
    const { left, right, send, receive } = machineWithPipe();
    expect(send(right, bytes(PIPE_CAPACITY * 3))).toBe(DONE);
    expect(send(right, bytes(5))).toBe(PARKED);
    receive(left);
    expect(send(right, bytes(5))).toBe(DONE);
    expect(send(right, bytes(MAX_MESSAGE_BYTES + 1))).toBe(EMSGSIZE);
  });

  it.each(['kill', 'timeout'] as const)('goes on with the writer behind a large one that leaves by %s', (how) => {
    const { machine, main, left, right, right2, send, receive } = machineWithPipe();
    send(right, bytes(30_000));
    send(right, bytes(30_000));
    expect([send(right, bytes(60_000), 100), send(right2, bytes(20_000))]).toEqual([PARKED, PARKED]);
    receive(left);
    expect([right.state, right2.state]).toEqual(['blocked', 'blocked']);
    if (how === 'kill') main.kill(right);
    else machine.advance(100);
    expect(send(right2, bytes(20_000))).toBe(DONE);
  });

  it('ends at the end of the file once the other side is closed and all is read', () => {
    const { left, left2, right, right2, send, receive, received, close } = machineWithPipe();
    send(right, 'last');
    receive(left2);
    receive(left2);
    close(right);
    expect(left2.state).toBe('blocked');
    send(right2, 'very last');
    close(right2);
    expect(left2.state).toBe('ready');
    expect(received(left)).toBe('very last');
    expect([receive(left), receive(left2)]).toEqual([EOF, EOF]);
  });

  it('is broken for writers once nobody can read, also for one that waits for room', () => {
    const { left, left2, right, right2, send, close } = machineWithPipe();
    send(right, bytes(60_000));
    send(right, bytes(10_000));
    close(left);
    expect(right.state).toBe('blocked');
    close(left2);
    expect([send(right, bytes(10_000)), send(right2, 'x')]).toEqual([EPIPE, EPIPE]);
  });

  it('is closed by the end of a process, however it comes', () => {
    const { main, left, right, right2, receive, send } = machineWithPipe();
    receive(left);
    main.kill(right);
    right2.exit();
    expect(receive(left)).toBe(EOF);
    expect(send(left, 'x')).toBe(EPIPE);
  });

  it('gives its pages back when both ends are closed', () => {
    const { machine, left, left2, right, right2, send, close } = machineWithPipe();
    const free = freeBytes(machine.words);
    send(left, bytes(30_000));
    send(right, bytes(30_000));
    for (const task of [left, left2, right, right2]) close(task);
    expect(freeBytes(machine.words)).toBe(free);
  });

  it('is polled until a message is there or none can come, and the message stays', () => {
    const { machine, left, left2, right, right2, send, received, poll, close } = machineWithPipe();
    expect(poll(left, NO_WAIT)).toBe(EAGAIN);
    expect(poll(left, 10)).toBe(PARKED);
    machine.advance(10);
    expect(poll(left, 10)).toBe(ETIMEDOUT);
    poll(left);
    poll(left2);
    send(right, 'x');
    expect([poll(left), poll(left2)]).toEqual([DONE, DONE]);
    expect(received(left)).toBe('x');
    close(right);
    close(right2);
    expect(poll(left, NO_WAIT)).toBe(DONE);
  });

  it('wakes the reader behind a poller, for the poller leaves the message there', () => {
    const { left, left2, right, send, receive, received, poll } = machineWithPipe();
    poll(left);
    receive(left2);
    send(right, 'x');
    expect(left2.state).toBe('blocked');
    poll(left);
    expect(received(left2)).toBe('x');
  });
});

describe('handles', () => {
  it('keep an end open until the last of them is closed, in any process', () => {
    const { main, at, left, right, right2, receive, close } = machineWithPipe();
    main.do((k) => openHandle(k, at, 1, 7));
    close(right);
    right2.exit();
    expect(receive(left)).toBe(PARKED);
    main.do((k) => closeHandle(k, 7));
    expect(receive(left)).toBe(EOF);
  });

  it('are closed by their number in their own process only', () => {
    const { main, left } = machineWithPipe();
    expect(main.do((k) => closeHandle(k, 0))).toBe(EBADF);
    expect(left.do((k) => closeHandle(k, 1))).toBe(EBADF);
    expect(left.do((k) => closeHandle(k, 0))).toBe(DONE);
    expect(left.do((k) => closeHandle(k, 0))).toBe(EBADF);
  });

  it('of a thread are those of its process', () => {
    const { left, at } = machineWithPipe();
    const thread = left.startThread();
    expect(thread.do((k) => openHandle(k, at, 0, 9))).toBe(DONE);
    thread.exit();
    expect(left.do((k) => closeHandle(k, 9))).toBe(DONE);
  });
});
