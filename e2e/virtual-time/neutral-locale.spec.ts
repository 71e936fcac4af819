import { RunnerPage } from '../support/runner-page';
import { expect, test } from '../support/test';

/** All that could tell a program where its reader is, of fixed moments: what a browser in UTC says in American English is right. */
const PROGRAM = `import { print, Process } from 'weft';
const TEXTS = [
  '2026-07-01', '2026-07-01T12:30', '2026-07-01T12:30:15.250', '2026-07-01 12:30', '2026-07-01T12:30Z', '2026-07-01T12:30+05:30',
  'Jul 1 2026', 'Jul 1, 2026 10:00 PM', '7/1/2026', '1 July 2026 08:15', 'Wed Jul 01 2026 12:30:00 GMT+0200 (CEST)',
  'Wed, 01 Jul 2026 12:30:00 GMT', 'Jul 1 2026 10:00 PST', '2026-03-29T02:30', 'Mar 8 2026 02:30', '2026', 'nonsense', '',
];
function show(name, value) {
  let said;
  try {
    said = typeof value === 'function' ? value() : value;
  } catch (error) {
    said = error.name;
  }
  print(name, said);
}
function all() {
  for (const text of TEXTS) {
    show('parse ' + text, Date.parse(text));
    show('text ' + text, () => String(new Date(text)));
  }
  const dates = [new Date(2026, 6, 1, 12, 30, 15, 250), new Date(99, 0), new Date(2026, 2, 29, 2, 30), new Date(0), new Date(NaN), new Date(-1e14),
    new Date({ valueOf: () => 5 }), new Date([2026]), new Date(new Date(7)), new Date(null), new Date(undefined), new Date('5'), new Date(1, undefined)];
  for (const date of dates) {
    show('whole', () => [date.toString(), date.toDateString(), date.toTimeString(), date.getTimezoneOffset(), date.valueOf(), JSON.stringify(date)].join('|'));
    show('fields', () => ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds', 'Year'].map((field) => date['get' + field]()).join());
    show('shown', () => [date.toLocaleString(), date.toLocaleDateString(), date.toLocaleTimeString([], { timeZoneName: 'long' }), '' + date, \`\${date}\`].join('|'));
    const copy = new Date(date);
    show('set', () => [copy.setHours(25, 1, 2, 3), copy.setMonth(3, 31), copy.setDate(1), copy.setFullYear(2024, 1, 29), copy.setMinutes(70), copy.setSeconds(3, 4),
      copy.setMilliseconds(9), copy.setYear(97)].join());
  }
  const day = Date.UTC(2026, 6, 1, 12);
  for (const locales of [undefined, [], 'de', ['tlh', 'de-AT'], 'tlh', 'no such', 7]) {
    show('numbers', () => [(1234567.891).toLocaleString(locales), (12345678901234567890n).toLocaleString(locales), new Intl.NumberFormat(locales).format(9876.5),
      Intl.NumberFormat(locales).resolvedOptions().locale, [1.5, new Date(day)].toLocaleString(locales)].join('|'));
    show('dates', () => [new Intl.DateTimeFormat(locales, { dateStyle: 'full', timeStyle: 'long' }).format(day), Intl.DateTimeFormat(locales).resolvedOptions().timeZone,
      new Date(day).toLocaleString(locales, { timeZone: 'Asia/Tokyo' }), new Date(day).toLocaleDateString(locales, { weekday: 'long' })].join('|'));
    show('words', () => [['z', 'ä', 'a', 'I', 'ı'].sort((one, other) => one.localeCompare(other, locales)).join(''), 'Iıiİ'.toLocaleLowerCase(locales), 'Iıi'.toLocaleUpperCase(locales),
      new Intl.PluralRules(locales).select(2), new Intl.RelativeTimeFormat(locales).format(-3, 'day'), new Intl.ListFormat(locales).format(['a', 'b']),
      new Intl.DisplayNames(locales, { type: 'region' }).of('JP'), new Intl.Collator(locales).resolvedOptions().locale].join('|'));
  }
  show('kinds', () => [new Intl.NumberFormat() instanceof Intl.NumberFormat, Intl.DateTimeFormat().constructor === Intl.DateTimeFormat, new Date() instanceof Date,
    new (class extends Date { twice() { return this.getTime() * 2; } })(21).twice(), Date.prototype.toLocaleString.length, Date.prototype.setHours.length,
    Date.prototype.getDay.name, Date(0).length > 30, typeof navigator, Intl.NumberFormat.supportedLocalesOf(['de', 'tlh']).join()].join('|'));
}
export function main() {
  all();
  const child = new Process(all);
  child.start();
  child.join();
}
`;

const PLACES = [{ timezoneId: 'America/St_Johns', locale: 'tr-TR' }, { timezoneId: 'Asia/Kolkata', locale: 'de-DE' }] as const;

test('a program in virtual time is told nothing of where its reader is: one trace in every place, and what a browser in UTC says', async ({ runner, browser, baseURL }) => {
  // In real time the browser itself answers.
  const expected = await runner.run(PROGRAM, { clock: 'real' });
  expect(expected.stderr).toBe('');
  expect(expected.lines.length).toBeGreaterThan(150);
  const here = await runner.run(PROGRAM, { clock: 'virtual' });
  expect(here.lines).toEqual(expected.lines);
  const trace = await wholeTrace(runner);
  for (const place of PLACES) {
    const context = await browser.newContext({ ...place, baseURL: baseURL ?? '' });
    const elsewhere = await RunnerPage.open(await context.newPage());
    expect((await elsewhere.run(PROGRAM, { clock: 'virtual' })).lines).toEqual(expected.lines);
    expect((await wholeTrace(elsewhere)) === trace).toBe(true);
    // The place is another indeed.
    expect((await elsewhere.run(PROGRAM, { clock: 'real' })).lines).not.toEqual(expected.lines);
    await context.close();
  }
});

async function wholeTrace(runner: RunnerPage): Promise<string> {
  let trace = '';
  for await (const piece of runner.pageRun.tracePieces(1 << 22)) trace += piece;
  return trace;
}
