import type { Program as ProgramTree } from 'acorn';
import MagicString from 'magic-string';
import type { Program, SourceFile } from '../../../protocol/program';
import { ProgramRejected } from '../../guest';
import type { LoadableFile, LoadableProgram } from '../program-message';
import { Linker, type FileLinks, type InsertedNames } from './linker';
import { Marker, NO_MORE_MARKS, type Marks } from './marker';
import { parseFile } from './parse';
import { programError, reject } from './rejection';

/**
 * Makes of a program what workers load: each file a function of the runtime, with its imports as reads, its
 * lines where they were, and marks that tell the kernel where the program is. Once per run, on the page:
 * workers carry no parser.
 */
export function instrument(program: Program, marks: Marks = NO_MORE_MARKS): LoadableProgram {
  const indexes = new Map(program.files.map((file, index) => [file.name, index]));
  const code: string[] = program.files.map(() => '');
  const order: number[] = [];
  const imports = new Set<string>();
  /** Files whose imports are being loaded, outermost first. */
  const path: string[] = [];

  const load = (name: string): void => {
    const index = indexes.get(name)!;
    if (order.includes(index)) return;
    const file = program.files[index];
    const tree = parseFile(file);
    const names = insertedNames(file.text);
    const links = new Linker(file, names, indexes).link(tree);
    for (const imported of links.apiImports) imports.add(imported);
    path.push(name);
    for (const { target, node } of links.files) {
      if (path.includes(target)) {
        reject(name, node.loc!.start, `unsupported: files that import each other in a circle (${target})`);
      }
      load(target);
    }
    path.pop();
    if (name === program.entry) requireMain(file, tree, links);
    code[index] = rewrite(file, index, tree, links, names, marks);
    order.push(index);
  };

  if (!indexes.has(program.entry)) {
    throw new ProgramRejected([programError(program.entry, { line: 1, column: 0 }, 'missing file')]);
  }
  load(program.entry);
  return {
    files: program.files.map((file, index): LoadableFile => ({ name: file.name, code: code[index] })),
    order,
    imports: [...imports],
  };
}

/**
 * Names for what is put into the text, which the program itself does not use: it cannot reach the runtime.
 */
function insertedNames(text: string): InsertedNames {
  let runtime = '$w';
  for (let number = 1; text.includes(runtime); number++) runtime = `$w${number}`;
  return {
    runtime,
    api: `${runtime}_api`,
    modules: `${runtime}_modules`,
    defaultExport: `${runtime}_default`,
  };
}

function requireMain(file: SourceFile, tree: ProgramTree, links: FileLinks): void {
  if (links.exports.some(({ exported }) => exported === 'main')) return;
  const own = tree.body.find((node) => node.type === 'FunctionDeclaration' && node.id.name === 'main');
  if (own !== undefined) {
    reject(
      file.name,
      own.loc!.start,
      'missing export: write `export function main()`; it runs in the first process',
    );
  }
  reject(
    file.name,
    { line: 1, column: 0 },
    'missing function main: the program begins with `export function main() { ... }`',
  );
}

function rewrite(
  file: SourceFile,
  index: number,
  tree: ProgramTree,
  links: FileLinks,
  names: InsertedNames,
  marks: Marks,
): string {
  const text = new MagicString(file.text);
  if (file.text.startsWith('#!')) text.overwrite(0, 2, '//');
  new Marker(text, index, names.runtime, links.apiNames, links.apiNamespaces, marks).markProgram(tree);
  links.apply(text);
  const exported = links.exports.map(
    ({ exported, local }) => `get ${JSON.stringify(exported)}(){return ${local};}`,
  );
  const spread = links.reExported.map((from) => `...${names.modules}[${from}]`);
  // Loaded by eval, so the text's first line is the first line that stacks speak of.
  const parameters = [names.runtime, names.api, names.modules].join();
  return `(function module_(${parameters}){"use strict";${links.prologue}${text.toString()}
;return{exports:{${[...spread, ...exported].join()}},locals:{${links.locals.join()}}};})
//# sourceURL=${encodeURI(file.name)}`;
}
