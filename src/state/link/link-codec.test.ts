import { strToU8, zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Program, type RunSettings } from '../../protocol/program';
import { toBase64Url } from './base64url';
import { BODY_BYTES_AT_MOST, decodeLink, encodeLink, isLinkFragment } from './link-codec';
import type { SharedProgram } from './shared-program';
import { upgradeBody } from './upgraders';

const program: Program = {
  language: 'javascript',
  files: [
    {
      name: 'main.js',
      text: "import { q } from './shared.js';\nexport function main() { q.put('管道 🧵'); }\n",
    },
    { name: 'lib/shared.js', text: "import { Queue } from 'weft';\nexport const q = new Queue(3);\n" },
  ],
  entry: 'lib/shared.js',
};
const shared: SharedProgram = { program, settings: {
  ...DEFAULT_SETTINGS, tracing: false, stdin: 'one\n', cpus: 3, policy: 'pct', quantum: 0.5, seed: 0,
} };

/** The link of version 1 as the first release wrote it: must open for ever. */
const LINK_OF_VERSION_1 =
  '#w1=eNoly0EKgCAQQNGrDLMxITqAHSVbRCgZOopNFIh3r2z54b-CHhXuB_ZoUU0YFkdDSxdSzAwFUnbEUMHmGEBcxrIYNWky' +
  'dxvsSSu7SPDRTkLRBL_pxGa8j0K-e9WEc30A0SslJg';

function linkTo(json: string, version = 2): string {
  return `#w${version}=${toBase64Url(zlibSync(strToU8(json), { level: 0 }))}`;
}
function problemOf(fragment: string): string {
  const opened = decodeLink(fragment);
  return opened.ok ? 'opened' : opened.problem.kind;
}

