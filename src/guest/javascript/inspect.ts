/** How values look when they are printed or shown in the trace: much as in Node's `util.inspect`. */

const LINE_LENGTH = 76;
const MOST_ITEMS = 100;
const DEEPEST = 5;

/** An object that knows how it is to be shown: `<Queue q>`. */
export const DESCRIBE = Symbol('describe');
export interface Described {
  [DESCRIBE](): string;
}

/** What `print` writes for a value: a text as it is, anything else as {@link inspect} shows it. */
export function display(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value);
}

export function inspect(value: unknown): string {
  return new Inspector(Infinity, LINE_LENGTH).show(value, 0);
}

/** At most `length` characters of what a value looks like, in one line. */
export function inspectShortly(value: unknown, length: number): string {
  const text = new Inspector(length, Infinity).show(value, 0);
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

class Inspector {
  private readonly inside: object[] = [];

  /** `budget`: characters after which further items are of no interest. */
  constructor(
    private readonly budget: number,
    private readonly width: number,
  ) {}

  show(value: unknown, depth: number): string {
    switch (typeof value) {
      case 'string':
        return this.quote(value);
      case 'bigint':
        return `${value}n`;
      case 'symbol':
        return value.toString();
      case 'function':
        return showFunction(value);
      case 'object':
        return value === null ? 'null' : this.object(value, depth);
      case 'number':
        return Object.is(value, -0) ? '-0' : String(value);
      default:
        return String(value);
    }
  }

  private object(value: object, depth: number): string {
    if (DESCRIBE in value) return (value as Described)[DESCRIBE]();
    if (this.inside.includes(value)) return '[Circular]';
    if (depth > DEEPEST) return Array.isArray(value) ? '[Array]' : `[${classOf(value) || 'Object'}]`;
    this.inside.push(value);
    const text = this.whole(value, depth + 1);
    this.inside.pop();
    return text;
  }

  private whole(value: object, depth: number): string {
    if (Array.isArray(value)) return this.list(value, value.length, '', depth);
    if (value instanceof Error) return showError(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Map) return this.map(value as Map<unknown, unknown>, depth);
    if (value instanceof Set) return this.set(value as Set<unknown>, depth);
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      const items = value as unknown as ArrayLike<unknown>;
      return this.list(items, items.length, `${classOf(value)}(${items.length}) `, depth);
    }
    if (value instanceof ArrayBuffer) return `ArrayBuffer { byteLength: ${value.byteLength} }`;
    if (value instanceof Promise) return 'Promise { }';
    return this.plain(value, depth);
  }

  private list(items: ArrayLike<unknown>, length: number, prefix: string, depth: number): string {
    const shown = this.take(length, (index) => this.show(items[index], depth));
    return this.join(`${prefix}[`, shown, ']', depth);
  }

  private map(map: Map<unknown, unknown>, depth: number): string {
    const entries = map.entries();
    const shown = this.take(map.size, () => {
      const [key, value] = entries.next().value!;
      return `${this.show(key, depth)} => ${this.show(value, depth)}`;
    });
    return this.join(`Map(${map.size}) {`, shown, '}', depth);
  }

  private set(set: Set<unknown>, depth: number): string {
    const values = set.values();
    return this.join(
      `Set(${set.size}) {`,
      this.take(set.size, () => this.show(values.next().value, depth)),
      '}',
      depth,
    );
  }

  private plain(value: object, depth: number): string {
    const keys = Object.keys(value);
    const name = classOf(value);
    const shown = this.take(keys.length, (index) => {
      const key = keys[index];
      const text = /^[A-Za-z_$][\w$]*$/.test(key) ? key : this.quote(key);
      return `${text}: ${this.show((value as Record<string, unknown>)[key], depth)}`;
    });
    return this.join(`${name === '' || name === 'Object' ? '' : `${name} `}{`, shown, '}', depth);
  }

  private take(length: number, show: (index: number) => string): string[] {
    const shown: string[] = [];
    let used = 0;
    for (let index = 0; index < length && used <= this.budget; index++) {
      if (index === MOST_ITEMS) {
        shown.push(`... ${length - MOST_ITEMS} more`);
        break;
      }
      const text = show(index);
      used += text.length;
      shown.push(text);
    }
    return shown;
  }

  private join(open: string, items: readonly string[], close: string, depth: number): string {
    if (items.length === 0) return open + close;
    const line = `${open} ${items.join(', ')} ${close}`;
    if (line.length + depth * 2 <= this.width && !line.includes('\n')) return line;
    if (this.width === Infinity) return line;
    const indent = '  '.repeat(depth);
    return `${open}\n${indent}${this.fill(items, indent)}\n${indent.slice(2)}${close}`;
  }

  /** Short items share lines, long ones have one each. */
  private fill(items: readonly string[], indent: string): string {
    const together = items.every((item) => item.length <= 16);
    let text = '';
    let column = 0;
    items.forEach((item, index) => {
      if (index > 0) {
        text += ',';
        if (together && column + item.length + 2 <= this.width - indent.length) {
          text += ' ';
        } else {
          text += `\n${indent}`;
          column = 0;
        }
      }
      text += item;
      column += item.length + 2;
    });
    return text;
  }

  private quote(text: string): string {
    const shown = this.budget < text.length ? text.slice(0, this.budget + 1) : text;
    const quote = !shown.includes("'") ? "'" : !shown.includes('"') ? '"' : '`';
    const escaped = shown.replace(
      /[\\\p{Cc}]/gu,
      (unit) => ESCAPES[unit] ?? `\\x${unit.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
    return `${quote}${quote === '`' ? escaped.replaceAll('`', '\\`') : escaped}${quote}`;
  }
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function showFunction(value: { readonly name: string }): string {
  const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'Function';
  return value.name === '' ? `[${kind} (anonymous)]` : `[${kind}: ${value.name}]`;
}

function showError(error: Error): string {
  return error.message === '' ? `[${error.name}]` : `[${error.name}: ${error.message}]`;
}

function classOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as {
    readonly constructor?: { readonly name?: unknown };
  } | null;
  if (prototype === null) return '[no prototype]';
  const name = prototype.constructor?.name;
  return typeof name === 'string' ? name : '';
}
