/**
 * What the browser would tell programs about its reader is the same for all in virtual time: the language is American English, the
 * time zone UTC, wherever a program does not say another. Two people who open one link see one run.
 */

const LANGUAGE = 'en-US';
const ZONE = 'UTC';

type Constructor = (new (...parameters: unknown[]) => object) & { readonly prototype: object };
type Method = (this: unknown, ...parameters: unknown[]) => unknown;

/** Methods that take locales and options as their first and second parameter. */
const LOCALE_METHODS: readonly (readonly [prototype: object, names: readonly string[]])[] = [
  [Number.prototype, ['toLocaleString']],
  [BigInt.prototype, ['toLocaleString']],
  [Date.prototype, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']],
];

/** Of `Intl`, of texts, numbers and dates. */
export function installNeutralLocale(): void {
  for (const [name, value] of Object.entries(Object.getOwnPropertyDescriptors(Intl))) {
    if (typeof value.value === 'function' && 'supportedLocalesOf' in value.value) neutralize(name, value.value as Constructor);
  }
  for (const [prototype, names] of LOCALE_METHODS) {
    for (const name of names) wrap(prototype, name, 0, prototype === Date.prototype);
  }
  wrap(String.prototype, 'localeCompare', 1, false);
  wrap(String.prototype, 'toLocaleLowerCase', 0, false);
  wrap(String.prototype, 'toLocaleUpperCase', 0, false);
  neutralizeTemporal();
}

/** The same where none of the locales that the program asks for is there, and the browser would take its own. */
function localesWith(given: unknown): string[] {
  return [...Intl.getCanonicalLocales(given as string | string[] | undefined), LANGUAGE];
}

function optionsWith(given: unknown): unknown {
  if (given === undefined) return { timeZone: ZONE };
  // What is no object is an error of the program's, which the browser tells.
  if (typeof given !== 'object' || given === null || (given as { timeZone?: unknown }).timeZone !== undefined) return given;
  return Object.create(given, { timeZone: { value: ZONE, enumerable: true } }) as unknown;
}

function neutralize(name: string, made: Constructor): void {
  const hasZone = name === 'DateTimeFormat';
  const neutral = ([locales, options]: unknown[]): unknown[] => [localesWith(locales), hasZone ? optionsWith(options) : options];
  const proxy = new Proxy(made, {
    construct: (target, parameters, newTarget) => Reflect.construct(target, neutral(parameters), newTarget) as object,
    apply: (target, self, parameters) => Reflect.apply(target as unknown as Method, self, neutral(parameters)),
  });
  define(made.prototype, 'constructor', proxy);
  define(Intl, name, proxy);
}

/** `at`: which parameter the locales are; the options follow. */
function wrap(prototype: object, name: string, at: number, hasZone: boolean): void {
  const method = (prototype as Record<string, Method | undefined>)[name];
  if (method === undefined) return;
  // As methods are: nobody can make an object of it.
  const { [name]: neutral } = {
    [name](this: unknown, ...parameters: unknown[]): unknown {
      parameters[at] = localesWith(parameters[at]);
      if (hasZone) parameters[at + 1] = optionsWith(parameters[at + 1]);
      return Reflect.apply(method, this, parameters);
    },
  };
  Object.defineProperty(neutral, 'length', { value: method.length });
  define(prototype, name, neutral);
}

/** In browsers that have it. A moment alone is shown in a time zone; all else has its own, or none. */
function neutralizeTemporal(): void {
  const temporal = (globalThis as { Temporal?: Record<string, { readonly prototype?: object } | undefined> }).Temporal;
  if (temporal === undefined) return;
  for (const name of Object.getOwnPropertyNames(temporal)) {
    const prototype = temporal[name]?.prototype;
    if (prototype !== undefined) wrap(prototype, 'toLocaleString', 0, name === 'Instant');
  }
  define(temporal['Now']!, 'timeZoneId', function timeZoneId() {
    return ZONE;
  });
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}
