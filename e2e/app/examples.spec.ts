import { catalogue } from '../../src/text/catalogue';
import { expect, test } from '../support/app-test';

/** Each JavaScript example with how it ends and a line that it prints whatever the order of its tasks. */
const EXAMPLES: Partial<Record<
  Exclude<keyof typeof catalogue.en.examples, 'group'>,
  { ends?: RegExp; prints: string }
>> = {
  'producer-consumer': { prints: 'both are done' },
  'joinable-queue': { prints: 'every order is served' },
  'pipe-ping-pong': { prints: 'pong 5' },
  'reading-input': { prints: 'Hello, Ada!' },
  'lock-hand-over': { prints: 'Cleo signs form 3' },
  'semaphore': { prints: 'car 5 leaves' },
  'condition': { prints: 'batch 2 is out of the oven' },
  'event': { prints: 'Uma did not wait for the shot' },
  'barrier': { prints: 'Kim is at the top' },
  'pool-map': { prints: '25997 primes below 300000' },
  'threads': { prints: 'Pia sees Pia' },
  'daemon-zombie': { prints: 'collected: exit status 0' },
  'deadlock': { ends: /: no task could go on$/, prints: 'Plato has one fork' },
  'lost-update': { prints: '4000 additions, and the count is' },
  'endless-loop': { ends: /^Stopped after/, prints: 'spinning' },
};

for (const [id, { ends = /^Finished after/, prints }] of Object.entries(EXAMPLES)) {
  const { title } = catalogue.en.examples[id as Exclude<keyof typeof catalogue.en.examples, 'group'>];
  test(`the example "${title}" does what it says`, async ({ weft }) => {
    await weft.chooseExample(title);
    await weft.run.click();
    if (id === 'reading-input') {
      const field = weft.page.getByLabel('The program waits for a line of input');
      await field.fill('Ada');
      await field.press('Enter');
      await expect(weft.output).toContainText(prints);
      await field.press('Enter');
    }
    await expect(weft.output).toContainText(prints);
    if (ends.source.startsWith('^Stopped')) await weft.stop.click();
    await expect(weft.status).toHaveText(ends);
    await expect(weft.rows.locator('button[data-stream="stderr"]')).toHaveCount(0);
  });
}
