import type { AnyNode, CallExpression, MemberExpression, NewExpression } from 'acorn';

/** What the marker needs to know of a file to tell operations of the kernel from other reads. */
export interface OperationNames {
  /** The file's names for `heap` of 'weft'. */
  readonly heapNames: ReadonlySet<string>;
}

/** A read or write that is an operation of its own: `count.value`, `heap.counter`. */
export function isOperation(node: AnyNode, names: OperationNames): node is MemberExpression {
  if (node.type !== 'MemberExpression') return false;
  if (node.object.type === 'Identifier' && names.heapNames.has(node.object.name)) return true;
  return !node.computed && node.property.type === 'Identifier' && node.property.name === 'value';
}

/** The line of a call: where its method's name stands, which may be further down than its object. */
export function lineOfCall(node: CallExpression | NewExpression): number {
  if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression') {
    return node.callee.property.loc!.start.line;
  }
  return node.loc!.start.line;
}

/**
 * The line of the first operation or call among `nodes` in the order in which they are evaluated; functions
 * inside do not count.
 */
export function firstOperationLine(nodes: readonly AnyNode[], names: OperationNames): number | undefined {
  for (const node of nodes) {
    const line = firstLine(node, names);
    if (line !== undefined) return line;
  }
  return undefined;
}

function firstLine(node: AnyNode, names: OperationNames): number | undefined {
  switch (node.type) {
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
      return undefined;
    case 'CallExpression':
    case 'NewExpression':
      return firstOperationLine([node.callee, ...node.arguments], names) ?? lineOfCall(node);
    case 'TaggedTemplateExpression':
      return firstOperationLine([node.tag, node.quasi], names) ?? node.loc!.start.line;
    case 'MemberExpression': {
      const inside = firstOperationLine(node.computed ? [node.object, node.property] : [node.object], names);
      return inside ?? (isOperation(node, names) ? node.property.loc!.start.line : undefined);
    }
    case 'VariableDeclarator':
      return firstOperationLine(node.init ? [node.init, node.id] : [node.id], names);
    default:
      return firstOperationLine(childrenOf(node), names);
  }
}

/** The nodes right inside a node, in the order of the text. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) children.push(...(value as unknown[]).filter(isNode));
    else if (isNode(value)) children.push(value);
  }
  return children.sort((a, b) => a.start - b.start);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
