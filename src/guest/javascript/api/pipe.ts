import { closeHandle, openHandle } from '../../../kernel/handles';
import { createPipe, pollPipe, receivePipe, sendPipe } from '../../../kernel/ipc/pipe';
import { OBJECT_ID } from '../../../kernel/layout';
import { DONE, EBADF, EOF, EPIPE, PARKED } from '../../../protocol/errno';
import { ObjectTypeCode } from '../../../protocol/words';
import { decodeMessage, encodeMessage } from '../codec/codec';
import { BrokenPipeError, EOFError, OSError } from '../errors';
import { DESCRIBE, type Described } from '../inspect';
import { previewOf } from '../preview';
import { block, blocking, deadlineAfter, k, refuseWhileLoading, requireDone } from '../runtime';
import { keepHandles } from '../start-message';
import type { ReferenceReader, ReferenceWriter } from '../codec/tags';
import { KernelObject, makeObject, topLevelObjects } from './kernel-object';
import { offer } from './offered';
import { SendableCode, addSendable } from './sendable';
import { refuseMessage } from './refuse-message';

/** One end of a pipe. */
export class Connection implements Described {
  /** False once it is closed in this process. */
  private open: boolean;

  /**
   * `pipe`: the address of the pipe; `end`: 0 or 1. Its handle is open in this process where `open` says so.
   */
  constructor(
    readonly pipe: number,
    readonly end: number,
    open: boolean,
  ) {
    this.open = open;
    connections.set(handleNumber(pipe, end), this);
  }

  send(value: unknown): void {
    if (k.loading) refuseWhileLoading('send');
    if (!this.open) refuseClosed();
    const length = encodeMessage(value);
    const preview = k.tracing ? previewOf(value) : 0;
    let outcome = sendPipe(k, this.pipe, this.end, length, preview, Infinity);
    while (outcome === PARKED) {
      block();
      outcome = sendPipe(k, this.pipe, this.end, length, preview, Infinity);
    }
    if (outcome !== DONE) refuseSend(outcome);
  }

  recv(): unknown {
    if (k.loading) refuseWhileLoading('recv');
    if (!this.open) refuseClosed();
    let outcome = receivePipe(k, this.pipe, this.end, Infinity);
    while (outcome === PARKED) {
      block();
      outcome = receivePipe(k, this.pipe, this.end, Infinity);
    }
    if (outcome !== DONE) refuseReceive(outcome);
    return decodeMessage();
  }

  /**
   * Whether `recv` would not wait; waits for that at most `timeout` seconds (0: not at all; null: for ever).
   */
  poll(timeout: number | null = 0): boolean {
    if (k.loading) refuseWhileLoading('poll');
    if (!this.open) refuseClosed();
    const deadline = deadlineAfter(timeout);
    const outcome = blocking(() => pollPipe(k, this.pipe, this.end, deadline));
    if (outcome === EBADF) refuseReceive(outcome);
    return outcome === DONE;
  }

  /**
   * Closes this end in this process. The other side gets the end of file once every process has closed it.
   */
  close(): void {
    if (!this.open) return;
    if (k.loading) refuseWhileLoading('close');
    this.open = false;
    closeHandle(k, handleNumber(this.pipe, this.end));
  }

  get closed(): boolean {
    return !this.open;
  }

  [DESCRIBE](): string {
    return `<Connection ${k.words[this.pipe + OBJECT_ID]}.${this.end}${this.open ? '' : ' closed'}>`;
  }
}

/** The ends that this worker holds, by the number of their handle. */
const connections = new Map<number, Connection>();

/** A process has an end open at most once, so its number follows from what it is. */
function handleNumber(pipe: number, end: number): number {
  return pipe * 2 + end;
}

/** The connection of this process for `end` of the pipe at `pipe`. */
function connectionAt(pipe: number, end: number, open: boolean): Connection {
  return connections.get(handleNumber(pipe, end)) ?? new Connection(pipe, end, open);
}

/**
 * Ends that were made while the program was loaded and are open in this process: a new process has them too.
 */
function openTopLevelConnections(): Connection[] {
  return [...connections.values()].filter(
    (connection) => !connection.closed && topLevelPipes.has(connection.pipe),
  );
}
const topLevelPipes = new Set<number>();

/**
 * Ends that were written into a message since the last {@link takeSentConnections}: the new process opens
 * them.
 */
let sent: Connection[] = [];
function noteSentConnection(connection: Connection): void {
  if (connection.closed) throw new OSError('a closed connection cannot be given to another process');
  sent.push(connection);
}
function takeSentConnections(): Connection[] {
  const taken = sent;
  sent = [];
  return taken;
}

/** Numbers of the handles that this process was started with. */
let inherited: ReadonlySet<number> = new Set();

class PipeObject extends KernelObject {
  constructor(oneWay: boolean, name: string) {
    super(makeObject(ObjectTypeCode.pipe, () => createPipe(k, oneWay, name)));
  }
}

/**
 * A pipe as its two ends. In a pipe of one way (`duplex` false) the first only receives and the second only
 * sends.
 */
export function Pipe(duplex = true): [Connection, Connection] {
  const name = k.takeName();
  const { at } = new PipeObject(!duplex, name);
  if (k.loading) topLevelPipes.add(at);
  return [openEnd(at, 0), openEnd(at, 1)];
}

function openEnd(pipe: number, end: number): Connection {
  const number = handleNumber(pipe, end);
  if (k.loading && topLevelObjects.isReplay) return new Connection(pipe, end, inherited.has(number));
  const outcome = openHandle(k, pipe, end, number);
  if (outcome !== DONE) throw new OSError('too many open connections: close those that are no longer used');
  return new Connection(pipe, end, true);
}

function refuseClosed(): never {
  throw new OSError('the connection is closed in this process');
}

function refuseSend(outcome: number): never {
  if (outcome === EPIPE) {
    throw new BrokenPipeError('nobody can receive what is sent: the other end is closed in every process');
  }
  if (outcome === EBADF) {
    throw new OSError('this end of the pipe only receives: send on the second one that Pipe(false) answered');
  }
  refuseMessage(outcome, 'send');
}

function refuseReceive(outcome: number): never {
  if (outcome === EOF) {
    throw new EOFError('nothing is left to receive and the other end is closed in every process');
  }
  if (outcome === EBADF) {
    throw new OSError('this end of the pipe only sends: receive on the first one that Pipe(false) answered');
  }
  requireDone(outcome, 'recv');
  throw new OSError('recv failed');
}

function writeConnection(value: Connection, to: ReferenceWriter): void {
  if (to.purpose === 'message') {
    throw new TypeError(
      'a connection cannot be sent in a message: give it to the Process among its arguments',
    );
  }
  noteSentConnection(value);
  to.integer(SendableCode.Connection);
  to.integer(value.pipe);
  to.integer(value.end);
}

function readConnection(from: ReferenceReader): Connection {
  const pipe = from.integer();
  return connectionAt(pipe, from.integer(), true);
}

offer({ Pipe });
addSendable<Connection>({
  code: SendableCode.Connection,
  is: (value) => value instanceof Connection,
  write: writeConnection,
  read: readConnection,
});
keepHandles({
  begin: takeSentConnections,
  taken: () => {
    const taken = new Set([...openTopLevelConnections(), ...takeSentConnections()]);
    return [...taken].map(({ pipe, end }) => ({ object: pipe, end, number: handleNumber(pipe, end) }));
  },
  inherit: (numbers) => (inherited = new Set(numbers)),
});
