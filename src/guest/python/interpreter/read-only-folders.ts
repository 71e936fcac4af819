import { newShareable } from '../../../base/shareable';
import type { ReadOnlyFolder } from '../../../protocol/program';
import type { FileSystem } from './raw-python';

/** Where the folders of a run lie, each under its name; `_weft_process.py` puts them on `sys.path`. */
const PLACE = '/path';

/** The folders of a run as all its workers get them: their bytes are shared, and copied nowhere. */
export interface SharedFolders {
  /** Tells those of one run from those of another. */
  readonly key: string;
  readonly folders: readonly ReadOnlyFolder[];
}

export function shareFolders(folders: readonly ReadOnlyFolder[]): SharedFolders {
  const shared = folders.map(({ name, bytes, files }) => {
    const copy = new Uint8Array(newShareable(bytes.length));
    copy.set(bytes);
    return { name, files, bytes: copy };
  });
  return { key: crypto.randomUUID(), folders: shared };
}

/** Which folders the file system of this worker shows; it keeps them from one process to the next of the same run. */
export class ReadOnlyFolders {
  private shown = '';

  show(fs: FileSystem, shared: SharedFolders | undefined): void {
    const key = shared?.key ?? '';
    if (key === this.shown) return;
    if (this.shown !== '') remove(fs, PLACE);
    this.shown = key;
    for (const { name, bytes, files } of shared?.folders ?? []) {
      const root = `${PLACE}/${name}`;
      fs.mkdirTree(root);
      const made = new Set([root]);
      for (const [path, start, end] of files) {
        const at = path.lastIndexOf('/');
        const folder = at < 0 ? root : `${root}/${path.slice(0, at)}`;
        if (!made.has(folder)) fs.mkdirTree(folder);
        made.add(folder);
        // Read, not write; and the bytes stay where they are.
        fs.createDataFile(folder, path.slice(at + 1), bytes.subarray(start, end), true, false, true);
      }
    }
    if (key !== '') protect(fs, PLACE);
  }
}

/** Nothing can be made or removed in `folder` and below. */
function protect(fs: FileSystem, folder: string): void {
  for (const path of entries(fs, folder)) if (fs.isDir(fs.lstat(path).mode)) protect(fs, path);
  fs.chmod(folder, 0o555);
}

function remove(fs: FileSystem, folder: string): void {
  fs.chmod(folder, 0o777);
  for (const path of entries(fs, folder)) {
    if (fs.isDir(fs.lstat(path).mode)) remove(fs, path);
    else fs.unlink(path);
  }
  fs.rmdir(folder);
}

function entries(fs: FileSystem, folder: string): string[] {
  return fs.readdir(folder).filter((name) => name !== '.' && name !== '..').map((name) => `${folder}/${name}`);
}
