import { describe, expect, test } from 'vitest';
import { contrast, mix, parseColor } from '../../render/color';
import { palettes, type ThemeName } from '../../render/palette';
import player from '../../views/player/player.css?raw';
import page from '../styles/page.css?raw';

/** How much of a process's colour is on a line where one of its tasks is: editor/task-marks.ts, player.css. */
const MARK = 0.11;

/** The colours of code in a style sheet: first those of the light theme, then those of the dark one. */
function codeColors(css: string, prefix: string, theme: ThemeName): [name: string, color: string][] {
  const dark = css.indexOf("[data-theme='dark']");
  const block = theme === 'light' ? css.slice(0, dark) : css.slice(dark);
  return [...block.matchAll(new RegExp(`--${prefix}-(keyword|string|number|comment|name): (#[0-9a-f]{6});`, 'g'))].map(([, name, color]) => [name, color]);
}

describe.each([['the editor', page, 'ui-code', 5], ['a recorded run in a page of a course', player, 'wp', 4]] as const)(
  'the code of %s',
  (_where, css, prefix, count) => {
    test.each(['light', 'dark'] as const)('can be read in the %s theme, also on a line where a task is', (theme) => {
      const { panel, processes, textMuted, textFaint } = palettes[theme];
      const colors = codeColors(css, prefix, theme);
      expect(colors).toHaveLength(count);
      const grounds = [parseColor(panel), ...processes.map((color) => mix(parseColor(panel), parseColor(color), MARK))];
      const unreadable = [...colors, ['operators', textMuted], ['line numbers', textFaint]].filter(
        ([, color]) => grounds.some((ground) => contrast(parseColor(color), ground) < 4.5),
      );
      expect(unreadable).toEqual([]);
    });
  },
);
