import type { AnyNode, CallExpression, NewExpression } from 'acorn';
import { NAMED_OBJECTS } from '../api-names';

/**
 * What an object of the kernel is to be called: a name, or the name of the list that it becomes one of
 * (`forks[3]`).
 */
export interface Naming {
  readonly name: string;
  readonly ofList: boolean;
}

const NAMED = new Set<string>(NAMED_OBJECTS);

/** The naming of what is assigned to `target`: a variable, a property, a pattern. */
export function nameOfTarget(target: AnyNode): Naming | undefined {
  switch (target.type) {
    case 'Identifier':
    case 'PrivateIdentifier':
      return { name: target.name, ofList: false };
    case 'Literal':
      return typeof target.value === 'string' ? { name: target.value, ofList: false } : undefined;
    case 'MemberExpression': {
      if (!target.computed) return nameOfTarget(target.property);
      const list = nameOfTarget(target.object);
      return list && { name: list.name, ofList: true };
    }
    case 'AssignmentPattern':
      return nameOfTarget(target.left);
    case 'ArrayPattern': {
      // const [left, right] = Pipe(): one pipe that has the names of its ends.
      const names = target.elements.map((element) => (element ? nameOfTarget(element)?.name : undefined));
      const known = names.filter((name) => name !== undefined);
      return known.length > 0 ? { name: known.join('/'), ofList: false } : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a call or `new` makes an object of the kernel: `new Queue(3)`, `Pipe()`, `new weft.Lock()`. */
export function makesNamedObject(
  node: CallExpression | NewExpression,
  apiNames: ReadonlyMap<string, string>,
  apiNamespaces: ReadonlySet<string>,
): boolean {
  const { callee } = node;
  if (callee.type === 'Identifier') return NAMED.has(apiNames.get(callee.name) ?? '');
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    apiNamespaces.has(callee.object.name) &&
    callee.property.type === 'Identifier' &&
    NAMED.has(callee.property.name)
  );
}
