import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { browserFlags, findBrowser } from './scripts/browser.mjs';

/** Each worker of Playwright reads this file again: what the first reading found goes on in the environment. */
const port = (process.env.WEFT_TEST_PORT ??= String(await freePort()));
const executablePath = (process.env.WEFT_BROWSER ??= findBrowser());
const address = `http://localhost:${port}/`;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Programs under test run on several workers each; more browsers at once than two would measure the machine.
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  // Only what fails waits so long: on a busy computer a run that is right may take many times what it takes on an idle one.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    baseURL: address,
    viewport: { width: 1400, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    // Requests that a service worker answers are not the test's to see; its own spec allows it.
    serviceWorkers: 'block',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args: browserFlags() },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: {
    // Builds first where dist/ is stale, so that a single spec can be run by hand.
    command: `node scripts/start.mjs --port ${port}`,
    url: address,
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 2_000 },
    stderr: 'pipe',
  },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
