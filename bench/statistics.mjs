// @ts-check

/** @param {readonly number[]} numbers at least one */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
}

/** Three figures that count: `5.74 M`, `83.0 k`, `8.33`. @param {number} figure */
export function shortNumber(figure) {
  /** @type {[number, string]} */
  const [unit, letter] = figure >= 1e6 ? [1e6, ' M'] : figure >= 1e3 ? [1e3, ' k'] : [1, ''];
  return `${(figure / unit).toPrecision(3)}${letter}`;
}
