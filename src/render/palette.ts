import { contrast, mix, parseColor, toHex, type Rgb } from './color';
import type { Pattern } from './pattern';

export type ThemeName = 'light' | 'dark';

/** What a bar of a lane can mean, from the bottom of a column of shares to its top. The number is the style's code. */
export const STYLES = [
  'running', 'ready', 'wait-gil', 'wait-lock', 'wait-data', 'wait-task', 'wait-outside', 'wait-time', 'stopped', 'zombie',
  'new',
] as const;
export type StyleName = (typeof STYLES)[number];
export const STYLE_COUNT = STYLES.length;
export const StyleCode = Object.fromEntries(STYLES.map((name, code) => [name, code])) as Readonly<Record<StyleName, number>>;

export interface BarStyle {
  readonly name: StyleName;
  /** The colour that means it: edges, legend, chips. */
  readonly color: string;
  readonly fill: string;
  /** Lines of the pattern, for readers who cannot tell the colours apart. */
  readonly line: string;
  readonly pattern: Pattern;
  readonly text: string;
}

export interface Palette {
  readonly theme: ThemeName;
  readonly styles: readonly BarStyle[];
  readonly panel: string;
  readonly sunken: string;
  readonly grid: string;
  readonly border: string;
  readonly borderStrong: string;
  readonly hover: string;
  readonly selected: string;
  readonly text: string;
  readonly textMuted: string;
  readonly textFaint: string;
  readonly accent: string;
  readonly danger: string;
  readonly processes: readonly string[];
}

/** The same numbers as in theme.css. */
const tokens = {
  light: {
    panel: '#ffffff', sunken: '#f8f9fa', grid: '#edeff2', border: '#e2e5ea', borderStrong: '#c3c9d2', hover: '#eef0f3',
    selected: '#e4edfd', text: '#171a1f', textMuted: '#555d69', textFaint: '#636b78', accent: '#2463d6', danger: '#bd2c22',
  },
  dark: {
    panel: '#15181c', sunken: '#111417', grid: '#1e2228', border: '#272c33', borderStrong: '#414954', hover: '#1f242a',
    selected: '#1b2c4a', text: '#e8eaed', textMuted: '#a4acb8', textFaint: '#929ba8', accent: '#7aa8ff', danger: '#ff8a7d',
  },
} as const;

const stateColors: Readonly<Record<ThemeName, Readonly<Record<StyleName, string>>>> = {
  light: {
    'new': '#c9ced6', 'running': '#12806a', 'ready': '#e9b949', 'wait-gil': '#a8821c', 'wait-lock': '#c8553d',
    'wait-data': '#2f6fb7', 'wait-task': '#8e5bb5', 'wait-time': '#7d8794', 'wait-outside': '#b0567f',
    'stopped': '#3f4650', 'zombie': '#6d675f',
  },
  dark: {
    'new': '#3d444e', 'running': '#35b394', 'ready': '#e5b750', 'wait-gil': '#d3ab3c', 'wait-lock': '#e8795f',
    'wait-data': '#64a3e8', 'wait-task': '#b78ade', 'wait-time': '#8a93a0', 'wait-outside': '#db83aa',
    'stopped': '#b4bbc6', 'zombie': '#938b80',
  },
};

const processColors: Readonly<Record<ThemeName, readonly string[]>> = {
  light: ['#1f66c2', '#a8480f', '#14765f', '#8340a8', '#a3304f', '#6a6200', '#27708c', '#6b5548'],
  dark: ['#6eaaf7', '#f0955c', '#4cc7a5', '#c490ea', '#f287a3', '#cfc04a', '#63bfdf', '#c2a391'],
};

const patterns: Readonly<Record<StyleName, Pattern>> = {
  'running': 'plain', 'ready': 'plain', 'wait-gil': 'grid', 'wait-lock': 'falling', 'wait-data': 'rising',
  'wait-task': 'level', 'wait-time': 'dots', 'wait-outside': 'upright', 'stopped': 'checks', 'zombie': 'cross',
  'new': 'plain',
};

/** How much of the meaning's colour is in the fill and in the lines: work is solid, waits are pale. */
type Weights = Readonly<Record<StyleName, readonly [fill: number, line: number]>>;
const weights: Readonly<Record<ThemeName, Weights>> = {
  light: {
    'running': [1, 1], 'ready': [0.9, 0.9], 'wait-gil': [0.2, 0.45], 'wait-lock': [0.15, 0.36], 'wait-data': [0.13, 0.32],
    'wait-task': [0.12, 0.28], 'wait-time': [0.07, 0.34], 'wait-outside': [0.13, 0.34], 'stopped': [0.88, 0.7],
    'zombie': [0.16, 0.42], 'new': [0.45, 0.45],
  },
  dark: {
    'running': [0.62, 0.62], 'ready': [0.85, 0.85], 'wait-gil': [0.22, 0.42], 'wait-lock': [0.2, 0.36],
    'wait-data': [0.18, 0.34], 'wait-task': [0.17, 0.31], 'wait-time': [0.1, 0.34], 'wait-outside': [0.19, 0.36],
    'stopped': [0.8, 0.64], 'zombie': [0.18, 0.38], 'new': [0.55, 0.55],
  },
};

const inks = ['#ffffff', '#10151b'].map(parseColor);

export const palettes: Readonly<Record<ThemeName, Palette>> = { light: paletteOf('light'), dark: paletteOf('dark') };

function paletteOf(theme: ThemeName): Palette {
  const panel = parseColor(tokens[theme].panel);
  return {
    theme,
    ...tokens[theme],
    processes: processColors[theme],
    styles: STYLES.map((name) => {
      const color = parseColor(stateColors[theme][name]);
      const [fill, line] = weights[theme][name];
      return {
        name,
        color: toHex(color),
        fill: toHex(mix(panel, color, fill)),
        line: toHex(mix(panel, color, line)),
        pattern: patterns[name],
        text: textOn(mix(panel, color, fill)),
      };
    }),
  };
}

/** Near-black or white, whichever reads better. */
function textOn(fill: Rgb): string {
  const [light, dark] = inks;
  return toHex(contrast(light, fill) >= contrast(dark, fill) ? light : dark);
}
