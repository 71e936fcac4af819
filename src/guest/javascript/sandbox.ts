/**
 * What is left of the worker's global scope for the program: the language itself and a few plain helpers. All
 * else goes, by a list of what stays: a browser's new door to the network or to storage is shut before
 * anybody here has heard of it.
 */
const KEPT = new Set([
  // The language.
  'Object',
  'Function',
  'Array',
  'Number',
  'parseFloat',
  'parseInt',
  'Infinity',
  'NaN',
  'undefined',
  'Boolean',
  'String',
  'Symbol',
  'Date',
  'Promise',
  'RegExp',
  'Error',
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'globalThis',
  'JSON',
  'Math',
  'Intl',
  'ArrayBuffer',
  'Atomics',
  'Uint8Array',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'Uint8ClampedArray',
  'BigUint64Array',
  'BigInt64Array',
  'DataView',
  'Map',
  'BigInt',
  'Set',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'Proxy',
  'Reflect',
  'FinalizationRegistry',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'escape',
  'unescape',
  'isFinite',
  'isNaN',
  'SharedArrayBuffer',
  'Iterator',
  'Temporal',
  'DisposableStack',
  'SuppressedError',
  'eval',
  'InternalError',
  // Plain helpers of the browser.
  'console',
  'structuredClone',
  'queueMicrotask',
  'performance',
  'TextEncoder',
  'TextDecoder',
  'atob',
  'btoa',
  'crypto',
  'Crypto',
  'Performance',
  'DOMException',
]);

/**
 * The only properties of `performance` that stay: its others know of files and memory outside the program.
 */
const KEPT_OF_PERFORMANCE = new Set(['now', 'timeOrigin', 'constructor']);

export interface Replacements {
  readonly console: object;
  /** What a function is to say that is not there: by its name. */
  readonly refused: Readonly<Record<string, string>>;
}

/** Shuts every door. What the worker itself needs of them it has taken before. */
export function closeDoors({ console, refused }: Replacements): void {
  const scope: object = globalThis;
  for (
    let level: object = scope;
    level !== Object.prototype && level !== null;
    level = Object.getPrototypeOf(level) as object
  ) {
    // Some browsers have `performance` and `crypto` on the scope itself, some on its prototypes.
    strip(level, level === scope ? KEPT : KEPT_OF_PROTOTYPE);
  }
  strip(Performance.prototype, KEPT_OF_PERFORMANCE);
  strip(Object.getPrototypeOf(Performance.prototype) as object, NOTHING_BUT_CONSTRUCTOR);
  closeCompilers();
  define(scope, 'console', console);
  for (const [name, sentence] of Object.entries(refused)) define(scope, name, refusal(name, sentence));
}

const KEPT_OF_PROTOTYPE = new Set([...KEPT, 'constructor']);
const NOTHING_BUT_CONSTRUCTOR = new Set<string>(['constructor']);

function strip(target: object, kept: ReadonlySet<string>): void {
  for (const key of Reflect.ownKeys(target)) {
    if (typeof key === 'string' && kept.has(key)) continue;
    if (typeof key === 'symbol' && key === Symbol.toStringTag) continue;
    if (Reflect.deleteProperty(target, key)) continue;
    // It cannot be deleted; then nothing may be in it.
    if (!Reflect.defineProperty(target, key, { value: undefined })) Reflect.set(target, key, undefined);
  }
}

/** Text must not become code: it would be neither marked nor looked at for imports. */
function closeCompilers(): void {
  const sentence = 'code cannot be made from text here: write it into the program';
  define(globalThis, 'eval', refusal('eval', sentence));
  const kinds: object[] = [function () {}, async function () {}, function* () {}, async function* () {}].map(
    (example) => Object.getPrototypeOf(example) as object,
  );
  kinds.forEach((prototype, index) => {
    const compiler = refusal('Function', sentence);
    // `x instanceof Function` looks at this.
    Object.defineProperty(compiler, 'prototype', { value: prototype });
    define(prototype, 'constructor', compiler);
    if (index === 0) define(globalThis, 'Function', compiler);
  });
}

function refusal(name: string, sentence: string): () => never {
  return function () {
    throw new TypeError(`unsupported: ${name}: ${sentence}`);
  };
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: false, enumerable: false, configurable: false });
}
