/** Words of the timeline itself: controls, legends, what it says while there is nothing to draw. */
export const timeline = {
  empty: 'Run a program to see here what its tasks do.',
} as const;
