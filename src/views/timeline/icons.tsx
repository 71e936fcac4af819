import type { ReactElement } from 'react';

const paths = {
  zoomIn: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4l3.1 3.1M7 5v4M5 7h4',
  zoomOut: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4l3.1 3.1M5 7h4',
  fit: 'M2.5 3v10M13.5 3v10M5 8h6M6.5 6 4.75 8 6.5 10M9.5 6l1.75 2L9.5 10',
  follow: 'M2.5 8h7M7 5l3 3-3 3M13 3v10',
  arrows: 'M3 4.5h3.5c2 0 1 7 3 7H13M11 9.5l2 2-2 2M3 4.5h0',
  picture: 'M2.5 3h11v10h-11zM2.5 11l3.2-3.4 2.4 2.5 2-2 3.4 3.4M10.5 5.6v.1',
  play: 'M5 3v10l8-5z',
  pause: 'M5.5 3v10M10.5 3v10',
  flag: 'M4 14V2.5M4 3h8.5l-2 2.75 2 2.75H4',
  legend: 'M2.5 4h3v2.5h-3zM2.5 9.5h3V12h-3zM8 5.25h5.5M8 10.75h5.5',
  keys: 'M6 6.2c0-2.9 4.2-2.8 4.2 0 0 1.8-2.1 1.8-2.1 3.6M8.1 12.2v.1',
  close: 'm4 4 8 8M12 4l-8 8',
  chevron: 'm6 4 4 4-4 4',
  previous: 'm10 4-4 4 4 4',
  next: 'm6 4 4 4-4 4',
  waker: 'M13 4.5H8.5a4 4 0 0 0-4 4v3M2 9l2.5 2.5L7 9',
  woke: 'M3 4.5h4.5a4 4 0 0 1 4 4v3M9 9l2.5 2.5L14 9',
  variables: 'M2.5 12.5h3V8h3.5v2.5h2v-6h2.5',
  pin: 'M6 2.5h4M6.8 2.5v4L4.5 9h7L9.2 6.5v-4M8 9v4.5',
  stop: 'M8 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3Z',
  line: 'M3 4h10M3 8h6M3 12h8',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing of 16 by 16; its meaning is said by the button around it. */
export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className="wt-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
