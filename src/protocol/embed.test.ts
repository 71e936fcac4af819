import { describe, expect, test } from 'vitest';
import { EMBED_VIEWS, readEmbedOptions, readHostMessage, SHOWS } from './embed';

function read(query: string): { options: ReturnType<typeof readEmbedOptions>; said: string[] } {
  const said: string[] = [];
  return { options: readEmbedOptions(query, (sentence) => said.push(sentence)), said };
}

describe('options of an embed', () => {
  test('are as usual where the address names none', () => {
    expect(read('')).toEqual({
      options: {
        show: 'both', theme: 'auto', lang: 'auto', views: ['output'], readonly: false, autoplay: false,
        run: undefined, lesson: undefined, at: undefined, host: undefined, waits: false,
      },
      said: [],
    });
  });

  test('are read, each', () => {
    const { options, said } = read(
      '?show=timeline&theme=dark&lang=zh&views=why,output,why&readonly&autoplay=true&run=a.json&lesson=3&at=5e8&host=https://a.example/x&waits=1',
    );
    expect(options).toEqual({
      show: 'timeline', theme: 'dark', lang: 'zh', views: ['why', 'output'], readonly: true, autoplay: true,
      run: 'a.json', lesson: '3', at: 5e8, host: 'https://a.example', waits: true,
    });
    expect(said).toEqual([]);
  });

  test.each(['show=all', 'theme=red', 'lang=fr', 'views=all', 'readonly=maybe', 'at=soon', 'colour=red'])(
    'a mistake (%s) is told and left out',
    (query) => {
      const { options, said } = read(`?${query}`);
      expect(options).toEqual(read('').options);
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(/is ignored; /);
    },
  );

  test.each(['javascript:alert(1)', 'data:text/html,x', 'null', '*', ''])('"%s" is no origin to talk to', (host) => {
    expect(read(`?host=${encodeURIComponent(host)}`).options.host).toBeUndefined();
  });
});

describe('messages of the page around', () => {
  test.each([
    { weft: 1, type: 'run' },
    { weft: 1, type: 'seek', time: 5 },
    { weft: 1, type: 'load', trace: '{}' },
    { weft: 1, type: 'load', text: 'x', language: 'javascript', name: 'a b.js' },
  ])('are taken: $type', (message) => expect(readHostMessage(message)).toEqual(message));

  test.each([
    null, 'run', {}, { type: 'run' }, { weft: 2, type: 'run' }, { weft: 1, type: 'eval' }, { weft: 1, type: 'seek', time: '5' },
    { weft: 1, type: 'seek', time: -1 }, { weft: 1, type: 'load' }, { weft: 1, type: 'load', text: 'x'.repeat((1 << 20) + 1) },
  ])('are left alone where they are none: %o', (message) => expect(readHostMessage(message)).toBeUndefined());

  test('a name that is no name of a file is left out', () => {
    expect(readHostMessage({ weft: 1, type: 'load', text: 'x', name: '../../etc' })).toEqual({ weft: 1, type: 'load', text: 'x', language: 'python' });
  });
});

test('of 1,000 addresses and messages that anybody may have made none is taken for what it is not', () => {
  let state = 7;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % limit;
  };
  const odd: readonly unknown[] = ['', 'x', '-1', '1e999', 'NaN', 'javascript:alert(1)', 'lesson', 'a,b,output', 'https://a.example', 0, -5, null, {}, [1], true];
  const names = ['show', 'theme', 'lang', 'views', 'readonly', 'autoplay', 'run', 'lesson', 'at', 'host', 'waits', 'weft', 'type', 'time', 'text', 'trace', '__proto__'];
  const pick = <Thing>(things: readonly Thing[]): Thing => things[below(things.length)];
  for (let round = 0; round < 1000; round++) {
    const fields = Array.from({ length: below(5) }, () => [pick(names), pick(odd)] as const);
    const { options } = read(`?${fields.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`);
    expect(SHOWS).toContain(options.show);
    expect(options.views.every((view) => EMBED_VIEWS.includes(view))).toBe(true);
    expect(options.at === undefined || options.at >= 0).toBe(true);
    expect(options.host === undefined || options.host === 'https://a.example').toBe(true);
    const message = readHostMessage({ weft: 1, type: pick(['run', 'seek', 'load', 'eval']), ...Object.fromEntries(fields) });
    if (message?.type === 'seek') expect(message.time).toBeGreaterThanOrEqual(0);
    else if (message?.type === 'load') expect(typeof (message.text ?? message.trace)).toBe('string');
    else expect(['run', undefined]).toContain(message?.type);
  }
});
