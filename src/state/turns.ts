/** The page's thread works for so long, then lets the reader have a turn. */
const SLICE_MS = 20;

/** Long work on the page's thread, cut into turns between which the page answers. */
export class Turns {
  private begun: number;

  constructor(private readonly now = (): number => performance.now()) {
    this.begun = now();
  }

  /** Goes on at once while the turn lasts; else when everybody else has had theirs. */
  async next(): Promise<void> {
    if (this.now() - this.begun >= SLICE_MS) await this.end();
  }

  /** Lets everybody else have a turn: what comes now takes long and cannot be cut. */
  async end(): Promise<void> {
    await turnOfOthers();
    this.begun = this.now();
  }
}

/** Not a timer: those of a page in the background come once a second. */
function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
