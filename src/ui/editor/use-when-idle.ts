import { useEffect, useState } from 'react';

/** Idle or not, after this the value is there. */
const WAIT_MS = 300;

/** `value` once the page has drawn what else there is to draw of it. */
export function useWhenIdle<Value>(value: Value): Value {
  const [shown, setShown] = useState(() => value);
  useEffect(() => {
    const show = (): void => setShown(() => value);
    if ('requestIdleCallback' in globalThis) {
      const request = requestIdleCallback(show, { timeout: WAIT_MS });
      return () => cancelIdleCallback(request);
    }
    const timer = setTimeout(show, WAIT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return shown;
}
