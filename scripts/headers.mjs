/**
 * The headers that the app is served with, in one place: the dev server, our own server and the header files for static
 * hosts (public/_headers, checked by scripts/headers.test.ts) all send these.
 */

/**
 * Isolation, without which a page has no shared memory. All four, because each covers a case the others do not: COOP and
 * COEP isolate a top-level page, CORP lets an isolated page embed us, Document-Isolation-Policy isolates an embed in a
 * page that is not isolated itself (Chromium).
 */
export const isolationHeaders = Object.freeze({
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Document-Isolation-Policy': 'isolate-and-require-corp',
});

/** Programs compile and run code, so eval is allowed; but they reach nothing beyond the app's own files. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval' blob:",
  "worker-src 'self' blob:",
  "connect-src 'self' blob: data:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ');

/** Every header of a built app, the same for all its files. */
export const appHeaders = Object.freeze({
  ...isolationHeaders,
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
});
