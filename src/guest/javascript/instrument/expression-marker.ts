import type {
  AnyNode,
  AssignmentExpression,
  CallExpression,
  ChainExpression,
  Expression,
  MemberExpression,
  NewExpression,
  Pattern,
  SpreadElement,
  Super,
} from 'acorn';
import type MagicString from 'magic-string';
import { makePlace } from '../../../protocol/ids';
import type { Marker } from './marker';
import { makesNamedObject, nameOfTarget, type Naming } from './naming';
import { childrenOf, firstOperationLine, isOperation, lineOfCall, type OperationNames } from './operations';

/**
 * The line that the runtime knows when a node is about to be evaluated; undefined after a call, which may
 * have moved it.
 */
export interface Known {
  line: number | undefined;
}

/** Functions of 'weft' that may run code of the program. */
const RUNS_PROGRAM = new Set(['withLock']);
/** Methods that put their argument into a list: `locks.push(new Lock())`. */
const ADDS_TO_LIST = new Set(['push', 'unshift', 'add']);

/**
 * Marks inside expressions. Goes through them in the order in which they are evaluated, and where an
 * operation comes while another line is known, puts the line before it:
 *
 *     const a = f() + q.get()      const a = f() + ($w.place=3,q.get())
 *     q.put(f())                   q.put($w.at(f(),3))
 *     items.map((x) => put(x))     items.map((x) => ($w.place=3,put(x)))
 *     const q = new Queue()        const q = ($w.name="q",new Queue())
 */
export class ExpressionMarker implements OperationNames {
  readonly heapNames: ReadonlySet<string>;
  /**
   * The list that objects made by a function inside it belong to: `forks = Array.from(..., () => new
   * Lock())`.
   */
  private list: string | undefined;

  constructor(
    private readonly text: MagicString,
    private readonly file: number,
    private readonly runtime: string,
    private readonly apiNames: ReadonlyMap<string, string>,
    private readonly apiNamespaces: ReadonlySet<string>,
    private readonly statements: Marker,
  ) {
    this.heapNames = new Set(
      [...apiNames].filter(([, imported]) => imported === 'heap').map(([local]) => local),
    );
  }

  /**
   * `naming`: what an object that the expression makes is called. `inChain`: inside `a?.b`, whose parts are
   * not to be wrapped.
   */
  mark(node: Expression | SpreadElement | Super, known: Known, naming?: Naming, inChain = false): void {
    switch (node.type) {
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return this.markFunction(node, naming);
      case 'ClassExpression':
        this.statements.markClass(node);
        known.line = undefined;
        return;
      case 'CallExpression':
      case 'NewExpression':
        return this.markCall(node, known, naming, inChain);
      case 'MemberExpression':
        return this.markMember(node, known, inChain);
      case 'ChainExpression':
        return this.markChain(node, known);
      case 'AssignmentExpression':
        return this.markAssignment(node, known);
      case 'UpdateExpression':
        return this.markUpdate(node, known);
      case 'UnaryExpression':
        // `delete a.b` takes a property, not a value: only what is before the dot is evaluated.
        if (node.operator === 'delete' && node.argument.type === 'MemberExpression') {
          this.markInside(node.argument, known);
        } else this.mark(node.argument, known);
        return;
      case 'LogicalExpression':
        this.mark(node.left, known, naming);
        return this.markBranches([node.right], known, naming, true);
      case 'ConditionalExpression':
        this.mark(node.test, known);
        return this.markBranches([node.consequent, node.alternate], known, naming, false);
      case 'AwaitExpression':
      case 'YieldExpression':
        if (node.argument) this.mark(node.argument, known);
        known.line = undefined;
        return;
      case 'TaggedTemplateExpression':
        this.markAll([node.tag, ...node.quasi.expressions], known);
        known.line = undefined;
        return;
      case 'ArrayExpression':
        for (const [index, element] of node.elements.entries()) {
          if (element) {
            this.mark(element, known, naming && { name: `${naming.name}[${index}]`, ofList: false });
          }
        }
        return;
      case 'ObjectExpression':
        return this.markObject(node.properties, known);
      case 'SequenceExpression':
      case 'TemplateLiteral':
        return this.markAll(node.expressions, known);
      case 'BinaryExpression':
        return this.markAll([node.left as Expression, node.right], known);
      case 'SpreadElement':
        return this.mark(node.argument, known);
      case 'ParenthesizedExpression':
        return this.mark(node.expression, known, naming);
      default:
    }
  }

