import type {
  AnyNode,
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  ImportDeclaration,
  Literal,
  Node,
  Pattern,
  Program as ProgramTree,
} from 'acorn';
import type MagicString from 'magic-string';
import type { SourceFile } from '../../../protocol/program';
import { API_NAMES } from '../api-names';
import { nearestName, reject } from './rejection';

/** Names put into a file's text: see `insertedNames`. */
export interface InsertedNames {
  readonly runtime: string;
  readonly api: string;
  readonly modules: string;
  readonly defaultExport: string;
}

/** What a file imports and exports, and how its text has to change for it. */
export interface FileLinks {
  /** What it calls the things of 'weft': local name to exported name. */
  readonly apiNames: ReadonlyMap<string, string>;
  /** What it imports of 'weft', or passes on. */
  readonly apiImports: ReadonlySet<string>;
  /** Its names for the whole of 'weft' (`import * as weft`). */
  readonly apiNamespaces: ReadonlySet<string>;
  /** Other files of the program that it imports. */
  readonly files: readonly { readonly target: string; readonly node: Node }[];
  readonly exports: readonly { readonly exported: string; readonly local: string }[];
  /** Indexes of the files all of whose exports are its own too. */
  readonly reExported: readonly number[];
  /** Functions and classes of its top level. */
  readonly locals: readonly string[];
  /** Text before its first statement: what it imports, as constants. */
  readonly prologue: string;
  /** Takes import and export declarations out of the text. */
  apply(text: MagicString): void;
}

const WEFT = 'weft';
const API = new Set<string>(API_NAMES);

/** Works out the imports and exports of one file. */
export class Linker {
  private readonly apiNames = new Map<string, string>();
  private readonly apiImports = new Set<string>();
  private readonly apiNamespaces = new Set<string>();
  private readonly files: { target: string; node: Node }[] = [];
  private readonly exports: { exported: string; local: string }[] = [];
  private readonly reExported: number[] = [];
  private readonly locals: string[] = [];
  private readonly prologue: string[] = [];
  private readonly edits: ((text: MagicString) => void)[] = [];

  constructor(
    private readonly file: SourceFile,
    private readonly names: InsertedNames,
    private readonly indexes: ReadonlyMap<string, number>,
  ) {}

  link(tree: ProgramTree): FileLinks {
    for (const node of tree.body) {
      if (node.type === 'ImportDeclaration') this.linkImport(node);
      else if (node.type === 'ExportNamedDeclaration') this.linkExport(node);
      else if (node.type === 'ExportDefaultDeclaration') this.linkDefault(node);
      else if (node.type === 'ExportAllDeclaration') this.linkAll(node);
      else this.addLocals(node);
    }
    const { edits } = this;
    return {
      apiNames: this.apiNames,
      apiImports: this.apiImports,
      apiNamespaces: this.apiNamespaces,
      files: this.files,
      exports: this.exports,
      reExported: this.reExported,
      locals: this.locals,
      prologue: this.prologue.join(''),
      apply: (text) => edits.forEach((edit) => edit(text)),
    };
  }

