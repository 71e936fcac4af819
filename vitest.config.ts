import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'cli/**/*.test.ts'],
    // Two: more tests at once than cores only makes each slower.
    maxWorkers: 2,
    restoreMocks: true,
  },
});
