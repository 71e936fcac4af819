import { parse, type AnyNode, type Position, type Program } from 'acorn';
import { ancestor } from 'acorn-walk';
import type { SourceFile } from '../../../protocol/program';
import { reject } from './rejection';

/** Parses a file as a module. Rejects what is no JavaScript and what a program of ours cannot do. */
export function parseFile(file: SourceFile): Program {
  let tree: Program;
  try {
    tree = parse(file.text, {
      ecmaVersion: 'latest',
      sourceType: 'module',
      locations: true,
      allowHashBang: true,
    });
  } catch (error) {
    if (error instanceof SyntaxError && 'loc' in error && 'pos' in error) {
      reject(file.name, error.loc as Position, syntaxMessage(error.message, file.text, error.pos as number));
    }
    throw error;
  }
  refuseForbidden(file, tree);
  return tree;
}

/** Acorn's message without its own position, with the words that stand there. */
function syntaxMessage(message: string, text: string, position: number): string {
  const plain = message.replace(/ \(\d+:\d+\)$/, '');
  if (plain !== 'Unexpected token') return `syntax error: ${plain.charAt(0).toLowerCase()}${plain.slice(1)}`;
  const [token] = /^(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|\s*$|.)/u.exec(text.slice(position)) ?? [
    '',
  ];
  return token.trim() === ''
    ? 'syntax error: the file ends too early'
    : `syntax error: unexpected ${JSON.stringify(token)}`;
}

const FUNCTIONS = new Set<string>([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'StaticBlock',
]);

function refuseForbidden(file: SourceFile, tree: Program): void {
  const refuse = (node: AnyNode, message: string): never => reject(file.name, node.loc!.start, message);
  const refuseAtTopLevel = (node: AnyNode, ancestors: readonly AnyNode[]): void => {
    if (ancestors.some((outer) => FUNCTIONS.has(outer.type))) return;
    refuse(node, 'unsupported: await at the top level; a program begins with its function main');
  };
  ancestor(tree, {
    ImportExpression: (node) => refuse(node, 'unsupported: import(); import modules at the top of the file'),
    MetaProperty: (node) => {
      if (node.meta.name === 'import') refuse(node, 'unsupported: import.meta; a program has no address');
    },
    AwaitExpression: (node, _state, ancestors) => refuseAtTopLevel(node, ancestors),
    ForOfStatement: (node, _state, ancestors) => {
      if (node.await) refuseAtTopLevel(node, ancestors);
    },
  });
}