// Thousands of links take their time on a busy machine.
describe('link codec', { timeout: 60_000 }, () => {
  test('a program and its settings come back from a link as they went in', () => {
    expect(decodeLink(encodeLink(shared))).toEqual({ ok: true, ...shared });
  });

  test('a schedule goes along, with its costs; a damaged one is left out', () => {
    const schedule = { ...DEFAULT_SETTINGS, clock: 'virtual', cpus: 1, policy: 'replay', replay: [2, 41, 3, -1], branches: 0, costs: { wakeUp: 0 } } as const;
    expect(decodeLink(encodeLink({ program, settings: schedule }))).toEqual({ ok: true, program, settings: schedule });
    for (const replay of [[2, -1], '2:', '2:-1', {}]) {
      const link = linkTo(JSON.stringify({ l: 'js', f: ['a.js', ''], s: { clock: 'virtual', policy: 'replay', replay, costs: { wakeUp: -1, x: 3 } } }));
      expect(decodeLink(link)).toMatchObject({ ok: true, settings: { ...DEFAULT_SETTINGS, clock: 'virtual' } });
      expect(decodeLink(link)).not.toHaveProperty('settings.policy');
      expect(decodeLink(link)).not.toHaveProperty('settings.costs');
    }
  });

  test('a short program makes a short link', () => {
    const text = 'export function main() {\n  print("hello");\n}\n';
    const fragment = encodeLink({
      program: { language: 'javascript', files: [{ name: 'main.js', text }], entry: 'main.js' },
      settings: DEFAULT_SETTINGS,
    });
    expect(fragment.length).toBeLessThan(160);
    expect(fragment).toMatch(/^#w2=[A-Za-z0-9_-]+$/);
  });

  test('an anchor or nothing is no link', () => {
    expect(['', '#', '#help', '#w=1', '#wx1=abc'].filter(isLinkFragment)).toEqual([]);
    expect(isLinkFragment('#w1=abc')).toBe(true);
  });

  test('a link from a newer page says both versions', () => {
    expect(decodeLink(linkTo('{}', 7))).toEqual({
      ok: false,
      problem: { kind: 'too new', version: 7, reads: 2 },
    });
  });

  test('a link that unpacks to more than the limit is refused without unpacking it whole', () => {
    const bomb = toBase64Url(zlibSync(new Uint8Array(16 << 20), { level: 1 }));
    expect(bomb.length).toBeLessThan(200_000);
    expect(decodeLink(`#w1=${bomb}`)).toEqual({
      ok: false,
      problem: { kind: 'too large', limitBytes: BODY_BYTES_AT_MOST },
    });
  });

  test('a fragment of megabytes is refused unread', () => {
    expect(problemOf(`#w1=${'A'.repeat(3 << 20)}`)).toBe('too large');
  });

  test.each([
    ['nothing after the version', '#w1='],
    ['letters outside the alphabet', '#w1=ab+c'],
    ['percent escapes', '#w1=%00%00'],
    ['bytes that are not compressed', `#w1=${toBase64Url(strToU8('hello, world'))}`],
    ['a text that is not JSON', linkTo('{"l":')],
    ['a list', linkTo('[]')],
    ['null', linkTo('null')],
    ['an unknown language', linkTo('{"l":"rb","f":["a.rb",""]}')],
    ['no files', linkTo('{"l":"js","f":[]}')],
    ['a name without a text', linkTo('{"l":"js","f":["a.js"]}')],
    ['a text that is a number', linkTo('{"l":"js","f":["a.js",1]}')],
    ['two files of one name', linkTo('{"l":"js","f":["a.js","","a.js",""]}')],
    ['a name that climbs out', linkTo('{"l":"js","f":["../a.js",""]}')],
    ['a name with a hidden direction mark', linkTo('{"l":"js","f":["a\\u202ejs",""]}')],
    ['an entry that is not there', linkTo('{"l":"js","f":["a.js",""],"e":3}')],
    ['an entry by prototype', linkTo('{"l":"js","f":["a.js",""],"e":"length"}')],
    ['a language by prototype', linkTo('{"l":"constructor","f":["a.js",""]}')],
    [
      'too many files',
      linkTo(JSON.stringify({ l: 'js', f: Array.from({ length: 130 }, (_, i) => `f${i >> 1}`) })),
    ],
  ])('damaged: %s', (_name, fragment) => {
    expect(problemOf(fragment)).toBe('damaged');
  });

  test('a setting that makes no sense is left out and the program opens', () => {
    const opened = decodeLink(
      linkTo('{"l":"js","f":["a.js","x"],"s":{"tracing":"no","memoryBytes":1e99,"stdin":[]}}'),
    );
    expect(opened).toMatchObject({ ok: true, settings: DEFAULT_SETTINGS, program: { entry: 'a.js' } });
  });

  test('a link cut at any length is a program or a problem', () => {
    const whole = encodeLink(shared);
    for (let length = 0; length < whole.length; length++) {
      expect(decodeLink(whole.slice(0, length)).ok).toBe(false);
    }
  });

  test('of 2,000 links with changed, lost and added letters none throws and none opens as another program', () => {
    const random = seededRandom(71);
    const whole = encodeLink(shared);
    let damaged = 0;
    for (let round = 0; round < 2000; round++) {
      const opened = decodeLink(mutate(whole, random));
      if (opened.ok) expect(opened).toEqual({ ok: true, ...shared });
      else if (opened.problem.kind === 'damaged') damaged++;
    }
    expect(damaged).toBeGreaterThan(1500);
  });

  test('2,000 links to damaged JSON never throw', () => {
    const random = seededRandom(1289);
    const json = JSON.stringify({
      l: 'js',
      f: ['main.js', 'print(1)'],
      e: 0,
      s: { tracing: false, stdin: 'x' },
    });
    let opened = 0;
    for (let round = 0; round < 2000; round++) {
      const answer = problemOf(linkTo(mutate(json, random)));
      if (answer === 'opened') opened++;
      else expect(answer).toBe('damaged');
    }
    expect(opened).toBeGreaterThan(0);
  });

  test('programs that run side by side go along, and what names no other file is left out', () => {
    const files = ['server.py', 'words.py', 'client.py'].map((name) => ({ name, text: name }));
    const program = { language: 'python', files, entry: 'server.py', beside: ['client.py'] } as const;
    expect(decodeLink(encodeLink({ program, settings: DEFAULT_SETTINGS }))).toMatchObject({ ok: true, program });
    const besideOf = (b: string): unknown => {
      const link = decodeLink(linkTo(`{"l":"py","f":["a.py","","b.py","","c.py",""],"b":${b}}`));
      return link.ok && link.program.beside;
    };
    expect(['[2,1,2,0,7,-1,"1",null]', '[0]', '{"0":1}', '1'].map(besideOf)).toEqual([['c.py', 'b.py'], undefined, undefined, undefined]);
  });

  test('the choices of a run go along, in a few hundred characters for a short program', () => {
    const random = seededRandom(3);
    const replay = Array.from({ length: 100 }, () => [2 + Math.floor(random() * 4), random() < 0.5 ? -1 : Math.floor(random() * 900)]).flat();
    const text = "import threading\n\ndef work(n):\n    print('hello', n)\n\nfor n in range(3):\n    threading.Thread(target=work, args=(n,)).start()\n";
    const program: Program = { language: 'python', files: [{ name: 'main.py', text }], entry: 'main.py' };
    const settings: RunSettings = { ...DEFAULT_SETTINGS, policy: 'replay', cpus: 1, seed: 5, replay };
    const link = encodeLink({ program, settings });
    expect(decodeLink(link)).toEqual({ ok: true, program, settings });
    expect(link.length).toBeLessThan(700);
  });

  test.each(['{"policy":"replay"}', '{"policy":"replay","replay":[2,-1]}', '{"policy":"replay","replay":"2 :"}', '{"replay":"2"}'])(
    'choices that are none are left out, and the program opens: %s', (settings) => {
      expect(decodeLink(linkTo(`{"l":"js","f":["a.js",""],"s":${settings}}`))).toMatchObject({ ok: true, settings: DEFAULT_SETTINGS });
    },
  );

  test('notes go along, and bad ones are left out', () => {
    const program = { language: 'javascript', entry: 'a.js', files: [{ name: 'a.js', text: 'x' }] } as const;
    const notes = [{ time: 0, text: '' }, { time: 41_000_000, text: 'here it wakes <b>' }];
    const link = decodeLink(encodeLink({ program, settings: DEFAULT_SETTINGS, notes }));
    expect(link.ok && link.notes).toEqual(notes);
    const bad = decodeLink(encodeLink({ program, settings: DEFAULT_SETTINGS, notes: [{ time: -5, text: 'no' }, notes[1]] }));
    expect(bad.ok && bad.notes).toEqual([notes[1]]);
  });

  test('the playhead and the speed of playing go along, and nonsense in their place is left out', () => {
    const program = { language: 'javascript', entry: 'a.js', files: [{ name: 'a.js', text: 'x' }] } as const;
    const link = decodeLink(encodeLink({ program, settings: DEFAULT_SETTINGS, playhead: 41_000_000.4, speed: 0.01 }));
    expect(link).toMatchObject({ ok: true, playhead: 41_000_000, speed: 0.01 });
    const bad = decodeLink(linkTo('{"l":"js","f":["a.js",""],"p":"soon","x":-1}'));
    expect(bad.ok && [bad.playhead, bad.speed]).toEqual([undefined, undefined]);
  });
});

describe('link upgraders', () => {
  test('an old body goes through each step in turn', () => {
    const steps = new Map([
      [1, (body: unknown) => [body, 'two']],
      [2, (body: unknown) => [body, 'three']],
    ]);
    expect(upgradeBody('one', 1, steps, 3)).toEqual([['one', 'two'], 'three']);
    expect(upgradeBody('two', 2, steps, 3)).toEqual(['two', 'three']);
  });

  test('a missing step is a mistake of ours and says which', () => {
    expect(() => upgradeBody('one', 1, new Map(), 2)).toThrow('missing link upgrader from version 1');
  });

  test("the first release's link still opens", () => {
    const text = "import { print } from 'weft';\n\nexport function main() {\n  print('hello');\n}\n";
    expect(decodeLink(LINK_OF_VERSION_1)).toEqual({
      ok: true,
      program: { language: 'javascript', files: [{ name: 'main.js', text }], entry: 'main.js' },
      settings: { ...DEFAULT_SETTINGS, clock: 'real' },
    });
  });

  test('a link of version 1 keeps its clock: real time, unless it says another', () => {
    const clockOf = (settings: string): unknown => {
      const opened = decodeLink(linkTo(`{"l":"js","f":["a.js",""]${settings}}`, 1));
      return opened.ok && opened.settings.clock;
    };
    expect([clockOf(''), clockOf(',"s":{"stdin":"x"}'), clockOf(',"s":{"clock":"virtual"}')]).toEqual(['real', 'real', 'virtual']);
    expect(problemOf(linkTo('null', 1))).toBe('damaged');
  });
});

/** Replaces, drops, doubles or inserts one to four letters. */
function mutate(text: string, random: () => number): string {
  const letters = 'ABCxyz019-_=#%"{}[]:,\\\u0000é';
  let mutated = text;
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
    const at = Math.floor(random() * mutated.length);
    const letter = letters[Math.floor(random() * letters.length)];
    const kind = Math.floor(random() * 4);
    if (kind === 0) mutated = mutated.slice(0, at) + letter + mutated.slice(at + 1);
    else if (kind === 1) mutated = mutated.slice(0, at) + mutated.slice(at + 1);
    else if (kind === 2) mutated = mutated.slice(0, at) + letter + mutated.slice(at);
    else mutated = mutated.slice(0, at) + mutated.slice(at, at + 8) + mutated.slice(at);
  }
  return mutated;
}

/** mulberry32: small, seeded, good enough to choose letters. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
