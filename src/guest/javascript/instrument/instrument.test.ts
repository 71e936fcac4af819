import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../protocol/program';
import { makePlace } from '../../../protocol/ids';
import { ProgramRejected } from '../../guest';
import type { LoadFile } from '../program-message';
import { instrument } from './instrument';

/** The runtime as marked code sees it; keeps a journal of what `op` was called with and where. */
class FakeRuntime {
  place = 0;
  name = '';
  turns = 0;
  turned = 0;
  journal: string[] = [];
  private items = 0;

  turn(): void {
    this.turned++;
  }
  at<T>(value: T, place: number): T {
    this.place = place;
    return value;
  }
  as<T>(value: T, name: string): T {
    this.name = name;
    return value;
  }
  item(list: string): string {
    return `${list}[${this.items++}]`;
  }
  /** `text at line`, for the journal. */
  note(text: string): void {
    this.journal.push(`${text} at ${this.place}`);
  }
}

function filesOf(...texts: readonly string[]): SourceFile[] {
  return texts.map((text, index) => ({ name: index === 0 ? 'main.js' : `file${index}.js`, text }));
}

function instrumented(...texts: readonly string[]): string {
  const { files } = instrument({ language: 'javascript', entry: 'main.js', files: filesOf(...texts) });
  return files[0].code;
}

/**
 * Loads and runs a program whose 'weft' is a journal: each operation notes the line that it was called at.
 */
function journalOf(...texts: readonly string[]): string[] {
  const loadable = instrument({ language: 'javascript', entry: 'main.js', files: filesOf(...texts) });
  const runtime = new FakeRuntime();
  const note = (text: string): void => runtime.note(text);
  class Lock {
    readonly called = runtime.name;
    constructor() {
      note(`Lock ${runtime.name}`);
      runtime.name = '';
    }
    acquire(): this {
      note('acquire');
      return this;
    }
  }
  class Value {
    get value(): number {
      note('load');
      return 1;
    }
    set value(_value: number) {
      note('store');
    }
  }
  const api = {
    print: (...values: unknown[]) => note(`print ${values.join()}`),
    sleep: () => note('sleep'),
    Lock,
    RLock: Lock,
    Condition: class extends Lock {},
    Value,
    Pipe: () => {
      note(`Pipe ${runtime.name}`);
      return [1, 2];
    },
    withLock: (_lock: unknown, action: () => unknown) => action(),
    heap: {},
  };
  const modules: (Record<string, unknown> | undefined)[] = [];
  for (const index of loadable.order) {
    modules[index] = ((0, eval)(loadable.files[index].code) as LoadFile)(runtime, api, modules).exports;
  }
  (modules[loadable.order.at(-1)!]!['main'] as () => void)();
  return runtime.journal;
}

/** The errors of a program that is refused. */
function errorsOf(...texts: readonly string[]): ProgramRejected['errors'] {
  try {
    instrumented(...texts);
  } catch (error) {
    if (error instanceof ProgramRejected) return error.errors;
    throw error;
  }
  throw new Error('the program was not refused');
}

const IMPORT = "import { Condition, Lock, Pipe, Value, print, sleep, withLock } from 'weft';\n";
const main = (body: string): string => `${IMPORT}export function main() {\n${body}\n}\n`;

