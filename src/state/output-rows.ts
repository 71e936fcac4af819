import type { OutputLine } from '../trace/trace';

/**
 * A row of the output panel: what one task wrote to one stream up to a line end, or up to another task's
 * turn.
 */
export interface OutputRow extends OutputLine {
  /** False while the line may still go on. */
  readonly complete: boolean;
}

/**
 * Joins what was written in pieces (`print` without a line end) and cuts off the line end that closes each
 * row. Line ends inside a text stay: a text printed at once has one moment, and so one row.
 */
export function outputRows(lines: readonly OutputLine[]): readonly OutputRow[] {
  const rows: OutputRow[] = [];
  for (const line of lines) {
    const complete = line.text.endsWith('\n');
    const text = complete ? line.text.slice(0, -1) : line.text;
    const last = rows.at(-1);
    if (last !== undefined && !last.complete && last.task === line.task && last.stream === line.stream) {
      rows[rows.length - 1] = { ...last, text: last.text + text, complete };
    } else {
      rows.push({ ...line, text, complete });
    }
  }
  return rows;
}

/**
 * The last rows, at least `count` of them where there are as many: what comes before is not read, so a
 * program that prints for minutes costs no more to show than one that began just now.
 */
export function lastOutputRows(lines: readonly OutputLine[], count: number): readonly OutputRow[] {
  for (let taken = count; ; taken *= 4) {
    let start = Math.max(0, lines.length - taken);
    while (start > 0 && !lines[start - 1].text.endsWith('\n')) start--;
    const rows = outputRows(start === 0 ? lines : lines.slice(start));
    if (start === 0 || rows.length >= count) return rows;
  }
}