  private linkImport(node: ImportDeclaration): void {
    const source = this.sourceOf(node.source);
    const from = source === WEFT ? this.names.api : `${this.names.modules}[${source}]`;
    const picked: string[] = [];
    for (const specifier of node.specifiers) {
      const local = specifier.local.name;
      if (specifier.type === 'ImportNamespaceSpecifier') {
        if (source === WEFT) {
          this.apiNamespaces.add(local);
          for (const name of API) this.apiImports.add(name);
        }
        this.prologue.push(`const ${local}=${from};`);
        continue;
      }
      const imported = specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported);
      if (source === WEFT) {
        if (!API.has(imported)) this.rejectName(specifier, imported);
        this.apiNames.set(local, imported);
        this.apiImports.add(imported);
      }
      picked.push(`${JSON.stringify(imported)}:${local}`);
    }
    if (picked.length > 0) this.prologue.push(`const {${picked.join()}}=${from};`);
    this.blank(node.start, node.end);
  }

  private linkExport(node: ExportNamedDeclaration): void {
    if (node.declaration) {
      const { declaration } = node;
      this.edits.push((text) => text.remove(node.start, declaration.start));
      this.addLocals(declaration);
      for (const name of declaredNames(declaration)) this.exports.push({ exported: name, local: name });
      return;
    }
    if (node.source) {
      const source = this.sourceOf(node.source);
      for (const { local, exported } of node.specifiers) {
        const imported = nameOf(local);
        if (source === WEFT) {
          if (!API.has(imported)) this.rejectName(local, imported);
          this.apiImports.add(imported);
        }
        const from = source === WEFT ? this.names.api : `${this.names.modules}[${source}]`;
        this.exports.push({ exported: nameOf(exported), local: `${from}[${JSON.stringify(imported)}]` });
      }
    } else {
      for (const { local, exported } of node.specifiers) {
        this.exports.push({ exported: nameOf(exported), local: nameOf(local) });
      }
    }
    this.blank(node.start, node.end);
  }

  private linkDefault(node: ExportDefaultDeclaration): void {
    const { declaration } = node;
    const isNamed =
      (declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') &&
      declaration.id;
    if (isNamed) {
      this.exports.push({ exported: 'default', local: isNamed.name });
      this.locals.push(isNamed.name);
      this.edits.push((text) => text.remove(node.start, declaration.start));
      return;
    }
    const { defaultExport } = this.names;
    this.exports.push({ exported: 'default', local: defaultExport });
    this.locals.push(defaultExport);
    this.edits.push((text) => {
      text.overwrite(node.start, declaration.start, `const ${defaultExport}=`);
      text.appendLeft(node.end, ';');
    });
  }

  private linkAll(node: ExportAllDeclaration): void {
    const source = this.sourceOf(node.source);
    if (source === WEFT) {
      reject(this.file.name, node.loc!.start, "unsupported: export * from 'weft'; name what is exported");
    }
    if (node.exported) {
      this.exports.push({ exported: nameOf(node.exported), local: `${this.names.modules}[${source}]` });
    } else this.reExported.push(source);
    this.blank(node.start, node.end);
  }

  /** 'weft', or the index of another file of the program. */
  private sourceOf(source: Literal): number | typeof WEFT {
    const name = String(source.value);
    if (name === WEFT) return WEFT;
    const own = /^\.\.?\//.test(name) ? resolve(this.file.name, name) : undefined;
    const index = own === undefined ? undefined : this.indexes.get(own);
    if (own !== undefined && index !== undefined) {
      this.files.push({ target: own, node: source });
      return index;
    }
    const found =
      own === undefined
        ? `unknown module ${JSON.stringify(name)}: a program imports 'weft' and its own files ('./name.js')`
        : `missing file ${JSON.stringify(own)}: the program has ${[...this.indexes.keys()].join(', ')}`;
    return reject(this.file.name, source.loc!.start, found);
  }

  private rejectName(node: Node, name: string): never {
    const nearest = nearestName(name, API_NAMES);
    const hint = nearest === undefined ? 'the help lists what there is' : `did you mean ${nearest}?`;
    reject(this.file.name, node.loc!.start, `unknown name ${name} in 'weft': ${hint}`);
  }

  private addLocals(node: AnyNode): void {
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
      this.locals.push(node.id!.name);
    }
    if (node.type !== 'VariableDeclaration') return;
    for (const { id, init } of node.declarations) {
      const isCode =
        init?.type === 'ArrowFunctionExpression' ||
        init?.type === 'FunctionExpression' ||
        init?.type === 'ClassExpression';
      if (isCode && id.type === 'Identifier') this.locals.push(id.name);
    }
  }

  /** Takes the text from `start` to `end` away but for its line ends; leaves an empty statement. */
  private blank(start: number, end: number): void {
    const lineEnds = this.file.text.slice(start, end).replace(/[^\n]/g, '');
    this.edits.push((text) => text.overwrite(start, end, `;${lineEnds}`));
  }
}

function nameOf(node: { type: 'Identifier'; name: string } | Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}

/** `./b.js` as seen from `lib/a.js` is `lib/b.js`. */
function resolve(from: string, relative: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function declaredNames(node: AnyNode): string[] {
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') return [node.id!.name];
  return node.type === 'VariableDeclaration' ? node.declarations.flatMap(({ id }) => patternNames(id)) : [];
}

export function patternNames(pattern: Pattern | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => patternNames(element));
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === 'Property' ? property.value : property.argument),
      );
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
    default:
      return [];
  }
}
