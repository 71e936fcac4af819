import { hasSocketName, unlinkSocketName } from '../../../kernel/ipc/socket-address';
import type { Kernel } from '../../../kernel/kernel';
import type { FileSystem } from './raw-python';
import { isShared } from './shared-files';

const S_IFSOCK = 0o140000;
const textEncoder = new TextEncoder();

/**
 * Names of local sockets as files, outside of the places whose files all processes share (shared-files.ts). The names are the
 * machine's, and there each process has files of its own: so a name becomes a file of a process when the process looks at its
 * path, and goes when the name has gone.
 */
export class SocketFiles {
  /** Paths of the files that stand for names. */
  private readonly shown = new Set<string>();
  private isSyncing = false;

  constructor(private readonly kernel: () => Kernel | undefined) {}

  watch(fs: FileSystem): void {
    const lookupPath = fs.lookupPath.bind(fs);
    const unlink = fs.unlink.bind(fs);
    fs.lookupPath = (path, options) => {
      const k = this.kernel();
      const file = k !== undefined && !this.isSyncing && typeof path === 'string' ? absolute(fs, path) : '';
      if (k !== undefined && file !== '' && !isShared(file)) {
        this.isSyncing = true;
        this.sync(fs, k, file, lookupPath, unlink);
        this.isSyncing = false;
      }
      return lookupPath(path, options);
    };
    fs.unlink = (path) => {
      unlink(path);
      const k = this.kernel();
      const file = absolute(fs, path);
      if (!this.shown.delete(file) || k === undefined) return;
      unlinkSocketName(k, textEncoder.encode(file));
    };
  }

  /** The process is over, and its files are gone. */
  reset(): void {
    this.shown.clear();
  }

  private sync(
    fs: FileSystem, k: Kernel, path: string, lookupPath: FileSystem['lookupPath'], unlink: FileSystem['unlink'],
  ): void {
    const isName = hasSocketName(k, textEncoder.encode(path));
    const isShown = this.shown.has(path);
    try {
      if (isName && !isShown) {
        fs.writeFile(path, '');
        lookupPath(path, {}).node.mode = S_IFSOCK | 0o755;
        this.shown.add(path);
      } else if (!isName && isShown) {
        this.shown.delete(path);
        unlink(path);
      }
    } catch {
      // The folder of the name is another process's only, or gone: here it is no file.
    }
  }
}

/** The path from the root, without `.` and `..`. */
export function absolute(fs: Pick<FileSystem, 'cwd'>, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${fs.cwd()}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
