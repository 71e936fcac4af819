import { describe, expect, test } from 'vitest';
import { embedSnippet, type EmbedChoice } from './embed-snippet';

const choice: EmbedChoice = { form: 'element', show: 'both', theme: 'auto', readonly: false, height: 460 };
const home = 'https://weft.example/app/';

describe('the lines that put a program into a page', () => {
  test('are a script and an element', () => {
    expect(embedSnippet(home, '#w1=abc', choice)).toBe(
      '<script async src="https://weft.example/app/weft-run.js"></script>\n<weft-run height="460" link="#w1=abc"></weft-run>',
    );
  });

  test('name what is not as usual', () => {
    const text = embedSnippet(home, '#w1=abc', { ...choice, show: 'timeline', theme: 'dark', readonly: true, height: 300 });
    expect(text).toContain('<weft-run show="timeline" theme="dark" readonly height="300" link="#w1=abc">');
  });

  test('are a frame alone where scripts are not allowed', () => {
    const text = embedSnippet(home, '#w1=abc', { ...choice, form: 'frame', show: 'code', theme: 'light', readonly: true });
    expect(text).toContain('src="https://weft.example/app/embed.html?show=code&amp;theme=light&amp;readonly=true#w1=abc"');
  });

  test('hold nothing that ends an attribute', () => {
    const texts = (['element', 'frame'] as const).map((form) => embedSnippet('https://weft.example/a&"b/', '#w1="><script>', { ...choice, form }));
    for (const text of texts) expect(text.replace('<script async', '').match(/"><script>|&"/)).toBeNull();
  });
});
