import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const testFiles = ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'cli/**/*.test.ts', 'e2e/**/*.ts'];

/** Tests that are switched off or run alone would let a suite pass without running. */
const noNarrowedTests = ['test', 'it', 'describe'].flatMap((object) =>
  ['only', 'skip', 'todo', 'fixme', 'fails'].map((property) => ({
    object,
    property,
    message: 'Every test runs, always: repair it or delete it.',
  })),
);

export default defineConfig(
  globalIgnores(['dist', 'test-results', 'playwright-report', '.weft-cache', 'scripts/test-support/**', 'e2e/fixtures/**']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './tsconfig.node.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A callback may be async where nobody reads its result (event handlers, Comlink methods).
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      // Endless loops are what a scheduler and a worker are made of.
      'no-constant-condition': ['error', { checkLoops: false }],
      // An interface's async method need not await in every implementation.
      '@typescript-eslint/require-await': 'off',
      eqeqeq: 'error',
      'no-restricted-properties': ['error', ...noNarrowedTests],
    },
  },
  { files: ['src/**/*.tsx'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: testFiles,
    rules: {
      // Tests read what crossed a page or a worker, whose type only the reader knows.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'URL', 'Buffer', 'fetch', 'setTimeout', 'clearTimeout', 'performance', 'AbortController']
          .map((name) => [name, 'readonly']),
      ),
    },
    rules: { eqeqeq: 'error', 'no-constant-condition': ['error', { checkLoops: false }] },
  },
);
