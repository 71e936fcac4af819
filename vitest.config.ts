import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    // Style sheets are empty in tests, except those whose colours are held against the palette of the canvas.
    css: { include: [/(render\/theme|player\/player|styles\/page)\.css/] },
    setupFiles: ['src/text/whole-catalogue.ts'],
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'cli/**/*.test.ts'],
    // Two: more tests at once than cores only makes each slower.
    maxWorkers: 2,
    restoreMocks: true,
    // Tests wait for states and not for time: this ends only those that hang, also on a busy machine.
    testTimeout: 60_000,
  },
});
