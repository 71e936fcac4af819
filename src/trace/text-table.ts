import { valueIsInteger, valueOfString } from '../protocol/trace-events';

/**
 * The texts of a trace. Writers of a trace number texts as they like and may give a number a new meaning
 * later; here each text has one number, given in the order of first use in an event, so that two traces with
 * the same events have the same columns however they were written.
 */
export class TextTable {
  /** The text of each number; number 0 means none. */
  readonly texts: string[] = [''];
  private readonly numbers = new Map<string, number>();
  /** What a writer's number stands for now. */
  private readonly defined: (string | undefined)[] = [];
  /** Our number for a writer's number, 0 before its first use. */
  private readonly known: number[] = [];

  /** A writer says that from now on its number `id` stands for `text`. */
  define(id: number, text: string): void {
    this.defined[id] = text;
    this.known[id] = 0;
  }

  /** The text a writer's number stands for, if it was defined. */
  definition(id: number): string | undefined {
    return this.defined[id];
  }

  /** Our number for `text`. */
  intern(text: string): number {
    const number = this.numbers.get(text);
    if (number !== undefined) return number;
    const next = this.texts.length;
    this.texts.push(text);
    this.numbers.set(text, next);
    return next;
  }

  /**
   * A writer's value word with our number in place of its own. A number never defined becomes the text `?`.
   */
  translate(value: number): number {
    if (value === 0 || valueIsInteger(value)) return value;
    const id = value >>> 1;
    const known = this.known[id];
    if (known !== undefined && known !== 0) return valueOfString(known);
    const text = this.defined[id];
    const number = this.intern(text ?? '?');
    if (text !== undefined) this.known[id] = number;
    return valueOfString(number);
  }
}
