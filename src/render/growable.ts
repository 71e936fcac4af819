type Column = Float64Array | Int32Array | Uint8Array;

/** `column` with room for `needed` numbers; the same one where it has it already. */
export function withRoom<Kind extends Column>(column: Kind, needed: number): Kind {
  if (needed <= column.length) return column;
  const larger = new (column.constructor as new (length: number) => Kind)(Math.max(needed, column.length * 2, 64));
  larger.set(column);
  return larger;
}

/** The first index in `from` to `to` (exclusive) whose number is above `bound`, in a column that never decreases. */
export function firstAbove(column: ArrayLike<number>, bound: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle] > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first index whose number is `bound` or above. */
export function firstAtLeast(column: ArrayLike<number>, bound: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle] >= bound) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** As {@link firstAtLeast}, for an answer that is near `from`: looks at twice as many each time before it halves. */
export function firstAtLeastNear(column: ArrayLike<number>, bound: number, from: number, to: number): number {
  let low = from;
  let stride = 1;
  while (low + stride < to && column[low + stride] < bound) {
    low += stride;
    stride *= 2;
  }
  return firstAtLeast(column, bound, low, Math.min(to, low + stride + 1));
}
