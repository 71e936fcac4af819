const RELOADED = 'weft.reloaded';

/**
 * Registers the service worker once the page is there: it needs no network from then on. On a host that cannot send the headers
 * for shared memory the page is loaded once more, through the worker, which adds them. A browser without service workers, or that
 * forbids them in somebody else's page, goes on as it is.
 */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = (): void => void start().catch(() => undefined);
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}

async function start(): Promise<void> {
  const workers = navigator.serviceWorker;
  await workers.register(new URL('service-worker.js', document.baseURI), { updateViaCache: 'none' });
  await workers.ready;
  if (workers.controller === null) {
    await new Promise((resolve) => workers.addEventListener('controllerchange', resolve, { once: true }));
  }
  if (!crossOriginIsolated && reloadsOnce()) {
    location.reload();
    return;
  }
  whenIdle(() => workers.controller?.postMessage('keep all'));
}

/** True the first time in this tab: a host whose pages cannot be isolated must not load for ever. */
function reloadsOnce(): boolean {
  if (sessionStorage.getItem(RELOADED) !== null) return false;
  sessionStorage.setItem(RELOADED, 'true');
  return true;
}

function whenIdle(then: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(then, { timeout: 10_000 });
  else setTimeout(then, 3_000);
}
