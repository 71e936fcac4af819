/**
 * The service worker: keeps a version of the app whole, so that it works without a network, and sends the headers that isolate
 * a page where its host cannot.
 *
 * Most of what it keeps is content-addressed (a file's name holds its contents' hash). Pages, and files whose names stay, come
 * from the network while there is one: so a new version is seen at once, and versions never mix. The build puts the list of files
 * before this text.
 */

/** Put here by scripts/service-worker.mjs. */
declare const weftBuild: {
  readonly version: string;
  /** Relative to the app's folder: what opens the page, and what a first run needs besides. */
  readonly first: readonly string[];
  readonly later: readonly string[];
};

const scope = self as unknown as ServiceWorkerGlobalScope;
const PREFIX = 'weft ';
const cacheName = PREFIX + weftBuild.version;
const home = new URL('./', scope.location.href).href;

scope.addEventListener('install', (event) => {
  event.waitUntil(keep(weftBuild.first).then(() => scope.skipWaiting()));
});

scope.addEventListener('activate', (event) => {
  event.waitUntil(forgetOldVersions().then(() => scope.clients.claim()));
});

/** The page asks once it has nothing else to do: the interpreter is larger than all the rest. */
scope.addEventListener('message', (event) => {
  if (event.data === 'keep all') event.waitUntil(keep(weftBuild.later));
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(home)) return;
  event.respondWith(request.mode === 'navigate' ? answerPage(request) : answerFile(request));
});

/** A page: from the network while there is one. */
async function answerPage(request: Request): Promise<Response> {
  try {
    return isolated(await fetch(request));
  } catch (error) {
    const { pathname } = new URL(request.url);
    const name = pathname.slice(new URL(home).pathname.length);
    const kept = await keptFile(new URL(name === '' ? 'index.html' : name, home).href);
    if (kept === undefined) throw error;
    return isolated(kept);
  }
}

/** Files with their contents' hash in their names need no network; of the others the network's are newer. */
async function answerFile(request: Request): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  const address = origin + pathname;
  if (address.startsWith(`${home}assets/`)) return isolated((await keptFile(address)) ?? (await fetch(request)));
  try {
    return isolated(await fetch(request));
  } catch (error) {
    const kept = await keptFile(address);
    if (kept === undefined) throw error;
    return isolated(kept);
  }
}

function keptFile(address: string): Promise<Response | undefined> {
  return caches.match(address);
}

async function keep(names: readonly string[]): Promise<void> {
  const cache = await caches.open(cacheName);
  const addresses = names.map((name) => new URL(name, home).href);
  const missing = await Promise.all(addresses.map(async (address) => ((await cache.match(address)) === undefined ? [address] : [])));
  // Not from the browser's own cache: it may hold another version of a file whose name stays.
  await cache.addAll(missing.flat().map((address) => new Request(address, { cache: 'no-cache' })));
}

/** The version before stays: pages that are open may still ask for parts of it. */
async function forgetOldVersions(): Promise<void> {
  const ours = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== cacheName);
  await Promise.all(ours.slice(0, -1).map((name) => caches.delete(name)));
}

/** Browsers that isolate a single document, also one in a frame; the others isolate a page and all its frames. */
const isolatesDocuments = 'userAgentData' in navigator;

/** The answer with the headers that give its page shared memory, where the host sends none. */
function isolated(answer: Response): Response {
  if (answer.status === 0 || answer.headers.has('Cross-Origin-Embedder-Policy')) return answer;
  const headers = new Headers(answer.headers);
  headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  if (isolatesDocuments) {
    headers.set('Document-Isolation-Policy', 'isolate-and-require-corp');
  } else {
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  }
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}