describe('lines', () => {
  it('an operation knows the line it is called at', () => {
    expect(journalOf(main('print(1);\nprint(2);'))).toEqual(['print 1 at 3', 'print 2 at 4']);
  });

  it('a call inside another does not move the line of the outer one', () => {
    const text = `${IMPORT}function f() {\nprint('in f');\nreturn 'f';\n}\nexport function main() {\nprint(f());\nprint(f(), f());\n}`;
    expect(journalOf(text)).toEqual([
      'print in f at 3',
      'print f at 7',
      'print in f at 3',
      'print in f at 3',
      'print f,f at 8',
    ]);
  });

  it('each part of a statement over several lines has the line it stands on', () => {
    expect(
      journalOf(main('const all = [\nnew Lock(),\nnew Lock(),\n];\nall[0]\n.acquire()\n.acquire();')),
    ).toEqual(['Lock all[0] at 4', 'Lock all[1] at 5', 'acquire at 8', 'acquire at 9']);
  });

  it('functions without braces know their line when they are called later', () => {
    expect(journalOf(main('const later = () =>\nprint(1);\nsleep(0);\nlater();'))).toEqual([
      'sleep at 5',
      'print 1 at 4',
    ]);
  });

  it('bodies without braces, also after else and in loops', () => {
    const body =
      'for (let i = 0; i < 2; i++)\nif (i === 0) print(i);\nelse\nprint(i);\nwhile (false);\ndo print(2); while (false)\nprint(3)';
    expect(journalOf(main(body))).toEqual(['print 0 at 4', 'print 1 at 6', 'print 2 at 8', 'print 3 at 9']);
  });

  it('tests and updates of loops come back to their line', () => {
    const text = `${IMPORT}let n = 0;\nfunction more() {\nsleep(0);\nreturn n++ < 1;\n}\nexport function main() {\nwhile (more())\nprint(n);\n}`;
    expect(journalOf(text)).toEqual(['sleep at 4', 'print 1 at 9', 'sleep at 4']);
  });

  it('loads and stores of a value are operations', () => {
    expect(
      journalOf(main("const v = new Value('i');\nv.value += 1;\nprint(v.value,\nv.value);\nv.value++;")),
    ).toEqual([
      'load at 4',
      'store at 4',
      'load at 5',
      'load at 6',
      'print 1,1 at 5',
      'load at 7',
      'store at 7',
    ]);
  });

  it('a store has its own line after what is stored was computed', () => {
    const text = `${IMPORT}function f() {\nsleep(0);\nreturn 1;\n}\nexport function main() {\nconst v = new Value();\nv.value =\nf();\n}`;
    expect(journalOf(text)).toEqual(['sleep at 3', 'store at 8']);
  });

  it('optional calls, labels, switch and try keep their meaning', () => {
    const body = [
      'const none = undefined;',
      'none?.acquire().acquire();',
      'outer: for (const i of [1, 2]) {',
      'for (const j of [1, 2]) {',
      'if (j === 2) continue outer;',
      'switch (i) {',
      'case 1:',
      'print(i, j);',
      'break;',
      'default: print("other");',
      '}',
      '}',
      '}',
      'try { throw new Error("e"); } catch ({ message }) { print(message); } finally { print("end"); }',
      'print(new Lock()?.acquire() !== undefined);',
    ].join('\n');
    expect(journalOf(main(body))).toEqual([
      'print 1,1 at 10',
      'print other at 12',
      'print e at 16',
      'print end at 16',
      'Lock  at 17',
      'acquire at 17',
      'print true at 17',
    ]);
  });

  it('a file without semicolons stays what it is', () => {
    const body =
      'let a = 1\nprint(a)\nconst b = a\n++a\nprint(a, b)\nif (a) print("yes")\nelse print("no")\n;[1].forEach((x) => print(x))';
    expect(journalOf(main(body))).toEqual([
      'print 1 at 4',
      'print 2,1 at 7',
      'print yes at 8',
      'print 1 at 10',
    ]);
  });

  it('a class has marks in its constructor, methods and fields', () => {
    const text =
      `${IMPORT}class A {\nlock = new Lock();\n#own = 1;\nconstructor() {\nprint('made');\n}\nget own() {\nsleep(0);\nreturn this.#own;\n}\n}\n` +
      'class B extends A {\nconstructor() {\nsuper();\n}\n}\nexport function main() {\nprint(new B().own);\n}';
    expect(journalOf(text)).toEqual(['Lock lock at 3', 'print made at 6', 'sleep at 9', 'print 1 at 19']);
  });

  it('the lines of the text stay where they are', () => {
    const text =
      "import {\n  print,\n  sleep,\n} from 'weft';\n\nexport function main() {\n  print('a');\n}\nexport {\n  main as other,\n};\n";
    const lines = instrumented(text).split('\n');
    expect(lines[6]).toContain("print('a');");
    expect(lines.slice(0, 11)).toHaveLength(text.split('\n').length - 1);
  });

  it('places say which file they are in', () => {
    const text = "import { f } from './file1.js';\nexport function main() {\nf();\n}";
    expect(journalOf(text, `${IMPORT}export function f() {\nprint('there');\n}`)).toEqual([
      `print there at ${makePlace(1, 3)}`,
    ]);
  });
});

describe('loops', () => {
  it('every kind of loop looks up at each of its turns', () => {
    const loops = ['for (;;) {', 'while (true) {', 'for (const x of y) {', 'for (const x in y) {'].map(
      (head) => `${head}\nbreak;\n}`,
    );
    const code = instrumented(
      `export function main(y = []) {\n${loops.join('\n')}\ndo x(); while (false);\nwhile (false);\n}`,
    );
    expect(code.match(/if\(--\$w\.turns<0\)\$w\.turn\(\);/g)).toHaveLength(6);
  });
});

