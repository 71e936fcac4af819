import { describe, expect, test } from 'vitest';
import { previewOf } from './element-preview';

function bytesOf(write: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(12);
  write(new DataView(bytes.buffer, 4));
  return bytes;
}

describe('the preview of a shared number', () => {
  test.each<[string, (view: DataView) => void, number | string]>([
    ['b', (view) => view.setInt8(0, -3), -3],
    ['H', (view) => view.setUint16(0, 65_535, true), 65_535],
    ['i', (view) => view.setInt32(0, -70_000, true), -70_000],
    ['I', (view) => view.setUint32(0, 2 ** 32 - 1, true), 2 ** 32 - 1],
    ['q', (view) => view.setBigInt64(0, -5n, true), -5],
    ['Q', (view) => view.setBigUint64(0, 2n ** 64n - 1n, true), '18446744073709551615'],
    ['f', (view) => view.setFloat32(0, 0.1, true), 0.1],
    ['f', (view) => view.setFloat32(0, 1 / 3, true), 0.33333334],
    ['d', (view) => view.setFloat64(0, 0.1, true), 0.1],
    ['?', (view) => view.setUint8(0, 1), 'True'],
    ['c', (view) => view.setUint8(0, 0x41), "b'A'"],
    ['c', (view) => view.setUint8(0, 0), "b'\\x00'"],
    ['u', (view) => view.setUint32(0, 0x4e2d, true), "'中'"],
    ['P', () => undefined, ''],
  ])('of type %s', (code, write, shown) => {
    expect(previewOf(bytesOf(write), 4, code.charCodeAt(0))).toBe(shown);
  });
});
