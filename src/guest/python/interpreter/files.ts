import type { FileSystem } from './raw-python';

/** Puts a program's files into the file system; one that is there already with this text stays as it is. */
export function writeFiles(fs: FileSystem, files: readonly { path: string; text: string }[]): void {
  for (const { path, text } of files) {
    fs.mkdirTree(path.slice(0, path.lastIndexOf('/')));
    if (!isThere(fs, path, text)) fs.writeFile(path, text);
  }
}

function isThere(fs: FileSystem, path: string, text: string): boolean {
  try {
    return new TextDecoder().decode(fs.readFile(path)) === text;
  } catch {
    return false;
  }
}
