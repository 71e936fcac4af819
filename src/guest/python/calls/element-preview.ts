/** What the trace shows of a number in memory, by the character of ctypes' `_type_`. */
export function previewOf(bytes: Uint8Array, start: number, code: number): number | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset + start);
  switch (String.fromCharCode(code)) {
    case 'b': return view.getInt8(0);
    case 'B': return view.getUint8(0);
    case 'h': return view.getInt16(0, true);
    case 'H': return view.getUint16(0, true);
    // A long has 32 bits in this interpreter.
    case 'i': case 'l': return view.getInt32(0, true);
    case 'I': case 'L': return view.getUint32(0, true);
    case 'q': return wholeNumber(view.getBigInt64(0, true));
    case 'Q': return wholeNumber(view.getBigUint64(0, true));
    case 'f': return shortest(view.getFloat32(0, true));
    case 'd': return view.getFloat64(0, true);
    case '?': return view.getUint8(0) === 0 ? 'False' : 'True';
    case 'c': return characterOf(view.getUint8(0));
    case 'u': return quoted(String.fromCodePoint(Math.min(view.getUint32(0, true), 0x10ffff)));
    default: return '';
  }
}

function wholeNumber(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** `0.1` as a float of 32 bits, and not 0.10000000149011612. */
function shortest(value: number): number {
  for (let digits = 1; digits <= 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return value;
}

function characterOf(byte: number): string {
  const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c;
  return `b'${isPlain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`}'`;
}

function quoted(character: string): string {
  return character < ' ' ? `'\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}'` : `'${character}'`;
}
