import type { FileSystem } from './raw-python';

/** Puts a program's files into the file system. */
export function writeFiles(fs: FileSystem, files: readonly { path: string; text: string }[]): void {
  for (const { path, text } of files) {
    fs.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    fs.writeFile(path, text);
  }
}
