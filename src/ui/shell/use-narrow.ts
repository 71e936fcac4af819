import { useSyncExternalStore } from 'react';

/** Below this the parts of the page are shown one at a time. */
const NARROW = '(max-width: 700px)';

export function useNarrow(): boolean {
  return useMedia(NARROW);
}

/** Whether a media query holds, now and as it changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (notify) => {
      const media = matchMedia(query);
      media.addEventListener('change', notify);
      return () => media.removeEventListener('change', notify);
    },
    () => matchMedia(query).matches,
  );
}
