import type {
  AnyNode,
  Class,
  Expression,
  Function as FunctionNode,
  Program,
  Statement,
  VariableDeclaration,
} from 'acorn';
import type MagicString from 'magic-string';
import { makePlace } from '../../../protocol/ids';
import { ExpressionMarker } from './expression-marker';
import { nameOfTarget, type Naming } from './naming';
import { firstOperationLine } from './operations';

/** Marks that not every run needs. */
export interface Marks {
  /**
   * Calls of functions are counted, as turns of loops are, and each count knows its line: virtual time
   * charges for them.
   */
  readonly countSteps: boolean;
}
export const NO_MORE_MARKS: Marks = { countSteps: false };

/**
 * Puts marks into a file's text, so that the kernel knows the program's line without a stack trace, and so
 * that a loop can be ended from outside:
 *
 *     q.put(1);            $w.place=7;q.put(1);
 *     while (busy) { … }   while (busy) {if(--$w.turns<0)$w.turn(); … }
 *
 * A mark is a store of a constant: about a third of a nanosecond. Text is only put in, never over line ends.
 */
export class Marker {
  private readonly expressions: ExpressionMarker;

  constructor(
    private readonly text: MagicString,
    private readonly file: number,
    private readonly runtime: string,
    apiNames: ReadonlyMap<string, string>,
    apiNamespaces: ReadonlySet<string>,
    private readonly marks: Marks = NO_MORE_MARKS,
  ) {
    this.expressions = new ExpressionMarker(text, file, runtime, apiNames, apiNamespaces, this);
  }

  markProgram(tree: Program): void {
    for (const node of tree.body) {
      if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') continue;
      if (node.type === 'ExportNamedDeclaration') {
        if (node.declaration) this.markStatement(node.declaration, 'list');
      } else if (node.type === 'ExportDefaultDeclaration') {
        const { declaration } = node;
        if (declaration.type === 'FunctionDeclaration') this.markFunction(declaration);
        else if (declaration.type === 'ClassDeclaration') this.markClass(declaration);
        else this.expressions.mark(declaration, { line: undefined });
      } else {
        this.markStatement(node, 'list');
      }
    }
  }

  /**
   * Marks parameters and body of a function of any kind. `naming` is for objects that an arrow function
   * answers.
   */
  markFunction(node: FunctionNode, naming?: Naming): void {
    for (const parameter of node.params) this.expressions.markPattern(parameter);
    const { body } = node;
    if (body.type === 'BlockStatement') this.markList(body.body, naming);
    else this.expressions.mark(body, { line: undefined }, naming);
    if (this.marks.countSteps) this.markCallOf(body);
  }

  /** A call of the function counts as a turn of a loop does. */
  private markCallOf(body: Statement | Expression): void {
    if (body.type === 'BlockStatement') {
      this.text.appendLeft(body.start + 1, this.turnCheck(body));
    } else {
      this.text.prependRight(body.start, `(--${this.runtime}.turns<0&&${this.turnCall(body)},(`);
      this.text.appendLeft(body.end, '))');
    }
  }

  private turnCheck(body: AnyNode): string {
    return `if(--${this.runtime}.turns<0)${this.turnCall(body)};`;
  }

  private turnCall(body: AnyNode): string {
    return `${this.runtime}.turn(${this.marks.countSteps ? makePlace(this.file, body.loc!.start.line) : ''})`;
  }

  markClass(node: Class): void {
    if (node.superClass) this.expressions.mark(node.superClass, { line: undefined });
    for (const member of node.body.body) {
      if (member.type === 'StaticBlock') {
        this.markList(member.body);
        continue;
      }
      if (member.computed) this.expressions.mark(member.key as Expression, { line: undefined });
      if (member.type === 'MethodDefinition') this.markFunction(member.value);
      else if (member.value) {
        this.expressions.mark(member.value, { line: undefined }, nameOfTarget(member.key));
      }
    }
  }

  private markList(statements: readonly (Statement | AnyNode)[], naming?: Naming): void {
    for (const statement of statements) this.markStatement(statement, 'list', naming);
  }

