import { k } from '../runtime';
import { Reader } from './reader';
import type { Purpose, References } from './tags';
import { Writer } from './writer';

/**
 * Messages of this worker's tasks, in the kernel's scratch. Word 0 is the kernel's; a job of a pool has its
 * number in word 1. The value follows. Small integers, which queues are full of, are one word: twice the
 * integer and one; every other value begins with a tag, which is even.
 */
let writer: Writer;
let reader: Reader;

/** Byte at which the value of a message begins, and of a job of a pool. */
export const MESSAGE_START = 4;
export const JOB_START = 8;

export function startCodec(references: References): void {
  writer = new Writer(k, references);
  reader = new Reader(k, references);
}

/** Writes a message; answers its length in bytes. */
export function encodeMessage(value: unknown): number {
  if (typeof value === 'number' && (value << 1) >> 1 === value && (value !== 0 || 1 / value > 0)) {
    k.scratchWords[1] = (value << 1) | 1;
    return 8;
  }
  return writer.write(value, MESSAGE_START);
}

export function decodeMessage(): unknown {
  const word = k.scratchWords[1];
  return (word & 1) === 1 ? word >> 1 : reader.read(MESSAGE_START);
}

/** Reads the message that an operation left where it lies in the machine's memory. */
export function decodeInPlace(): unknown {
  return reader.readFrom(k.bytes, k.view, k.messageAt + MESSAGE_START);
}

/** The same at any place in the scratch, without the short form of integers; answers where the value ends. */
export function encodeAt(value: unknown, start: number, purpose?: Purpose): number {
  return writer.write(value, start, purpose);
}

export function decodeAt(start: number): unknown {
  return reader.read(start);
}

/** Where the value ended that was decoded last. */
export function decodedEnd(): number {
  return reader.end;
}
