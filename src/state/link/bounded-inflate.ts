import { Inflate } from 'fflate';

/**
 * Compressed bytes given to the decompressor at a time: deflate grows a byte to 1,032 at most, so 2 MB come
 * out.
 */
const STEP = 2048;

/**
 * Decompresses zlib data (RFC 1950) that somebody else wrote, and checks its checksum, which fflate does not:
 * a link with one letter changed must not open as a program with one letter changed. Stops once more than
 * `limit` bytes have come out, so a few hundred bytes that unpack to a gigabyte cost 2 MB and an answer.
 */
export function inflateBounded(zlib: Uint8Array, limit: number): Uint8Array | 'too large' | 'damaged' {
  const { byteOffset, byteLength } = zlib;
  if (byteLength < 7) return 'damaged';
  const view = new DataView(zlib.buffer, byteOffset, byteLength);
  const header = view.getUint16(0);
  if ((header & 0x0f20) !== 0x0800 || header % 31 !== 0) return 'damaged';
  const inflated = inflateRaw(zlib.subarray(2, byteLength - 4), limit);
  if (typeof inflated === 'string') return inflated;
  return adler32(inflated) === view.getUint32(byteLength - 4) ? inflated : 'damaged';
}

function inflateRaw(compressed: Uint8Array, limit: number): Uint8Array | 'too large' | 'damaged' {
  const parts: Uint8Array[] = [];
  let size = 0;
  let finished = false;
  const inflate = new Inflate((chunk, final) => {
    size += chunk.length;
    parts.push(chunk);
    finished = final;
  });
  try {
    for (let start = 0; start < compressed.length && size <= limit; start += STEP) {
      const end = Math.min(start + STEP, compressed.length);
      inflate.push(compressed.subarray(start, end), end === compressed.length);
    }
  } catch {
    return 'damaged';
  }
  if (size > limit) return 'too large';
  if (!finished) return 'damaged';
  return concatenate(parts, size);
}

function concatenate(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function adler32(bytes: Uint8Array): number {
  const MODULUS = 65521;
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % MODULUS;
    high = (high + low) % MODULUS;
  }
  return ((high << 16) | low) >>> 0;
}
