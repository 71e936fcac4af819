import type { Position } from 'acorn';
import { ProgramRejected, type ProgramError } from '../../guest';

/** Throws one mistake of the program. Acorn counts columns from 0, readers from 1. */
export function reject(file: string, at: Position, message: string): never {
  throw new ProgramRejected([programError(file, at, message)]);
}

export function programError(file: string, at: Position, message: string): ProgramError {
  return { message, file, line: at.line, column: at.column + 1 };
}

/** The one of `names` that `typed` was most likely meant to be, or undefined. */
export function nearestName(typed: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const name of names) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** Levenshtein's distance: how many letters must be put in, taken out or changed. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, change));
    }
    row = next;
  }
  return row[to.length];
}
