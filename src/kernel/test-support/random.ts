/** A seeded source of randomness (mulberry32): the same seed gives the same test. */
export class Random {
  constructor(private state: number) {}

  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)];
  }
  /** Bytes in which no page looks like another. */
  bytes(length: number): Uint8Array {
    const start = this.below(256);
    const step = 1 + 2 * this.below(100);
    return Uint8Array.from({ length }, (_, i) => start + i * step + (i >> 8));
  }
}
