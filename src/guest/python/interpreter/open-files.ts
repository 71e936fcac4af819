import type { FileNode, FileStream, FileSystem } from './raw-python';

/**
 * Open files that are none of the kernel's: those of Emscripten's file system, and the terminal. They are in JavaScript, not
 * in a memory image, so a forked child opens them anew: at the same place, but with a position of its own from there on.
 */
export interface OpenFile {
  readonly fd: number;
  readonly flags: number;
  /** Its path and the position in it; or, for the terminal, 0, 1 or 2. */
  readonly path?: string;
  readonly position?: number;
  readonly terminal?: number;
}

const O_CREAT = 64;
const O_EXCL = 128;
const O_TRUNC = 512;
const TERMINALS = [0, 1, 2];

export class OpenFiles {
  /** As they were when the interpreter had booted. */
  private readonly terminals: (FileStream | null)[];
  private readonly nodes: (FileNode | undefined)[];

  constructor(private readonly fs: FileSystem) {
    this.terminals = TERMINALS.map((fd) => fs.streams[fd]);
    this.nodes = this.terminals.map((stream) => stream?.node);
  }

  /** Which of 0, 1 and 2 a stream is, under whatever number it is open; -1: none. */
  terminalOf(stream: FileStream | null | undefined): number {
    return stream ? this.nodes.indexOf(stream.node) : -1;
  }

  /** What a forked child inherits. */
  inherited(): OpenFile[] {
    const open: OpenFile[] = [];
    for (const stream of this.fs.streams) {
      if (!stream || stream.weft !== undefined || stream.file !== undefined) continue;
      const { fd, flags, path, position } = stream;
      const terminal = this.terminalOf(stream);
      open.push(terminal >= 0 ? { fd, flags, terminal } : { fd, flags, path, position });
    }
    return open;
  }

  /** Opens what the parent had open. A file that has been deleted since it was opened stays closed. */
  adopt(files: readonly OpenFile[]): void {
    const { fs } = this;
    const numbers = new Set(files.map(({ fd }) => fd));
    for (const fd of TERMINALS) if (!numbers.has(fd)) fs.streams[fd] = null;
    for (const { fd, flags, path, position, terminal } of files) {
      if (terminal !== undefined) {
        if (fd !== terminal) fs.createStream({ ...this.terminals[terminal] }, fd);
        continue;
      }
      try {
        const stream = fs.open(path!, flags & ~(O_CREAT | O_EXCL | O_TRUNC));
        fs.streams[stream.fd] = null;
        stream.position = position!;
        fs.createStream(stream, fd);
      } catch {
        fs.streams[fd] = null;
      }
    }
  }

  /** Leaves open what was open when the interpreter had booted. */
  reset(): void {
    this.fs.streams.length = TERMINALS.length;
    this.terminals.forEach((stream, fd) => (this.fs.streams[fd] = stream));
  }
}
