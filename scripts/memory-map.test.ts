import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as layout from '../src/kernel/layout';

const map = readFileSync(new URL('../docs/memory-layout.md', import.meta.url), 'utf8');

/** Names of layout.ts that are sizes of slots or values, not places or limits that a reader of the map looks for. */
const NOT_IN_MAP = /^(MAGIC_VALUE|RING_MASK|MAX_ORDER|PANIC_BYTES|PAGE_WORDS|DEFAULT_MEMORY_BYTES|MINIMUM_MEMORY_BYTES|\w+_(WORDS|BITS))$/;

describe('docs/memory-layout.md', () => {
  it('names every word of the kernel\'s memory and every limit', () => {
    const names = Object.entries(layout).filter(([name, value]) => typeof value === 'number' && !NOT_IN_MAP.test(name));
    expect(names.length).toBeGreaterThan(80);
    expect(names.map(([name]) => name).filter((name) => !map.includes(`\`${name}\``))).toEqual([]);
  });

  it('says where each word of a slot and each region is', () => {
    const { WORKERS, TASKS, OBJECTS, HANDLES, RING, PAGE_TABLE } = layout;
    for (const [name, start] of Object.entries({ WORKERS, TASKS, OBJECTS, HANDLES, RING, PAGE_TABLE })) {
      expect(map).toContain(`\`${name}\` | ${start.toLocaleString('en')} |`);
    }
    const numbers: Record<string, unknown> = { ...layout };
    const rows = [...map.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)];
    expect(rows.length).toBeGreaterThan(70);
    for (const [row, at, name] of rows) expect(`| ${String(numbers[name])} | \`${name}\` |`, `${at} ${name}`).toBe(row);
  });
});
