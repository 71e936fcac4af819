import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../src/protocol/trace-events';
import { BLOCK_REASONS } from '../src/protocol/words';

const kernel = new URL('../src/kernel/', import.meta.url);
const page = readFileSync(new URL('../docs/syscalls.md', import.meta.url), 'utf8');

/** Names of the exported functions that begin an operation of the current task. */
function operations(): string[] {
  const names: string[] = [];
  for (const file of readdirSync(kernel, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.includes('test')) continue;
    const source = readFileSync(new URL(file, kernel), 'utf8');
    for (const [text, name] of source.matchAll(/^export function (\w+)\([^]*?^}/gm)) if (text.includes('k.enter()')) names.push(name);
  }
  return names;
}

describe('docs/syscalls.md', () => {
  it('has every operation of the kernel in one of its tables, and no others', () => {
    const rows = [...page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names]) => [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    const answers = rows.filter((name) => /^[A-Z]+$/.test(name));
    const documented = rows.filter((name) => !answers.includes(name));
    expect(documented.toSorted()).toEqual(operations().toSorted());
  });

  it('names reasons and events as they are called', () => {
    for (const [, reason] of page.matchAll(/reason \*([^*]+)\*/g)) expect(BLOCK_REASONS).toContain(reason);
    const lastCells = [...page.matchAll(/^\|(?:[^|]*\|){3} ([^|]*) \|$/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([a-z-]+)`/g)]);
    expect(lastCells.length).toBeGreaterThan(40);
    for (const [, event] of lastCells) expect(EVENT_KINDS).toContain(event);
  });
});
