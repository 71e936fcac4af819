/** Red, green, blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads `#rrggbb`. */
export function parseColor(hex: string): Rgb {
  const number = Number.parseInt(hex.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** `part` (0 to 1) of `over` on `under`. */
export function mix(under: Rgb, over: Rgb, part: number): Rgb {
  return [0, 1, 2].map((channel) => Math.round(under[channel] + (over[channel] - under[channel]) * part)) as unknown as Rgb;
}

export function toHex(color: Rgb): string {
  return `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** As image data has it on every machine that browsers run on: the lowest byte is red. */
export function toPixel(color: Rgb): number {
  return ((255 << 24) | (color[2] << 16) | (color[1] << 8) | color[0]) >>> 0;
}

/** What {@link toPixel} was given. */
export function fromPixel(pixel: number): Rgb {
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
}

/** Contrast of two colours as WCAG 2 defines it, from 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
