import { describe, expect, it } from 'vitest';
import { checkSources, readSources } from './check-imports.mjs';
import { folderRules, reachableFolders } from './import-rules.mjs';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What is wrong in a tree drawn as `path: text`. */
function breachesIn(tree: Record<string, string>): string[] {
  return checkSources(Object.entries(tree).map(([path, text]) => ({ path, text })));
}

describe('the direction of imports', () => {
  it('accepts imports that follow the arrows, however many layers down', () => {
    expect(
      breachesIn({
        'src/ui/shell.tsx': `import { a } from '../base/assert'; import type { Tid } from '../protocol/ids';`,
        'src/kernel/sync/mutex.ts': `import { b } from '../layout'; import { c } from '../../base/assert';`,
        'src/main.tsx': `import { Shell } from './ui/shell'; import './ui/shell.css';`,
      }),
    ).toEqual([]);
  });

  it('names the file, the line and the remedy of an import against them', () => {
    const [breach, ...others] = breachesIn({ 'src/kernel/task.ts': `\n\nimport { x } from '../trace/trace';` });
    expect(others).toEqual([]);
    expect(breach).toBe(
      'src/kernel/task.ts:3: kernel/ may not import trace/ (only protocol, base); ' +
        'move what is shared down, or pass it in from above',
    );
  });

  it.each([
    ['a type', `import type { Trace } from '../trace/trace';`],
    ['a type in place', `let t: import('../trace/trace').Trace;`],
    ['a re-export', `export * from '../trace/trace';`],
    ['a dynamic import', `void import('../trace/trace');`],
    ['a worker', `new Worker(new URL('../trace/worker.ts', import.meta.url));`],
    ['a file taken as text', `import text from '../trace/words.txt?raw';`],
  ])('counts %s as an import', (_what, text) => {
    expect(breachesIn({ 'src/kernel/task.ts': text })).toHaveLength(1);
  });

  it('does not take programs in strings, or comments, for imports', () => {
    const text = `const program = "import { x } from '../trace/trace'"; // import y from '../ui/shell'`;
    expect(breachesIn({ 'src/kernel/task.ts': text })).toEqual([]);
  });

  it('refuses what lies outside src and the entries of the page', () => {
    expect(breachesIn({ 'src/ui/a.ts': `import p from '../../package.json';` })[0]).toContain('outside src/');
    expect(breachesIn({ 'src/ui/a.ts': `import '../main';` })[0]).toContain('an entry of the page');
  });

  it('asks once for a rule for a folder that has none', () => {
    const breaches = breachesIn({ 'src/novel/a.ts': `import '../ui/b';`, 'src/novel/b.ts': '' });
    expect(breaches).toEqual(['src/novel/a.ts:1: src/novel/ has no rule; say in scripts/import-rules.mjs what it may import']);
  });

  it('has arrows without a circle', () => {
    const circular = Object.keys(folderRules).filter((folder) =>
      folderRules[folder].folders.some((below) => reachableFolders(below).has(folder)),
    );
    expect(circular).toEqual([]);
  });
});

describe('packages', () => {
  it('keeps the page out of what must run without one', () => {
    for (const folder of ['base', 'protocol', 'kernel', 'trace', 'render']) {
      expect(breachesIn({ [`src/${folder}/a.ts`]: `import 'react';` })).toHaveLength(1);
    }
    expect(breachesIn({ 'src/kernel/a.ts': `import { scaleLinear } from 'd3-scale';` })).toHaveLength(1);
    expect(breachesIn({ 'src/render/a.ts': `import { scaleLinear } from 'd3-scale';` })).toEqual([]);
  });

  it('lets tests, and only tests, use the test runner and Node', () => {
    const text = `import { it } from 'vitest'; import { join } from 'node:path';`;
    expect(breachesIn({ 'src/kernel/a.test.ts': text })).toEqual([]);
    expect(breachesIn({ 'src/kernel/a.ts': text })).toHaveLength(2);
  });
});

describe('waiting on shared memory', () => {
  it.each([
    'Atomics.wait(words, 0, 0);',
    'await Atomics.waitAsync(words, 0, 0).value;',
    `Atomics['notify'](words, 0);`,
    'const { wait: sleep } = Atomics;',
    'const atomics = Atomics;',
  ])('belongs to one file: %s', (text) => {
    expect(breachesIn({ 'src/kernel/wait-queue.ts': text })[0]).toContain('belongs in src/kernel/futex.ts alone');
    expect(breachesIn({ 'src/kernel/futex.ts': text })).toEqual([]);
  });

  it('leaves the rest of Atomics to all, and comments alone', () => {
    const text = `/* see Atomics.wait */ Atomics.store(words, 0, 1); const { add } = Atomics;`;
    expect(breachesIn({ 'src/kernel/wait-queue.ts': text })).toEqual([]);
  });
});

it('reads the sources of a folder on disk, styles and data aside', () => {
  const root = mkdtempSync(join(tmpdir(), 'weft-imports-'));
  try {
    mkdirSync(join(root, 'src/kernel'), { recursive: true });
    writeFileSync(join(root, 'src/kernel/task.ts'), `import '../ui/shell';`);
    writeFileSync(join(root, 'src/main.tsx'), '');
    writeFileSync(join(root, 'src/style.css'), '');
    const files = readSources(root);
    expect(files.map(({ path }) => path)).toEqual(['src/kernel/task.ts', 'src/main.tsx']);
    expect(checkSources(files)).toHaveLength(1);
  } finally {
    rmSync(root, { recursive: true });
  }
});