describe('names', () => {
  const named = (body: string): string[] => journalOf(main(body)).map((line) => line.replace(/ at \d+$/, ''));

  it('variables, properties and fields give their names', () => {
    expect(
      named('const q = new Lock();\nlet x; x = new Lock();\nconst o = { p: new Lock() };\no.r = new Lock();'),
    ).toEqual(['Lock q', 'Lock x', 'Lock p', 'Lock r']);
  });

  it('ends of a pipe give it both their names', () => {
    expect(named('const [left, right] = Pipe();\nconst pipe = Pipe();')).toEqual([
      'Pipe left/right',
      'Pipe pipe',
    ]);
  });

  it('items of a list are numbered', () => {
    expect(
      named(
        'const forks = Array.from({ length: 2 }, () => new Lock());\nconst all = [];\nall.push(new Lock());',
      ),
    ).toEqual(['Lock forks[0]', 'Lock forks[1]', 'Lock all[2]']);
  });

  it('what is made inside the arguments does not take the name', () => {
    expect(named('const c = new Condition(new Lock());')).toEqual(['Lock ', 'Lock c']);
  });

  it('names hold through import aliases and namespaces', () => {
    expect(
      journalOf(
        "import * as weft from 'weft';\nimport { Lock as L } from 'weft';\nexport function main() {\n" +
          'const a = new weft.Lock();\nconst b = new L();\n}',
      ),
    ).toEqual(['Lock a at 4', 'Lock b at 5']);
  });
});

describe('files', () => {
  it('a program may have files that import each other in one direction', () => {
    const text =
      "import greet, { word as w } from './file1.js';\nimport * as all from './file1.js';\nimport { print } from 'weft';\n" +
      'export function main() {\nprint(greet(), w, all.word);\n}';
    expect(journalOf(text, "export default () => 'hello';\nexport const word = 'you';")).toEqual([
      'print hello,you,you at 5',
    ]);
  });

  it('what is exported from elsewhere is passed on', () => {
    const journal = journalOf(
      "import { a, b } from './file1.js';\nimport { print } from 'weft';\nexport function main() {\nprint(a, b);\n}",
      "export { a } from './file2.js';\nexport * from './file2.js';",
      'export const a = 1;\nexport const b = 2;',
    );
    expect(journal).toEqual(['print 1,2 at 4']);
  });

  it('a circle is refused, and a missing file, and a foreign module', () => {
    const circle = errorsOf("import './file1.js';\nexport function main() {}", "import './main.js';");
    expect(circle).toMatchObject([
      { file: 'file1.js', line: 1, message: expect.stringContaining('circle') as string },
    ]);
    expect(errorsOf("import './none.js';\nexport function main() {}")[0].message).toContain(
      'missing file "none.js"',
    );
    expect(errorsOf("import 'lodash';\nexport function main() {}")[0].message).toContain(
      'unknown module "lodash"',
    );
  });
});

describe('mistakes', () => {
  it('a syntax error has its place and says what stands there', () => {
    expect(errorsOf('export function main() {\n  let = ;\n}')).toMatchObject([{ file: 'main.js', line: 2 }]);
    expect(errorsOf('export function main() {\n  f(;\n}')).toEqual([
      { file: 'main.js', line: 2, column: 5, message: 'syntax error: unexpected ";"' },
    ]);
    expect(errorsOf('export function main() {')[0].message).toBe('syntax error: the file ends too early');
  });

  it('a name that weft does not have is refused with the nearest', () => {
    expect(errorsOf("import { Quue } from 'weft';\nexport function main() {}")).toEqual([
      { file: 'main.js', line: 1, column: 10, message: "unknown name Quue in 'weft': did you mean Queue?" },
    ]);
  });

  it('a program needs a main that is exported', () => {
    expect(errorsOf('\nfunction main() {}')).toMatchObject([
      { line: 2, message: expect.stringContaining('missing export') as string },
    ]);
    expect(errorsOf('export function start() {}')).toMatchObject([
      { line: 1, message: expect.stringContaining('missing function main') as string },
    ]);
  });

  it('what reaches outside or needs a module loader is refused', () => {
    expect(errorsOf("export async function main() {\nawait import('x');\n}")[0]).toMatchObject({
      line: 2,
      message: expect.stringContaining('import()') as string,
    });
    expect(errorsOf('export function main() {\nreturn import.meta.url;\n}')[0].message).toContain(
      'import.meta',
    );
    expect(errorsOf('await 1;\nexport function main() {}')[0].message).toContain('top level');
  });

  it('a program that uses the name of the runtime does not reach it', () => {
    const code = instrumented(
      'export function main() {\nconst $w = 1;\nfor (;;) return typeof $w_api + $w;\n}',
    );
    expect(code).toContain('$w1.turns');
    expect(code).not.toContain('$w.turns');
  });
});
