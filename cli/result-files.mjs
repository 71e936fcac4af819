// @ts-check
import { statSync, writeFileSync } from 'node:fs';
import { UsageError } from './usage-error.mjs';

/**
 * Writes a file that the option `option` asks for.
 *
 * @param {string} path
 * @param {string | Uint8Array} text
 * @param {string} option
 * @throws {UsageError} where it cannot be
 */
export function writeResult(path, text, option) {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new UsageError(`invalid ${option} "${path}": it is a folder`);
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`invalid ${option} "${path}": ${error instanceof Error ? error.message : String(error)}`);
  }
}