  /**
   * Default values and computed keys inside a pattern: evaluated who knows when, so each with a mark of its
   * own.
   */
  markPattern(node: Pattern | AnyNode): void {
    switch (node.type) {
      case 'AssignmentPattern':
        this.markPattern(node.left);
        return this.mark(node.right, { line: undefined }, nameOfTarget(node.left));
      case 'Property':
        if (node.computed) this.mark(node.key, { line: undefined });
        return this.markPattern(node.value);
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'RestElement':
        for (const child of childrenOf(node)) this.markPattern(child);
        return;
      case 'MemberExpression':
        return this.markInside(node, { line: undefined });
      default:
    }
  }

  private markFunction(
    node: Extract<Expression, { type: 'FunctionExpression' | 'ArrowFunctionExpression' }>,
    naming?: Naming,
  ): void {
    const before = this.list;
    // A function that is itself assigned makes nothing of that name: `const start = () => new Lock()`.
    const list = naming?.ofList === true ? naming : undefined;
    this.list = naming === undefined ? before : list?.name;
    this.statements.markFunction(node, list);
    this.list = before;
  }

  private markAll(nodes: readonly (Expression | SpreadElement | Super)[], known: Known): void {
    for (const node of nodes) this.mark(node, known);
  }

  /** Of `branches` one is evaluated, or none. */
  private markBranches(
    branches: readonly Expression[],
    known: Known,
    naming: Naming | undefined,
    orNone: boolean,
  ): void {
    const ends = branches.map((branch) => {
      const own = { line: known.line };
      this.mark(branch, own, naming);
      return own.line;
    });
    if (orNone) ends.push(known.line);
    known.line = ends.every((line) => line === ends[0]) ? ends[0] : undefined;
  }

  private markObject(properties: readonly AnyNode[], known: Known): void {
    for (const property of properties) {
      if (property.type === 'SpreadElement') this.mark(property, known);
      if (property.type !== 'Property') continue;
      if (property.computed) this.mark(property.key, known);
      this.mark(
        property.value as Expression,
        known,
        property.computed ? undefined : nameOfTarget(property.key),
      );
    }
  }

  private markCall(
    node: CallExpression | NewExpression,
    known: Known,
    naming: Naming | undefined,
    inChain: boolean,
  ): void {
    const { callee } = node;
    const line = lineOfCall(node);
    const names = this.namingOfCall(node, naming);
    const movesLine = firstOperationLine([callee, ...node.arguments], this) !== undefined;
    const before = known.line;

    if (callee.type === 'MemberExpression') this.markInside(callee, known, inChain);
    else this.mark(callee, known, undefined, inChain);
    const argumentNaming = this.listOfArguments(node, naming);
    for (const argument of node.arguments) this.mark(argument, known, argumentNaming);

    const place = known.line === line ? undefined : makePlace(this.file, line);
    if (place !== undefined || names !== undefined) {
      const assignments = [
        ...(place === undefined ? [] : [`${this.runtime}.place=${place}`]),
        ...(names === undefined ? [] : [`${this.runtime}.name=${names}`]),
      ];
      if (!movesLine && known.line === before) {
        if (!inChain) this.wrap(node, `(${assignments.join()},`, ')');
      } else {
        this.wrapLastEvaluated(node, place, names, inChain);
      }
    }
    known.line = this.runsProgram(node) ? undefined : line;
  }

