import { describe, expect, test } from 'vitest';
import { contrast, parseColor, type Rgb } from './color';
import { palettes, STYLES, type ThemeName } from './palette';
import { makeTile } from './pattern';
import css from './theme.css?raw';

const themes: readonly ThemeName[] = ['light', 'dark'];

/** The value of a token in theme.css. */
function token(theme: ThemeName, name: string): string | undefined {
  const block = css.slice(css.indexOf(`[data-theme='${theme}']`));
  return new RegExp(`--weft-${name}: (#[0-9a-f]{6});`).exec(block.slice(0, block.indexOf('}')))?.[1];
}

describe.each(themes)('the %s palette', (theme) => {
  const palette = palettes[theme];

  test('has the colours of theme.css', () => {
    for (const { name, color } of palette.styles) expect(`${name} ${color}`).toBe(`${name} ${token(theme, `state-${name}`)}`);
    palette.processes.forEach((color, index) => expect(color).toBe(token(theme, `process-${index + 1}`)));
    expect([palette.panel, palette.sunken, palette.grid, palette.border, palette.accent, palette.danger]).toEqual(
      ['panel', 'sunken', 'grid', 'border', 'accent', 'danger'].map((name) => token(theme, name)),
    );
    expect([palette.text, palette.textMuted, palette.textFaint]).toEqual(
      ['text', 'text-muted', 'text-faint'].map((name) => token(theme, name)),
    );
  });

  test('can be read: words on panels and in bars have the contrast that WCAG asks for', () => {
    for (const color of [palette.text, palette.textMuted, palette.textFaint, palette.danger]) {
      for (const ground of [palette.panel, palette.sunken, palette.hover, palette.selected]) {
        expect(contrast(parseColor(color), parseColor(ground))).toBeGreaterThanOrEqual(4.5);
      }
    }
    for (const { text, fill } of palette.styles) {
      expect(contrast(parseColor(text), parseColor(fill))).toBeGreaterThanOrEqual(4.5);
    }
    for (const color of palette.processes) {
      expect(contrast(parseColor(color), parseColor(palette.panel))).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('tells states apart for readers who see no red or no green: by colour or by pattern', () => {
    for (const blindness of [protanopia, deuteranopia]) {
      for (const one of palette.styles) {
        for (const other of palette.styles) {
          if (one.name >= other.name || one.pattern !== other.pattern) continue;
          const distance = difference(blindness(parseColor(one.fill)), blindness(parseColor(other.fill)));
          expect(`${one.name} ${other.name} ${distance > 40}`).toBe(`${one.name} ${other.name} true`);
        }
      }
    }
  });
});

test('every way to wait has a hatching of its own', () => {
  const waits = palettes.light.styles.filter(({ name }) => name.startsWith('wait-'));
  expect(new Set(waits.map(({ pattern }) => pattern)).size).toBe(waits.length);
  expect(waits.some(({ pattern }) => pattern === 'plain')).toBe(false);
  expect(STYLES).toHaveLength(11);
});

test('a tile repeats without a seam: its hatching goes on where it begins again', () => {
  for (const pattern of ['rising', 'falling', 'level', 'upright', 'cross', 'grid', 'checks', 'dots'] as const) {
    const { size, pixels } = makeTile(pattern, '#ffffff', '#000000', 2);
    const dark = pixels.filter((pixel) => pixel !== 0xffffffff).length;
    expect(dark).toBeGreaterThan(size);
    expect(dark).toBeLessThan((size * size * 3) / 4);
    if (pattern !== 'rising') continue;
    // A diagonal moved along itself by one pixel is the same, over the edge as well.
    const moved = pixels.map((_, index) => {
      const [x, y] = [index % size, Math.floor(index / size)];
      return pixels[((y + 1) % size) * size + ((x + size - 1) % size)];
    });
    expect([...moved]).toEqual([...pixels]);
  }
});

/** Machado, Oliveira and Fernandes (2009), whole loss of one kind of cone; close enough on gamma-encoded colours. */
function protanopia([red, green, blue]: Rgb): Rgb {
  return [
    0.152286 * red + 1.052583 * green - 0.204868 * blue,
    0.114503 * red + 0.786281 * green + 0.099216 * blue,
    -0.003882 * red - 0.048116 * green + 1.051998 * blue,
  ];
}
function deuteranopia([red, green, blue]: Rgb): Rgb {
  return [
    0.367322 * red + 0.860646 * green - 0.227968 * blue,
    0.280085 * red + 0.672501 * green + 0.047413 * blue,
    -0.01182 * red + 0.04294 * green + 0.968881 * blue,
  ];
}
function difference(one: Rgb, other: Rgb): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}
