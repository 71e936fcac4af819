/**
 * `Date` by a clock of ours, in a world where every place is in UTC. What is not about the clock or the place is the browser's own.
 */

/** What V8 and SpiderMonkey call it. */
const ZONE_NAME = 'Coordinated Universal Time';

/** The language's own, before anything of it is replaced. */
const parse = Date.parse.bind(Date);
const utc = Date.UTC.bind(Date) as (...fields: unknown[]) => number;

/** Each of these is its UTC twin: `getHours`, `getUTCHours`. */
const FIELDS = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;

export function virtualDate(now: () => number): DateConstructor {
  const RealDate = Date;
  const VirtualDate = function Date(this: unknown, ...parameters: unknown[]): unknown {
    if (new.target === undefined) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, [timeOf(parameters, now)], new.target);
  } as unknown as DateConstructor;
  Object.defineProperty(VirtualDate, 'length', { value: 7 });
  Object.defineProperty(VirtualDate, 'prototype', { value: RealDate.prototype, writable: false });
  define(RealDate.prototype, 'constructor', VirtualDate);
  define(VirtualDate, 'now', now);
  define(VirtualDate, 'parse', (text: unknown) => parseInUtc(String(text)));
  define(VirtualDate, 'UTC', utc);
  placeInUtc(RealDate.prototype);
  return VirtualDate;
}

/** What `new Date(...)` is made of: a moment, a text or the fields of a calendar. */
function timeOf(parameters: readonly unknown[], now: () => number): unknown {
  if (parameters.length === 0) return now();
  if (parameters.length > 1) return utc(...parameters);
  const [value] = parameters;
  if (value instanceof Date) return value.getTime();
  const primitive = primitiveOf(value);
  return typeof primitive === 'string' ? parseInUtc(primitive) : primitive;
}

/** As the language makes a primitive of what it is given, by the hint "default". */
function primitiveOf(value: unknown): unknown {
  if (!isObject(value)) return value;
  const convert = value[Symbol.toPrimitive];
  if (typeof convert === 'function') return Reflect.apply(convert, value, ['default']) as unknown;
  for (const name of ['valueOf', 'toString']) {
    const method = value[name];
    const primitive: unknown = typeof method === 'function' ? Reflect.apply(method, value, []) : value;
    if (!isObject(primitive)) return primitive;
  }
  throw new TypeError('Cannot convert object to primitive value');
}

function isObject(value: unknown): value is Record<string | symbol, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A date alone, which the language reads as UTC; and one with a time, which it reads as local. */
const ISO_DATE = /^(?:[+-]\d{6}|\d{4})(?:-\d\d(?:-\d\d)?)?$/;
const ISO_LOCAL = /^(?:[+-]\d{6}|\d{4})-\d\d(?:-\d\d)?T\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/;
/** What other texts say of a zone: a name that browsers know, or hours east after a time. */
const ZONE = /\b(?:utc?|gmt|[ecmp][sd]t)\b|\d\s*z\b|:\d[\d.:]*\s*(?:[ap]m)?\s*[+-]\s*\d/i;

function parseInUtc(text: string): number {
  const said = text.trim();
  if (ISO_DATE.test(said)) return parse(text);
  if (ISO_LOCAL.test(said)) return parse(`${said}Z`);
  // A remark in brackets says nothing.
  return ZONE.test(said.replace(/\([^)]*\)/g, ' ')) ? parse(text) : parse(`${said} UTC`);
}

function placeInUtc(prototype: Date): void {
  const methods = prototype as unknown as Record<string, (this: Date, ...parameters: unknown[]) => unknown>;
  for (const field of FIELDS) {
    rename(prototype, `get${field}`, methods[`getUTC${field}`]);
    if (field !== 'Day') rename(prototype, `set${field}`, methods[`setUTC${field}`]);
  }
  rename(prototype, 'getTimezoneOffset', function (this: Date) {
    return Number.isNaN(this.getTime()) ? NaN : 0;
  });
  rename(prototype, 'getYear', function (this: Date) {
    return this.getUTCFullYear() - 1900;
  });
  rename(prototype, 'setYear', function (this: Date, year: unknown) {
    const number = Math.trunc(Number(year));
    const time = Number.isNaN(this.getTime()) ? 0 : this.getTime();
    if (Number.isNaN(number)) return this.setTime(NaN);
    this.setTime(time);
    return this.setUTCFullYear(number >= 0 && number <= 99 ? number + 1900 : number);
  });
  rename(prototype, 'toString', function (this: Date) {
    return textOf(this, (date, time) => `${date} ${time}`);
  });
  rename(prototype, 'toDateString', function (this: Date) {
    return textOf(this, (date) => date);
  });
  rename(prototype, 'toTimeString', function (this: Date) {
    return textOf(this, (_date, time) => time);
  });
}

/** As browsers write it: `Thu Jan 01 2026`, `00:00:00 GMT+0000 (...)`. */
function textOf(date: Date, join: (date: string, time: string) => string): string {
  if (Number.isNaN(date.getTime())) return 'Invalid Date';
  // `Thu, 01 Jan 2026 00:00:00 GMT`
  const [weekday, day, month, year, time] = date.toUTCString().replace(',', '').split(' ');
  return join(`${weekday} ${month} ${day} ${year}`, `${time} GMT+0000 (${ZONE_NAME})`);
}

/** A method that is called as the one it takes the place of, and takes as many parameters. */
function rename(prototype: object, name: string, method: (this: Date, ...parameters: unknown[]) => unknown): void {
  const before = (prototype as Record<string, { readonly length: number } | undefined>)[name];
  const { [name]: named } = {
    [name](this: Date, ...parameters: unknown[]): unknown {
      return Reflect.apply(method, this, parameters);
    },
  };
  Object.defineProperty(named, 'length', { value: before?.length ?? 0 });
  define(prototype, name, named);
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}
