import type { Kernel } from '../kernel';

/** Puts a message into scratch as guests do: a word for the kernel, then `content`. Answers its length in bytes. */
export function writeMessage(k: Kernel, content: string | Uint8Array): number {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  k.growScratch(bytes.length + 4);
  k.scratch.set(bytes, 4);
  return bytes.length + 4;
}

/** The content of the message of `length` bytes in scratch. */
export function readBytes(k: Kernel, length: number): Uint8Array {
  return k.scratch.slice(4, length);
}
export function readMessage(k: Kernel, length: number): string {
  return new TextDecoder().decode(readBytes(k, length));
}

/** Whether both hold the same bytes; far faster on long ones than an assertion on each byte. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
