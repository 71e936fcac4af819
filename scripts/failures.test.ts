import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeFailures, failuresOfPlaywright, failuresOfVitest } from './failures.mjs';
import { projectRoot } from './paths.mjs';

test('of a report of vitest the failed tests are told, and files that could not be loaded', () => {
  const failures = failuresOfVitest({
    testResults: [
      {
        name: join(projectRoot, 'src/a.test.ts'), status: 'failed', message: '',
        assertionResults: [
          { status: 'passed', fullName: 'a holds', failureMessages: [] },
          { status: 'failed', fullName: 'b holds', failureMessages: ['expected 1 to be 2\n  at x'] },
        ],
      },
      { name: join(projectRoot, 'src/b.test.ts'), status: 'failed', message: 'no such module', assertionResults: [] },
      { name: join(projectRoot, 'src/c.test.ts'), status: 'passed', message: '', assertionResults: [{ status: 'passed', fullName: 'c' }] },
    ],
  });
  expect(failures).toEqual([
    { name: 'src/a.test.ts › b holds', error: 'expected 1 to be 2\n  at x' }, { name: 'src/b.test.ts', error: 'no such module' },
  ]);
});

test('of a report of Playwright the tests that failed or passed only the second time are told, and errors outside of tests', () => {
  const spec = (title: string, line: number, status: string, results: object[]) => (
    { title, file: 'app/x.spec.ts', line, tests: [{ status, results }] }
  );
  const failures = failuresOfPlaywright({
    suites: [{
      title: 'app/x.spec.ts', line: 0, specs: [
        spec('one', 3, 'expected', [{ status: 'passed', errors: [] }]),
        spec('two', 9, 'unexpected', [{ status: 'failed', errors: [{ message: '\u001b[31mError\u001b[39m: no' }, { message: 'errors in the page' }] }]),
      ],
      suites: [{ title: 'inside', line: 20, specs: [spec('three', 21, 'flaky', [{ status: 'timedOut' }, { status: 'passed' }])] }],
    }],
    errors: [{ message: 'no server' }],
  });
  expect(failures).toEqual([
    { name: 'e2e/app/x.spec.ts:9 › two', error: '\u001b[31mError\u001b[39m: no\nerrors in the page' },
    { name: 'e2e/app/x.spec.ts:21 › inside › three', error: 'timedOut' },
    { name: 'outside of the tests', error: 'no server' },
  ]);
});

test('what failed is told in few lines, and what passed in none', () => {
  const long = Array.from({ length: 50 }, (_, line) => `line ${line} ${'x'.repeat(500)}`).join('\n\n');
  const lines = describeFailures(new Map([
    ['types', { failed: 1 }],
    ['unit', { failed: 0, failures: [] }],
    ['e2e', { failed: 40, failures: Array.from({ length: 40 }, (_, index) => ({ name: `test ${index}`, error: `\u001b[31m${long}` })) }],
  ]));
  expect(lines.slice(0, 3)).toEqual(['types: what it said stands under its heading', 'e2e: test 0', `    line 0 ${'x'.repeat(232)}…`]);
  expect(lines).toHaveLength(1 + 30 * 9 + 1);
  expect(lines.at(-1)).toBe('e2e: and 10 more');
});
