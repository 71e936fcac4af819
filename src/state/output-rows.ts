import type { OutputLine } from '../trace/trace';
import { isUnfinished } from './traceback';

/** How far back the beginning of a traceback is looked for: beyond, its rest is a row of its own. */
const TRACEBACK_AT_MOST = 3000;

/**
 * A row of the output panel: what one task wrote to one stream up to a line end (or the end of a traceback), or up to another
 * task's turn.
 */
export interface OutputRow extends OutputLine {
  /** False while the line may still go on. */
  readonly complete: boolean;
}

/**
 * Joins what was written in pieces (`print` without a line end; a traceback) and cuts off the line end that closes each
 * row. Line ends inside a text stay: a text printed at once has one moment, and so one row.
 */
export function outputRows(lines: readonly OutputLine[]): readonly OutputRow[] {
  const rows: OutputRow[] = [];
  for (const line of lines) {
    const complete = line.text.endsWith('\n');
    const text = complete ? line.text.slice(0, -1) : line.text;
    const last = rows.at(-1);
    if (last !== undefined && last.task === line.task && last.stream === line.stream && mayGoOn(last)) {
      rows[rows.length - 1] = { ...last, text: `${last.text}${last.complete ? '\n' : ''}${text}`, complete };
    } else {
      rows.push({ ...line, text, complete });
    }
  }
  return rows;
}

function mayGoOn({ complete, stream, text }: OutputRow): boolean {
  return !complete || (stream === 'stderr' && isUnfinished(text));
}

/** Whether a line may be a part of the row of the one before it; a traceback's only where those are asked for. */
function goesOn(before: OutputLine, line: OutputLine, inTraceback: boolean): boolean {
  if (!before.text.endsWith('\n')) return true;
  return inTraceback && line.stream === 'stderr' && before.stream === 'stderr' && before.task === line.task;
}

/**
 * The last rows, at least `count` of them where there are as many: what comes before is not read, so a
 * program that prints for minutes costs no more to show than one that began just now.
 */
export function lastOutputRows(lines: readonly OutputLine[], count: number): readonly OutputRow[] {
  for (let taken = count; ; taken *= 4) {
    let start = Math.max(0, lines.length - taken);
    const furthest = Math.max(0, start - TRACEBACK_AT_MOST);
    while (start > 0 && goesOn(lines[start - 1], lines[start], start > furthest)) start--;
    const rows = outputRows(start === 0 ? lines : lines.slice(start));
    if (start === 0 || rows.length >= count) return rows;
  }
}
