import { readHostMessage, type EmbedMessage, type HostMessage } from '../protocol/embed';

/**
 * Messages to and from the page around an embed. They go to the origin that the embed's address names and are taken from that
 * origin's window alone: another frame of the page, or a page that is shown in its place later, gets and says nothing.
 */
export class HostChannel {
  constructor(private readonly origin: string | undefined) {}

  send(message: EmbedMessage): void {
    if (this.origin !== undefined && window.parent !== window) window.parent.postMessage(message, this.origin);
  }

  listen(take: (message: HostMessage) => void): void {
    if (this.origin === undefined) return;
    window.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source !== window.parent || origin !== this.origin) return;
      const message = readHostMessage(data);
      if (message !== undefined) take(message);
    });
  }
}
