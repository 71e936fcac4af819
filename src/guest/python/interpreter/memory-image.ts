/**
 * A memory image in shared memory, and how it is laid over an interpreter's memory without touching pages that stay zero:
 * half of an image is zeros (the C stack, free heap), and a page that is never written costs the browser nothing.
 *
 * Images are shared memory because a worker that sleeps never collects garbage: each other buffer that passed through it
 * would stay.
 */
export interface MemoryImage {
  /** What Pyodide puts before the memory. */
  readonly header: Uint8Array;
  readonly memory: Uint8Array;
  /** Address of the table of errors: see calls/errors.ts. */
  readonly errors: number;
  /** By page: 1 where the image is all zero. */
  readonly zeros: Uint8Array;
}

const PAGE = 4096;
const PAGE_WORDS = PAGE >> 2;

/** Pages of a memory that are all zero. */
export function zeroPages(bytes: Uint8Array): Uint8Array {
  const words = wordsOf(bytes);
  return Uint8Array.from({ length: bytes.length / PAGE }, (_, page) => (isZero(words, page) ? 1 : 0));
}

/** Makes `target`, a whole memory, equal to `source`. Only pages marked in `zeros` are looked at for being zero in both. */
export function overlay(target: Uint8Array, source: Uint8Array, zeros: Uint8Array): void {
  const from = wordsOf(source);
  const to = wordsOf(target);
  const clear = (page: number): void => {
    if (!isZero(to, page)) target.fill(0, page * PAGE, (page + 1) * PAGE);
  };
  const pages = source.length / PAGE;
  for (let page = 0; page < pages; ) {
    let end = page + 1;
    if (zeros[page] === 1 && isZero(from, page)) {
      clear(page);
    } else {
      if (zeros[page] !== 1) while (end < pages && zeros[end] !== 1) end++;
      target.set(source.subarray(page * PAGE, end * PAGE), page * PAGE);
    }
    page = end;
  }
  for (let page = pages; page < target.length / PAGE; page++) clear(page);
}

function wordsOf(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
}

function isZero(words: Int32Array, page: number): boolean {
  for (let i = page * PAGE_WORDS, end = i + PAGE_WORDS; i < end; i += 8) {
    const some = words[i] | words[i + 1] | words[i + 2] | words[i + 3] | words[i + 4] | words[i + 5] | words[i + 6] | words[i + 7];
    if (some !== 0) return false;
  }
  return true;
}
