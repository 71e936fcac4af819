// @ts-check
/** What the page's own thread has worked for each frame: on a busy computer the time between two frames is that of others. */

/** In Chromium's own trace: all that its page's thread does for a frame, scripts, layout, painting and handing over. */
const FRAME = 'ProxyMain::BeginMainFrame';

/**
 * Milliseconds of CPU that the page's thread needed for each frame while `act` went on.
 *
 * @template Result
 * @param {import('@playwright/test').Page} page
 * @param {() => Promise<Result>} act
 * @returns {Promise<{ result: Result, work: number[] }>}
 */
export async function withWorkOfFrames(page, act) {
  const browser = page.context().browser();
  if (browser === null) throw new Error('missing browser of a page');
  const session = await browser.newBrowserCDPSession();
  /** @type {{ name?: string, ph?: string, tdur?: number, pid?: number, tid?: number }[]} */
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(.../** @type {typeof events} */ (value)));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['cc'] } });
  const result = await act();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const frames = events.filter(({ name, ph, tdur }) => name === FRAME && ph === 'X' && tdur !== undefined);
  // Chromium's own pages draw frames as well, now and then.
  /** @type {Map<string, number[]>} */
  const threads = new Map();
  for (const { pid, tid, tdur = 0 } of frames) {
    const key = `${pid} ${tid}`;
    threads.set(key, [...(threads.get(key) ?? []), tdur / 1000]);
  }
  const busiest = [...threads.values()].toSorted((a, b) => b.length - a.length)[0] ?? [];
  return { result, work: busiest };
}
