import type { ReactElement } from 'react';

/** Shapes on a grid of 16, drawn with the colour of the text around them. */
const SHAPES = {
  play: (
    <path
      d="M5 3.2v9.6a.6.6 0 0 0 .92.5l7.3-4.8a.6.6 0 0 0 0-1L5.92 2.7A.6.6 0 0 0 5 3.2Z"
      fill="currentColor"
      stroke="none"
    />
  ),
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" strokeWidth="2.4" />,
  step: <path d="M3 3.5v9M6 8h7.5m0 0L10 4.5M13.5 8 10 11.5" />,
  stepBack: <path d="M13 3.5v9M10 8H2.5m0 0L6 4.5M2.5 8 6 11.5" />,
  stepSwitch: <path d="M2 4.5h5l3 7h4m0 0-2.5-2.5M14 11.5l-2.5 2.5M2 11.5h4M10 4.5h4" />,
  toHere: <path d="M2 8h8m0 0L6.5 4.5M10 8l-3.5 3.5M13.5 6v.01M13.5 10v.01M13.5 2.5v11" />,
  breakpoint: <circle cx="8" cy="8" r="4.5" fill="currentColor" stroke="none" />,
  stop: <rect x="3.75" y="3.75" width="8.5" height="8.5" rx="1.5" fill="currentColor" stroke="none" />,
  restart: <path d="M13 3v3.5H9.5M12.8 6.3A5.2 5.2 0 1 0 13.2 9" />,
  share: <path d="M8 9.5v-7m0 0L5.5 5M8 2.5 10.5 5M4.5 7.5h-1v6h9v-6h-1" />,
  open: <path d="M2 12.5v-9h4l1.5 2H14v2M2 12.5l2-5h11l-2 5Z" />,
  save: <path d="M8 2.5v7m0 0L5.5 7M8 9.5 10.5 7M3 10.5v3h10v-3" />,
  help: (
    <path d="M6.2 6.2a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2v.3M8 11.4v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z" />
  ),
  chevron: <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  back: <path d="M13 8H3m0 0 4-4M3 8l4 4" />,
  learn: <path d="M8 4.2C6.6 3.2 4.6 2.8 2 3v9.2c2.6-.2 4.6.2 6 1.2 1.4-1 3.4-1.4 6-1.2V3c-2.6-.2-4.6.2-6 1.2Zm0 0v9.2" />,
  sun: (
    <path d="M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M12.6 3.4l-.7.7M4.1 11.9l-.7.7M11 8a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z" />
  ),
  moon: <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z" />,
  monitor: <path d="M2 3h12v8H2zM8 11v2.5M5.5 13.5h5" />,
  translate: (
    <path d="M2 3.5h7M5.5 2v1.5M7.6 3.5C7 6.5 5 8.5 2.5 9.5M3.7 5.5c.8 2 2.3 3.3 4.3 4M8 14l3-7 3 7M9 12h4" />
  ),
  more: <path d="M3.5 8v.01M8 8v.01M12.5 8v.01" strokeWidth="2.2" />,
  code: <path d="m5.5 4.5-3.5 3.5 3.5 3.5M10.5 4.5 14 8l-3.5 3.5" />,
  lanes: <path d="M2 4h6M10 4h4M2 8h3M7 8h7M2 12h8M12 12h2" strokeWidth="2" />,
  output: <path d="M2 3h12v10H2zM4.5 6l2 2-2 2M8.5 10h3" />,
  views: <path d="M2 3h5v4H2zM9.5 3H14v4H9.5zM2 9.5h5V13H2zM9.5 9.5H14V13H9.5z" />,
  warning: (
    <path d="M8 6v3M8 11.2v.1M7.1 2.9 1.9 12a1 1 0 0 0 .9 1.5h10.4a1 1 0 0 0 .9-1.5L8.9 2.9a1 1 0 0 0-1.8 0Z" />
  ),
  bolt: <path d="M9.2 1.8 3.8 8.9h3.6l-.6 5.3 5.4-7.1H8.6l.6-5.3Z" />,
  clock: <path d="M8 4.5V8l2.4 1.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z" />,
  check: <path d="m3.5 8.5 3 3 6-7" />,
  copy: <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />,
  down: <path d="M8 3v10m0 0 4-4m-4 4L4 9" />,
  puzzle: <path d="M3 5.5h2.6a1.9 1.9 0 1 1 3.3 0H12v3a1.9 1.9 0 1 1 0 3.2v2.8H3z" />,
  examples: <path d="M3 2.5h4v11H3zM7 2.5h3v11H7zM10.2 3l2.6-.6L15 13l-2.6.6z" />,
} as const;

export type IconName = keyof typeof SHAPES;

/** A picture beside a word or inside a labelled button; it says nothing on its own. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): ReactElement {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}

/** The sign of the app: threads over and under each other. */
export function Mark({ size = 22 }: { readonly size?: number }): ReactElement {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
      fill="none"
      strokeLinecap="round"
      strokeWidth="2.6"
    >
      <path d="M3 8h4.8M16.2 8H21" stroke="var(--weft-state-running)" />
      <path d="M3 16h18" stroke="var(--weft-state-wait-data)" />
      <path d="M12 2.8v8M12 20v1.2" stroke="var(--weft-accent)" />
    </svg>
  );
}