  /** Lets the line (and the name) be set when all that the call needs has been evaluated. */
  private wrapLastEvaluated(
    node: CallExpression | NewExpression,
    place: number | undefined,
    names: string | undefined,
    inChain: boolean,
  ): void {
    const openPlace = place === undefined ? '' : `${this.runtime}.at(`;
    const open = names === undefined ? openPlace : `${openPlace}${this.runtime}.as(`;
    const close = `${names === undefined ? '' : `,${names})`}${place === undefined ? '' : `,${place})`}`;
    const last = node.arguments.at(-1);
    if (last !== undefined) {
      this.wrap(last.type === 'SpreadElement' ? last.argument : last, open, close);
    } else if (!inChain && node.callee.type === 'MemberExpression' && node.callee.object.type !== 'Super') {
      this.wrap(node.callee.object, open, close);
    } else if (
      !inChain &&
      node.type === 'CallExpression' &&
      node.callee.type !== 'MemberExpression' &&
      node.callee.type !== 'Super'
    ) {
      this.wrap(node.callee, open, close);
    }
  }

  private namingOfCall(node: CallExpression | NewExpression, naming: Naming | undefined): string | undefined {
    if (!makesNamedObject(node, this.apiNames, this.apiNamespaces)) return undefined;
    if (naming !== undefined && !naming.ofList) return JSON.stringify(naming.name);
    const list = naming?.name ?? this.list;
    return list === undefined ? undefined : `${this.runtime}.item(${JSON.stringify(list)})`;
  }

  /**
   * `forks = Array.from({ length: 5 }, () => new Lock())`, `forks.push(new Lock())`: what the arguments make
   * are items of forks.
   */
  private listOfArguments(
    node: CallExpression | NewExpression,
    naming: Naming | undefined,
  ): Naming | undefined {
    const { callee } = node;
    if (
      callee.type === 'MemberExpression' &&
      callee.property.type === 'Identifier' &&
      ADDS_TO_LIST.has(callee.property.name)
    ) {
      const list = callee.object.type === 'Super' ? undefined : nameOfTarget(callee.object);
      return list && { name: list.name, ofList: true };
    }
    // What a constructor or a function is given keeps no name of what it makes: `new Condition(new Lock())`.
    return node.type === 'CallExpression' && callee.type === 'MemberExpression' && naming
      ? { name: naming.name, ofList: true }
      : undefined;
  }

  private runsProgram({ callee }: CallExpression | NewExpression): boolean {
    if (callee.type !== 'Identifier') return true;
    const imported = this.apiNames.get(callee.name);
    return imported === undefined || RUNS_PROGRAM.has(imported);
  }

  /** What is evaluated before a property is read, called, written or deleted. */
  private markInside(node: MemberExpression, known: Known, inChain = false): void {
    this.mark(node.object, known, undefined, inChain);
    if (node.computed) this.mark(node.property as Expression, known);
  }

  private markMember(node: MemberExpression, known: Known, inChain: boolean): void {
    this.markInside(node, known, inChain);
    if (!isOperation(node, this)) return;
    const line = node.property.loc!.start.line;
    if (known.line === line || inChain) return;
    if (firstOperationLine([node.object], this) === undefined) this.wrapWithPlace(node, line);
    else if (node.object.type !== 'Super') {
      this.wrap(node.object, `${this.runtime}.at(`, `,${makePlace(this.file, line)})`);
    }
    known.line = line;
  }

  /** A part of `a?.b().c()` cannot be wrapped without cutting the chain, so the whole is. */
  private markChain(node: ChainExpression, known: Known): void {
    const line = firstOperationLine([node.expression], this);
    if (line !== undefined && known.line !== line) {
      this.mark(node.expression, { line }, undefined, true);
      this.wrapWithPlace(node, line);
    } else {
      this.mark(node.expression, known, undefined, true);
    }
    if (line !== undefined) known.line = undefined;
  }

  private markAssignment(node: AssignmentExpression, known: Known): void {
    const { left, right } = node;
    const reads = left.type === 'MemberExpression' && isOperation(left, this) && node.operator !== '=';
    const before = known.line;
    const moves = firstOperationLine([right], this) !== undefined;
    if (left.type === 'MemberExpression') this.markInside(left, known);
    else this.markPattern(left);
    const line = left.type === 'MemberExpression' ? left.property.loc!.start.line : undefined;
    this.mark(right, known, nameOfTarget(left));
    if (line === undefined || !isOperation(left, this)) return;
    if (before !== line && (reads || !moves)) this.wrapWithPlace(node, line);
    if (moves) this.wrap(right, `${this.runtime}.at(`, `,${makePlace(this.file, line)})`);
    known.line = line;
  }

  private markUpdate(node: Extract<Expression, { type: 'UpdateExpression' }>, known: Known): void {
    const { argument } = node;
    if (argument.type !== 'MemberExpression') return;
    this.markInside(argument, known);
    if (!isOperation(argument, this)) return;
    const line = argument.property.loc!.start.line;
    if (known.line !== line) this.wrapWithPlace(node, line);
    known.line = line;
  }

  private wrapWithPlace(node: AnyNode, line: number): void {
    this.wrap(node, `(${this.runtime}.place=${makePlace(this.file, line)},`, ')');
  }

  /**
   * Inner wraps are put in first, so an outer one begins before and ends after them where both begin or end
   * at one place.
   */
  private wrap(node: AnyNode, open: string, close: string): void {
    // A comma of its own must not become one between arguments.
    const isList = node.type === 'SequenceExpression';
    this.text.prependRight(node.start, isList ? `${open}(` : open);
    this.text.appendLeft(node.end, isList ? `)${close}` : close);
  }
}
