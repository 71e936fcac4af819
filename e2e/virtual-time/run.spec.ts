import { expect, test } from '../support/test';

const VIRTUAL = { clock: 'virtual' } as const;

test('a sleep of three seconds is three seconds of the clock, whatever the wall says', async ({ runner }) => {
  const { lines } = await runner.run(`
    import { print, sleep } from 'weft';
    export function main() {
      const before = performance.now();
      sleep(3);
      print(Math.round(performance.now() - before), new Date().toISOString().slice(0, 19), Date.now() - performance.timeOrigin >= 3000);
    }`, VIRTUAL);
  expect(lines).toEqual(['3000 2026-01-01T00:00:03 true']);
  const model = await runner.model();
  expect(model.endTime).toBeGreaterThan(3e9);
  expect(model.endTime).toBeLessThan(3.1e9);
});
