import type { ReferenceReader, ReferenceWriter } from '../codec/tags';

/** A kind of thing that a message names instead of copying it: a lock, one end of a pipe, a process. */
export interface SendableKind<Thing extends object> {
  /** Its number in messages. */
  readonly code: number;
  is(value: object): value is Thing;
  write(value: Thing, to: ReferenceWriter): void;
  read(from: ReferenceReader): unknown;
}

/** Numbers of all kinds. They never leave a run. */
export const SendableCode = { Function: 0, Object: 1, Connection: 2, Process: 3, Thread: 4 } as const;

const kinds: SendableKind<object>[] = [];

/** The modules of the API say what of theirs can be sent. */
export function addSendable<Thing extends object>(kind: SendableKind<Thing>): void {
  kinds.push(kind);
}

export function sendableKindOf(value: object): SendableKind<object> | undefined {
  return kinds.find((kind) => kind.is(value));
}

export function sendableKind(code: number): SendableKind<object> | undefined {
  return kinds.find((kind) => kind.code === code);
}
