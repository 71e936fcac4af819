/** So many answered events are kept before the list is cut, so that cutting costs little for each. */
const LEAST_CUT = 1024;

/** Events that wait to be answered, the oldest first. */
export class PendingEvents {
  private readonly events: number[] = [];
  private head = 0;

  push(event: number): void {
    this.events.push(event);
  }

  first(): number | undefined {
    return this.events[this.head];
  }

  shift(): number | undefined {
    if (this.head === this.events.length) return undefined;
    const event = this.events[this.head++];
    if (this.head > LEAST_CUT && this.head * 2 > this.events.length) {
      this.events.splice(0, this.head);
      this.head = 0;
    }
    return event;
  }

  clear(): void {
    this.events.length = 0;
    this.head = 0;
  }
}

/**
 * What is on its way to one end of a pipe. Events tell how many bytes are under way after them, so that what
 * was sent in three writes and read in one, or the other way round, is matched by its bytes; where they tell
 * nothing, each receive takes one send.
 */
export class BytesUnderWay {
  private readonly sends = new PendingEvents();
  /** Bytes of each of `sends` that have not been received. */
  private readonly sizes = new PendingEvents();
  /** Bytes of the first of `sends` that have been. */
  private taken = 0;
  private level = 0;

  /** A send after which `level` bytes are under way. */
  send(event: number, level: number): void {
    this.sends.push(event);
    this.sizes.push(Math.max(1, level - this.level));
    this.level = level;
  }

  /**
   * The sends of which a receive, after which `level` bytes are under way, took the last byte; or, if there
   * is none, the one of which it took a part. `nothing`: it says that it took nothing, as at the end of a
   * file.
   */
  receive(level: number, nothing: boolean): readonly number[] {
    const told = this.level - level;
    this.level = level;
    let count = told > 0 ? told : nothing ? 0 : 1;
    const sends: number[] = [];
    while (count > 0) {
      const size = this.sizes.first();
      const send = this.sends.first();
      if (size === undefined || send === undefined) break;
      if (size - this.taken > count) {
        this.taken += count;
        if (sends.length === 0) sends.push(send);
        break;
      }
      count -= size - this.taken;
      this.taken = 0;
      this.sizes.shift();
      this.sends.shift();
      sends.push(send);
    }
    return sends;
  }
}
