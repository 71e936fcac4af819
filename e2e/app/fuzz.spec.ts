import { readFileSync } from 'node:fs';
import { strToU8, zlibSync } from 'fflate';
import { toBase64Url } from '../../src/state/link/base64url';
import { encodeLink } from '../../src/state/link/link-codec';
import { DEFAULT_SETTINGS } from '../../src/protocol/program';
import { randomNumbers } from '../../src/trace/test-support/random-trace';
import { expect, test } from '../support/app-test';
import { fixturePath } from '../support/fixtures';

const SCRIPT = '"><img src=x onerror=alert(1)><script>fetch("https://elsewhere.example/")</script>';
const ODD = ['', '0', '-1', '1e999', 'null', '[]', '{}', SCRIPT, '\u2028', '\ud800', '__proto__', '999999999999', ','];

/** A text with pieces cut out, doubled or put in. */
function mutated(text: string, below: (limit: number) => number): string {
  let result = text;
  for (let times = 1 + below(3); times > 0; times--) {
    const from = below(result.length + 1);
    const to = Math.min(result.length, from + below(below(4) === 0 ? result.length : 10));
    const piece = below(3) === 0 ? result.slice(from, to).repeat(2) : ODD[below(ODD.length)];
    result = result.slice(0, from) + piece + result.slice(to);
  }
  return result;
}

test('no altered link or trace breaks the page, runs a program or reaches the network', async ({ weft }) => {
  test.slow();
  const { page, notices } = weft;
  const below = randomNumbers(2026);
  const [failures, asked]: string[][] = [[], []];
  page.on('pageerror', ({ message }) => failures.push(message));
  page.on('dialog', (dialog) => {
    failures.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => asked.push(request.url()));
  const link = encodeLink({
    program: { language: 'python', files: [{ name: 'main.py', text: `print(${JSON.stringify(SCRIPT)})\n` }], entry: 'main.py' },
    settings: { ...DEFAULT_SETTINGS, clock: 'virtual', cpus: 2, policy: 'random', seed: 9 },
  });
  const json = `{"l":"py","f":["main.py","print(1)"],"e":0,"s":{"clock":"virtual","stdin":"x"},"n":[[5,${JSON.stringify(SCRIPT)}]]}`;
  let refused = 0;
  for (let round = 0; round < 150; round++) {
    const inner = `#w2=${toBase64Url(zlibSync(strToU8(mutated(json, below))))}`;
    const fragment = round % 3 === 0 ? mutated(link, below) : inner;
    await page.evaluate((hash) => {
      location.hash = hash;
    }, fragment);
    refused += (await notices.getByText(/link/i).count()) > 0 ? 1 : 0;
  }
  expect(refused).toBeGreaterThan(20);
  await expect(weft.editor).toBeVisible();

  const trace = readFileSync(fixturePath('deadlock'), 'utf8');
  for (let round = 0; round < 40; round++) {
    const buffer = Buffer.from(mutated(trace, below));
    await page.getByTestId('file').setInputFiles({ name: `round-${round}.json`, mimeType: 'application/json', buffer });
  }
  await page.getByTestId('file').setInputFiles(fixturePath('deadlock'));
  await expect(page.getByText('Recorded run deadlock.trace.json')).toBeVisible();
  expect(failures).toEqual([]);
  const home = new URL(page.url()).origin;
  expect(asked.filter((url) => !url.startsWith(home) && !/^(data|blob):/.test(url))).toEqual([]);
  // Nothing ran: there is no output, and nothing to stop.
  await expect(page.getByRole('button', { name: 'Stop' })).toBeDisabled();
});
