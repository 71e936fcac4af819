// @ts-check
/**
 * Which folder of src/ may import which, and which packages. Read ARCHITECTURE.md for the reasons; the arrows are
 *
 *   base <- protocol <- kernel <- guest <- machine <- state <- ui <- embed      text <- trace, machine, views, state, ui
 *   protocol <- trace <- analysis <- views <- ui      base <- render <- views      trace <- search, lessons <- state
 *   analysis <- state
 *
 * A folder may import what its `folders` may, and so on down.
 */

/**
 * @typedef {object} FolderRule
 * @property {string[]} folders folders right below it
 * @property {(string | RegExp)[]} packages packages it may use
 */

const DRAWING = /^d3-/;
const EDITOR = /^(codemirror|@codemirror\/.*|@lezer\/.*)$/;
const FONTS = /^@fontsource-variable\//;
const REACT = /^react(-dom)?(\/.*)?$/;
const STORE = /^zustand(\/.*)?$/;

/** @type {Record<string, FolderRule>} */
export const folderRules = {
  base: { folders: [], packages: [] },
  protocol: { folders: ['base'], packages: [] },
  kernel: { folders: ['protocol'], packages: [] },
  // The last is of our own making: scripts/worker-parts.mjs.
  guest: { folders: ['kernel'], packages: ['acorn', 'acorn-walk', 'magic-string', 'comlink', 'pyodide', 'virtual:javascript-worker'] },
  machine: { folders: ['guest', 'text'], packages: ['comlink', 'pyodide'] },
  trace: { folders: ['protocol', 'text'], packages: [] },
  analysis: { folders: ['trace'], packages: [] },
  search: { folders: ['trace'], packages: [] },
  render: { folders: ['base'], packages: [DRAWING] },
  text: { folders: ['protocol'], packages: [] },
  views: { folders: ['analysis', 'trace', 'render', 'text'], packages: [REACT, DRAWING, FONTS] },
  lessons: { folders: ['trace'], packages: [] },
  state: { folders: ['machine', 'analysis', 'search', 'trace', 'text', 'lessons'], packages: [STORE, 'fflate', 'comlink'] },
  ui: { folders: ['state', 'views'], packages: [REACT, DRAWING, EDITOR, STORE] },
  offline: { folders: ['base'], packages: [] },
  browser: { folders: ['text', 'render'], packages: [] },
  embed: { folders: ['ui', 'offline'], packages: [] },
};

/** Test files may use these too, in any folder. */
export const testPackages = [/^vitest(\/.*)?$/, /^node:/];

/** The one file that may wait on a word of memory and wake who waits there. */
export const waitingFile = 'src/kernel/futex.ts';
export const waitingCalls = ['wait', 'waitAsync', 'notify'];

/**
 * All folders that `folder` may import, itself among them.
 *
 * @param {string} folder
 * @returns {Set<string>}
 */
export function reachableFolders(folder) {
  const reached = new Set([folder]);
  for (const next of reached) for (const below of folderRules[next]?.folders ?? []) reached.add(below);
  return reached;
}
