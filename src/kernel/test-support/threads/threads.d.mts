/** The code of a thread, built into a folder of its own. */
export interface ThreadBundle {
  readonly url: string;
  remove(): Promise<void>;
}
export interface Thread {
  terminate(): Promise<number>;
}

/** Bundles the module `entry`, which exports `runThread(boot, post)`. */
export function bundleThread(entry: URL): Promise<ThreadBundle>;

/** Starts a thread that calls `runThread(boot, post)`. */
export function startThread<Boot, Message>(
  bundle: ThreadBundle, boot: Boot, onMessage: (message: Message) => void, onError: (error: unknown) => void,
): Thread;
