// @ts-check
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { UsageError } from './usage-error.mjs';

/** More than this does not fit into a page beside the interpreters. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The folder as programs get it. Compiled Python and hidden files stay behind.
 *
 * @param {string} base what a relative `folder` starts from
 * @param {string} folder
 * @param {number} index among the folders of the command
 * @returns {import('../src/protocol/program').ReadOnlyFolder}
 * @throws {UsageError}
 */
export function readFolder(base, folder, index) {
  const root = resolve(base, folder);
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`missing folder "${folder}" of --path`);
  /** @type {Buffer[]} */
  const contents = [];
  /** @type {[string, number, number][]} */
  const files = [];
  let length = 0;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path).split(sep).join('/');
    // A link counts as what it leads to.
    if (!statSync(path, { throwIfNoEntry: false })?.isFile() || /(^|\/)(\.|__pycache__\/)/.test(name)) continue;
    const bytes = readFileSync(path);
    contents.push(bytes);
    files.push([name, length, (length += bytes.length)]);
    if (length > MOST_BYTES) throw new UsageError(`unsupported --path "${folder}": it holds more than ${MOST_BYTES / 1024 / 1024} MiB`);
  }
  return { name: `${index}-${basename(root)}`, files, bytes: new Uint8Array(Buffer.concat(contents)) };
}
