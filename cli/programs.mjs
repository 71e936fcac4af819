// @ts-check
/** Reads the files of programs: each with the modules of its own folder that it imports. */
import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, posix, resolve } from 'node:path';
import { TextDecoder } from 'node:util';
import { parse } from 'acorn';
import { full } from 'acorn-walk';
import { UsageError } from './usage-error.mjs';

/** @typedef {import('../src/protocol/program').Program} Program */
/** @typedef {import('../src/protocol/program').Language} Language */

/** @type {Record<string, Language>} */
const LANGUAGES = { '.js': 'javascript', '.mjs': 'javascript', '.py': 'python' };

/**
 * The program whose entry is `file`.
 *
 * @param {string} folder that a relative `file` is in
 * @param {string} file
 * @returns {Program}
 * @throws {UsageError} where it cannot be read
 */
export function readProgram(folder, file) {
  const language = LANGUAGES[extname(file)];
  if (!language) throw new UsageError(`unsupported file "${file}": the name of a program ends in .js, .mjs or .py`);
  const path = resolve(folder, file);
  const entry = basename(path);
  /** @type {Map<string, string>} */
  const texts = new Map([[entry, readText(path, file)]]);
  // The loop reaches what is added while it runs.
  for (const [name, text] of texts) {
    for (const imported of language === 'javascript' ? javascriptImports(name, text) : pythonImports(name, text)) {
      const found = texts.has(imported) ? undefined : textIfThere(join(dirname(path), imported));
      if (found !== undefined) texts.set(imported, found);
    }
  }
  return { language, entry, files: [...texts].map(([name, text]) => ({ name, text })) };
}

/**
 * The text of a file that must be there.
 *
 * @param {string} path
 * @param {string} shown what to call it in a message
 * @returns {string}
 * @throws {UsageError}
 */
export function readText(path, shown) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UsageError(`missing file "${shown}"`);
  if (stats.isDirectory()) throw new UsageError(`invalid file "${shown}": it is a folder`);
  try {
    return decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`invalid file "${shown}": it is not text in UTF-8`);
    throw new UsageError(`file "${shown}" cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @param {string} path */
function textIfThere(path) {
  try {
    return decode(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** @param {Uint8Array} bytes */
function decode(bytes) {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/**
 * Names of the files that a module imports by a relative path. Of a module with a syntax error none: the machine reports it.
 *
 * @param {string} name
 * @param {string} text
 * @returns {string[]}
 */
function javascriptImports(name, text) {
  /** @type {string[]} */
  const sources = [];
  try {
    full(parse(text, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true }), (node) => {
      const { source } = /** @type {{ source?: { value?: unknown } | null }} */ (/** @type {unknown} */ (node));
      if (typeof source?.value === 'string') sources.push(source.value);
    });
  } catch {
    return [];
  }
  const relative = sources.filter((source) => /^\.\.?\//.test(source));
  return relative.map((source) => posix.join(posix.dirname(name), source)).filter((path) => !path.startsWith('../'));
}

/**
 * Names of the files beside the entry that may be meant by a module's imports; those that are not there are of Python's
 * library, or missing, which the program will hear.
 *
 * @param {string} name
 * @param {string} text
 * @returns {string[]}
 */
function pythonImports(name, text) {
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {string} module */
  const add = (module) => {
    const parts = module.split('.').filter(Boolean);
    for (let length = 1; length <= parts.length; length++) {
      const path = parts.slice(0, length).join('/');
      files.add(`${path}.py`).add(`${path}/__init__.py`);
    }
  };
  for (const [, relative = '', module = '', names = ''] of text.matchAll(
    /^[ \t]*from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#;]*)/gm,
  )) {
    const here = posix.dirname(name) === '.' ? [] : posix.dirname(name).split('/');
    const parents = relative === '' ? [] : here.slice(0, here.length - (relative.length - 1));
    const base = [...parents, ...module.split('.').filter(Boolean)].join('.');
    add(base);
    for (const imported of names.match(/\w+/g) ?? []) add(`${base}.${imported}`);
  }
  for (const [, modules = ''] of text.matchAll(/^[ \t]*import[ \t]+([^\n#;]*)/gm)) {
    for (const module of modules.split(',')) add(module.trim().split(/\s/)[0] ?? '');
  }
  return [...files];
}
