import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../protocol/trace-events';
import {
  BLOCK_REASONS,
  END_REASONS,
  FINDING_KINDS,
  OBJECT_TYPES,
  READY_CAUSES,
  START_METHODS,
} from '../protocol/words';
import { buildModel } from './model';
import { DEFINITIONS, TRACE_COLUMNS, TRACE_VERSION } from './trace-format';
import { readTrace, writeTrace } from './trace-json';

// Not an import: the page is read as it stands, it is no part of the program.
const pages = import.meta.glob<string>('../../docs/trace-format.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const documentation = Object.values(pages)[0];

/** What the page says under each heading that is a kind. */
const sections = new Map(
  documentation
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const [, kind, text] = /^`([\w-]+)`\n([^]*)$/.exec(section) ?? [];
      return [kind, text.split(/^#+ /m)[0]];
    }),
);

function exampleOf(kind: string): string {
  return /```json\n(\[.*\])\n```/.exec(sections.get(kind) ?? '')?.[1] ?? '';
}

function fileOf(event: string): string {
  return `{"format":"weft-trace","version":${TRACE_VERSION},"unit":"ns","events":[\n${event}\n]}`;
}

describe('docs/trace-format.md', () => {
  it('describes every kind of event, and none that there is not', () => {
    expect([...sections.keys()].sort()).toEqual([...EVENT_KINDS].sort());
    for (const [kind, text] of sections) expect(text.trim().length, kind).toBeGreaterThan(15);
  });

  it.each(EVENT_KINDS.filter((kind) => !DEFINITIONS.includes(kind)))(
    'has an example of %s that reads and writes as it is',
    (kind) => {
      const { trace, notes } = readTrace(fileOf(exampleOf(kind)));
      expect(notes).toEqual([]);
      expect(EVENT_KINDS[trace.kind[0]]).toBe(kind);
      expect(writeTrace(trace)).toContain(`\n${exampleOf(kind)}\n`);
    },
  );

  it('names every column', () => {
    for (const column of TRACE_COLUMNS)
      expect(documentation).toMatch(new RegExp(`^\\| \`${column}\` +\\|`, 'm'));
  });

  it('lists the words of every vocabulary in their order', () => {
    for (const words of [
      START_METHODS,
      READY_CAUSES,
      BLOCK_REASONS,
      OBJECT_TYPES,
      FINDING_KINDS,
      END_REASONS,
    ]) {
      expect(documentation).toContain(`| ${words.map((word) => `\`${word}\``).join(' ')} |`);
    }
  });

  it('shows a whole file that reads without a note', () => {
    const whole = /```json\n(\{[^]*?\})\n```/.exec(documentation)?.[1] ?? '';
    const { trace, notes } = readTrace(whole);
    expect(notes).toEqual([]);
    expect(writeTrace(trace)).toBe(`${whole}\n`);
    expect(buildModel(trace)).toMatchObject({
      output: [{ text: 'hi\n' }],
      end: { reason: 'finished', status: 0 },
    });
  });

  it('is about the version that is written, and lists it', () => {
    expect(documentation).toContain(`Current version: **${TRACE_VERSION}**`);
    expect(documentation).toMatch(new RegExp(`^\\| ${TRACE_VERSION} +\\|`, 'm'));
  });
});
