import { HOME } from './boot';
import type { FileSystem } from './raw-python';

/**
 * The files of a process. Emscripten keeps them in JavaScript, so they are not in a memory image: a new process gets copies
 * of its parent's.
 */
export interface FileCopy {
  readonly path: string;
  /** None: it is a folder. */
  readonly bytes?: Uint8Array;
}

const FOLDERS = [HOME, '/tmp'];

/** All that the program or its runtime has written. */
export function collectFiles(fs: FileSystem): FileCopy[] {
  const found: FileCopy[] = [];
  const visit = (folder: string): void => {
    for (const name of entries(fs, folder)) {
      const path = `${folder}/${name}`;
      const { mode } = fs.lstat(path);
      if (fs.isDir(mode)) {
        found.push({ path });
        visit(path);
      } else if (fs.isFile(mode)) {
        found.push({ path, bytes: fs.readFile(path) });
      }
    }
  };
  FOLDERS.forEach(visit);
  return found;
}

export function writeFiles(fs: FileSystem, files: readonly { path: string; bytes?: Uint8Array | string }[]): void {
  for (const { path, bytes } of files) {
    fs.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    if (bytes === undefined) fs.mkdirTree(path);
    else fs.writeFile(path, bytes);
  }
}

/** Leaves the folders empty, as they were when the worker had booted. */
export function removeFiles(fs: FileSystem): void {
  const clear = (folder: string): void => {
    for (const name of entries(fs, folder)) {
      const path = `${folder}/${name}`;
      if (fs.isDir(fs.lstat(path).mode)) {
        clear(path);
        fs.rmdir(path);
      } else {
        fs.unlink(path);
      }
    }
  };
  FOLDERS.forEach(clear);
  fs.chdir(HOME);
}

function entries(fs: FileSystem, folder: string): string[] {
  return fs.readdir(folder).filter((name) => name !== '.' && name !== '..');
}
