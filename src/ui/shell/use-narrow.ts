import { useSyncExternalStore } from 'react';

/** Too low for two parts of the page one above the other: embeds of 320 pixels, phones that lie on their side. */
const LOW = '(max-height: 420px)';
/** Below this the parts of the page are shown one at a time. */
const NARROW = `(max-width: 700px), ${LOW}`;

export function useNarrow(): boolean {
  return useMedia(NARROW);
}

export function useLow(): boolean {
  return useMedia(LOW);
}

/** On the smallest phones the puzzles are in the menu: seven buttons beside Run and Stop is what there is room for. */
export function useRoomForPuzzles(): boolean {
  return useMedia('(min-width: 430px)');
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