  /** `naming` is for objects that the statement returns. */
  private markStatement(node: AnyNode, where: Where, naming?: Naming): void {
    switch (node.type) {
      case 'FunctionDeclaration':
        return this.markFunction(node);
      case 'ClassDeclaration':
        return this.markClass(node);
      case 'BlockStatement':
        return this.markList(node.body, naming);
      case 'ExpressionStatement':
        return this.markSimple(node, where, [node.expression], (state) =>
          this.expressions.mark(node.expression, state),
        );
      case 'ReturnStatement':
      case 'ThrowStatement':
        if (node.argument) {
          const { argument } = node;
          this.markSimple(node, where, [argument], (state) => this.expressions.mark(argument, state, naming));
        }
        return;
      case 'VariableDeclaration':
        return this.markSimple(node, where, [node], (state) => this.markDeclaration(node, state));
      case 'IfStatement':
        this.markSimple(node, where, [node.test], (state) => this.expressions.mark(node.test, state));
        this.markStatement(node.consequent, 'body', naming);
        if (node.alternate) this.markStatement(node.alternate, 'body', naming);
        return;
      case 'SwitchStatement':
        this.markSimple(node, where, [node.discriminant], (state) =>
          this.expressions.mark(node.discriminant, state),
        );
        for (const { test, consequent } of node.cases) {
          if (test) this.expressions.mark(test, { line: undefined });
          this.markList(consequent, naming);
        }
        return;
      case 'TryStatement':
        this.markList(node.block.body, naming);
        if (node.handler?.param) this.expressions.markPattern(node.handler.param);
        if (node.handler) this.markList(node.handler.body.body, naming);
        if (node.finalizer) this.markList(node.finalizer.body, naming);
        return;
      case 'LabeledStatement':
        return this.markLabeled(node, where, naming);
      default:
        return this.markLoop(node, where, naming);
    }
  }

  private markLoop(node: AnyNode, where: Where, naming?: Naming): void {
    switch (node.type) {
      case 'ForStatement': {
        const { init, test, update } = node;
        if (init) {
          this.markSimple(node, where, [init], (state) => {
            if (init.type === 'VariableDeclaration') this.markDeclaration(init, state);
            else this.expressions.mark(init, state);
          });
        }
        // Evaluated once a turn, after the body's own marks.
        if (test) this.expressions.mark(test, { line: undefined });
        if (update) this.expressions.mark(update, { line: undefined });
        return this.markLoopBody(node.body, naming);
      }
      case 'ForInStatement':
      case 'ForOfStatement':
        this.markSimple(node, where, [node.right], (state) => this.expressions.mark(node.right, state));
        if (node.left.type !== 'VariableDeclaration') this.expressions.markPattern(node.left);
        else for (const { id } of node.left.declarations) this.expressions.markPattern(id);
        return this.markLoopBody(node.body, naming);
      case 'WhileStatement':
      case 'DoWhileStatement':
        this.expressions.mark(node.test, { line: undefined });
        return this.markLoopBody(node.body, naming);
      default:
    }
  }

  private markLoopBody(body: Statement, naming?: Naming): void {
    const check = this.turnCheck(body);
    if (body.type === 'BlockStatement') {
      this.markList(body.body, naming);
      this.text.appendLeft(body.start + 1, check);
    } else {
      this.markStatement(body, 'body', naming);
      this.text.prependRight(body.start, `{${check}`);
      this.text.appendLeft(body.end, '}');
    }
  }

  /** A label stands right before its loop, so what belongs before the loop goes before the label. */
  private markLabeled(
    node: Extract<AnyNode, { type: 'LabeledStatement' }>,
    where: Where,
    naming?: Naming,
  ): void {
    let body: Statement = node;
    while (body.type === 'LabeledStatement') body = body.body;
    if (body.type === 'BlockStatement') return this.markList(body.body, naming);
    const line = firstOperationLine(headOf(body), this.expressions);
    if (line !== undefined) this.insertBefore(node, where, line);
    this.markStatement(body, 'after label', naming);
  }

  private markDeclaration(node: VariableDeclaration, state: { line: number | undefined }): void {
    for (const { id, init } of node.declarations) {
      if (init) this.expressions.mark(init, state, nameOfTarget(id));
      this.expressions.markPattern(id);
    }
  }

  /** A statement whose expressions `evaluated` are evaluated once, before anything else in it. */
  private markSimple(
    node: AnyNode,
    where: Where,
    evaluated: readonly AnyNode[],
    mark: (state: { line: number | undefined }) => void,
  ): void {
    const line = firstOperationLine(evaluated, this.expressions);
    mark({ line });
    if (line !== undefined && where !== 'after label') this.insertBefore(node, where, line);
  }

  private insertBefore(node: AnyNode, where: Where, line: number): void {
    const mark = `${this.runtime}.place=${makePlace(this.file, line)};`;
    this.text.prependRight(node.start, where === 'list' ? mark : `{${mark}`);
    if (where === 'body') this.text.appendLeft(node.end, '}');
  }
}

/**
 * Where a statement stands: in a list, where another may be put before it; as the whole body of an `if` or
 * the like, where it gets braces for that; or after a label, before which its mark has been put already: in
 * braces `continue label` would not find its loop.
 */
type Where = 'list' | 'body' | 'after label';

/** The expressions of a statement that are evaluated once, first. */
function headOf(node: Statement): AnyNode[] {
  switch (node.type) {
    case 'ForStatement':
      return node.init ? [node.init] : [];
    case 'ForInStatement':
    case 'ForOfStatement':
      return [node.right];
    case 'ExpressionStatement':
      return [node.expression];
    case 'IfStatement':
      return [node.test];
    case 'SwitchStatement':
      return [node.discriminant];
    default:
      return [];
  }
}
