import { OBJECT_TYPES, type ObjectType } from '../protocol/words';
import { DrawnRun, type Deed } from './drawn-run';
import type { Trace } from './trace';

export { describeIntervals, describeLinks, objectNamed, taskNamed } from './model-text';

/** One column of a drawing, unless told otherwise: 1 ms. */
export const COLUMN = 1_000_000;

const OBJECT_LINE = /^([\w-]+)\s*=\s*([a-z-]+)(?:\s+(-?\d+))?$/;
const ROW_LINE = /^([\w-]+)\s*\|\s*(.*)$/;
//                  verb      :subject     /detail        #count        =value         @line         >woken
const DEED = /^([a-z-]+)(?::([\w-]+))?(?:\/([\w-]+))?(?:#(-?\d+))?(?:=([^@>]*))?(?:@(\d+))?((?:>[\w-]+)*)$/;

/**
 * A trace from a drawing, for tests:
 * ```
 * q = queue 2
 * producer | fork:consumer  .           put:q=3@9>consumer  .            exit
 * consumer | .              block:q@14  .                   get:q=3@14   exit
 * ```
 * - A line `name = type [number]` makes an object; others are made where they are first used (not: waited
 *   on), of the type that the use tells. Words with spaces are written with dashes: `bounded-semaphore`.
 * - A line `name | cells` is a task; each cell is one column of `column` nanoseconds, `.` an empty one, and
 *   `a,b` two deeds in one column. Within a column the rows happen from top to bottom. `#` begins a comment
 *   line.
 * - A task that nobody creates is a process there from the beginning. A task that is ready runs when it does
 *   something.
 * - A deed is `verb:subject/detail#count=value@line>woken>woken`, all but the verb optional. `@` is the line
 *   of the program, `>` names tasks that it wakes, `#` sets the count that otherwise is kept (items, value,
 *   depth). The holder of a lock is kept too: it is whom a task that blocks on it waits for.
 *
 * Verbs: `run`, `block:object[/reason]`, `sleep`, `join:task`, `wait[:task]`, `input`, `timeout`,
 * `interrupt`, `preempt`, `stop`, `continue`, `exit[=status]`, `reap:task`, `adopt:parent`; `fork:task`,
 * `spawn:task`, `thread:task`, `coroutine:task` (with `/daemon`); `signal:task=number`, `take=number`;
 * `acquire`, `release`, `notify`, `set`, `clear`, `arrive`, `open`, `break`, `reset`, `put`, `get`, `done`,
 * `send[/end]`, `receive[/end]`, `load`, `store`, `submit`, `start`, `finish`, `close`, `name=text`, all with
 * `:object`; `print=text`, `error=text`, `read=text`, `call=text`, `return=text`, `line`, `finding=text`,
 * `panic=text`, `end[=reason]`.
 *
 * A drawing that makes no sense (a blocked task that acts, a task woken that does not wait) is an error.
 */
export function traceFromText(drawing: string, options: { readonly column?: number } = {}): Trace {
  const objects: { name: string; type: ObjectType; initial: number }[] = [];
  const rows: { name: string; cells: readonly string[] }[] = [];
  for (const line of drawing.split('\n').map((text) => text.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const row = ROW_LINE.exec(line);
    const object = row === null ? OBJECT_LINE.exec(line) : null;
    if (row !== null) rows.push({ name: row[1], cells: row[2].trim().split(/\s+/) });
    else if (object !== null) {
      objects.push({ name: object[1], type: objectType(object[2]), initial: Number(object[3] ?? 0) });
    } else throw new Error(`invalid line of a drawing: ${line}`);
  }

  const columns = rows.map(({ cells }) =>
    cells.map((cell) => (cell === '.' || cell === '' ? [] : cell.split(',').map(deedOf))),
  );
  const created = new Set(
    columns.flat(2).flatMap((deed) => (deed.creates && deed.subject ? [deed.subject] : [])),
  );
  const run = new DrawnRun(rows.map(({ name }) => ({ name, created: created.has(name) })));
  for (const { name, type, initial } of objects) run.makeObject(name, type, initial);
  const last = Math.max(0, ...columns.map((cells) => cells.length));
  for (let column = 0; column < last; column++) {
    run.time = column * (options.column ?? COLUMN);
    rows.forEach(({ name }, row) => {
      for (const deed of columns[row][column] ?? []) run.act(name, deed, column);
    });
  }
  return run.trace();
}

function objectType(word: string): ObjectType {
  const type = OBJECT_TYPES.find((known) => known.replaceAll(' ', '-') === word);
  if (type === undefined) throw new Error(`unknown type of object in a drawing: ${word}`);
  return type;
}

function deedOf(text: string): Deed {
  const match = DEED.exec(text);
  if (match === null) throw new Error(`invalid deed in a drawing: ${text}`);
  const [, verb, subject, detail, count, value, line, woken] = match as readonly (string | undefined)[];
  return {
    text,
    verb: verb ?? '',
    subject,
    detail: detail?.replaceAll('-', ' '),
    count: count === undefined ? undefined : Number(count),
    value: value === undefined ? undefined : /^-?\d+$/.test(value) ? Number(value) : value,
    line: Number(line ?? 0),
    woken: (woken ?? '').split('>').slice(1),
    creates: ['fork', 'spawn', 'thread', 'coroutine'].includes(verb ?? ''),
  };
}
