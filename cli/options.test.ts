import { describe, expect, test } from 'vitest';
import { parseCommandLine } from './options.mjs';
import { UsageError } from './usage-error.mjs';

function refusal(...args: string[]): string {
  try {
    parseCommandLine(args);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('the command line', () => {
  test('one file is a run with nothing else asked for', () => {
    expect(parseCommandLine(['run', 'a.js'])).toEqual({
      command: 'run',
      options: {
        files: ['a.js'], clock: 'virtual', virtual: {}, replay: undefined, trace: undefined, out: undefined, stdin: undefined,
        timeoutSeconds: undefined, paths: [], together: false, jobs: 1,
      },
    });
  });

  test('options stand before, between and after files, with = or a space', () => {
    expect(parseCommandLine([
      'run', '--timeout=2.5', 'a.js', '--out', 'results', 'b.py', '--stdin', '-', '--path', 'x', '--path=y', '--jobs', '2',
      '--clock', 'real',
    ])).toEqual({
      command: 'run',
      options: {
        files: ['a.js', 'b.py'], clock: 'real', virtual: {}, replay: undefined, trace: undefined, out: 'results', stdin: '-',
        timeoutSeconds: 2.5, paths: ['x', 'y'], together: false, jobs: 2,
      },
    });
  });

  test('an option of virtual time asks for virtual time', () => {
    expect(parseCommandLine(['run', 'a.js', '--clock', 'virtual'])).toMatchObject({ options: { clock: 'virtual', virtual: {} } });
    expect(parseCommandLine(['run', 'a.py', 'b.py', '--together'])).toMatchObject({ options: { clock: 'virtual', together: true } });
    expect(parseCommandLine(['run', 'a.py', 'b.py', '--together', '--clock', 'real'])).toMatchObject({ options: { clock: 'real' } });
    expect(parseCommandLine(['run', 'a.js', '--cpus', '4', '--policy', 'random', '--quantum', '0.5', '--seed', '7'])).toMatchObject({
      options: { clock: 'virtual', virtual: { cpus: 4, policy: 'random', quantum: 0.5, seed: 7 } },
    });
    expect(parseCommandLine(['run', 'a.js', '--replay', 'run.json'])).toMatchObject({
      options: { clock: 'virtual', virtual: {}, replay: 'run.json' },
    });
  });

  test('programs side by side are two or more, with names of their own', () => {
    expect(parseCommandLine(['run', 's.py', 'c.py', '--together', '--trace', 't'])).toMatchObject({ options: { together: true } });
    expect(refusal('run', 's.py', '--together')).toMatch(/^missing file/);
    expect(refusal('run', 'a/s.py', 'b/s.py', '--together')).toMatch(/^duplicate name/);
    expect(refusal('run', 's.py', 'c.py', '--together', '--jobs', '2')).toMatch(/^invalid --jobs/);
    expect(refusal('run', 's.js', 'c.js', '--together')).toMatch(/^invalid --together/);
    expect(parseCommandLine(['run', 's.py', 'c.py', '--together', '--replay', 'r'])).toMatchObject({ options: { replay: 'r' } });
  });

  test('what follows -- is a file, whatever it looks like', () => {
    expect(parseCommandLine(['run', '--', '--help'])).toMatchObject({ options: { files: ['--help'] } });
  });

  test('--help and --version win over everything but a mistake', () => {
    expect(parseCommandLine(['run', '--help'])).toEqual({ command: 'help' });
    expect(parseCommandLine(['-h'])).toEqual({ command: 'help' });
    expect(parseCommandLine(['--version'])).toEqual({ command: 'version' });
    expect(refusal('--help', '--frob')).toMatch(/^unknown option "--frob"/);
  });

  test.each([
    [[], 'missing command'],
    [['a.js'], 'unknown command "a.js"'],
    [['run'], 'missing file'],
    [['run', 'a.js', '--frob'], 'unknown option "--frob"'],
    [['run', 'a.js', '-x'], 'unknown option "-x"'],
    [['run', 'a.js', '--constructor'], 'unknown option "--constructor"'],
    [['run', 'a.js', '--trace'], 'missing value after "--trace"'],
    [['run', 'a.js', '--trace', '--out', 'x'], 'missing value after "--trace"'],
    [['run', 'a.js', '--out='], 'missing value after "--out"'],
    [['run', 'a.js', '--help=yes'], 'invalid option "--help=yes"'],
    [['run', 'a.js', '--stdin', 'x', '--stdin', 'y'], 'duplicate option "--stdin"'],
    [['run', 'a.js', '--clock', 'wall'], 'unsupported --clock "wall": there are "virtual" and "real"'],
    [['run', 'a.js', '--clock', 'real', '--seed', '1'], 'invalid --seed: it is for --clock virtual'],
    [['run', 'a.js', '--cpus', '9'], 'invalid --cpus "9": give a whole number from 1 to 8'],
    [['run', 'a.js', '--policy', 'lottery'], 'unknown --policy "lottery": there are fifo, round-robin, priority, random, pct'],
    [['run', 'a.js', '--quantum', '0'], 'invalid --quantum "0": give a number of milliseconds above 0'],
    [['run', 'a.js', '--seed', '-1'], 'missing value after "--seed"'],
    [['run', 'a.js', '--seed=-1'], 'invalid --seed "-1": give a whole number from 0 to 4294967295'],
    [['run', 'a.js', '--replay', 'x', '--cpus', '2'], 'invalid --cpus: with --replay the recorded run says it'],
    [['run', 'a.js', 'b.js', '--replay', 'x'], 'invalid --replay: it is for one program'],
    [['run', 'a.js', '--timeout', 'soon'], 'invalid --timeout "soon"'],
    [['run', 'a.js', '--timeout', '0'], 'invalid --timeout "0"'],
    [['run', 'a.js', '--timeout', '1e9'], 'invalid --timeout "1e9"'],
    [['run', 'a.js', '--jobs', '1.5'], 'invalid --jobs "1.5"'],
    [['run', 'a.js', '--jobs', '0'], 'invalid --jobs "0"'],
    [['run', 'a.js', 'b.js', '--trace', 't.json'], 'invalid --trace'],
    [['run', 'x/a.js', 'y/a.py', '--out', 'results'], 'duplicate name "a" of x/a.js and y/a.py'],
  ])('%j is refused', (args, beginning) => {
    const sentence = refusal(...args);
    expect(sentence).toMatch(/^[a-z].{20,}$/);
    expect(sentence.startsWith(beginning)).toBe(true);
  });

  test('record is a run of one program whose trace is kept', () => {
    expect(parseCommandLine(['record', 'dir/a.py', '--cpus', '1'])).toEqual({
      command: 'run',
      options: {
        files: ['dir/a.py'], clock: 'virtual', virtual: { cpus: 1 }, replay: undefined, trace: 'a.trace.json', out: undefined, stdin: undefined,
        timeoutSeconds: undefined, paths: [], together: false, jobs: 1,
      },
    });
    expect(parseCommandLine(['record', 'a.py', '-o', 'r.json'])).toMatchObject({ options: { trace: 'r.json' } });
    expect(refusal('record', 'a.py', 'b.py')).toMatch(/^invalid file "b.py"/);
    expect(refusal('record', 'a.py', '--jobs', '2')).toMatch(/^unknown option "--jobs"/);
  });

  test('picture takes a program or a recorded run, and moments in the units of clocks', () => {
    expect(parseCommandLine(['picture', 'a.trace.json', '--from', '1.5', '--to', '2500ms'])).toEqual({
      command: 'picture',
      options: {
        file: 'a.trace.json', out: 'a.svg', language: 'en', run: undefined,
        picture: { kind: 'svg', theme: 'light', width: 1200, from: 1.5e9, to: 2.5e9 },
      },
    });
    expect(parseCommandLine(['picture', 'a.py', '-o', 'b.PNG', '--theme', 'dark', '--seed', '4', '--lang', 'zh'])).toMatchObject({
      options: { out: 'b.PNG', language: 'zh', picture: { kind: 'png', theme: 'dark' }, run: { files: ['a.py'], virtual: { seed: 4 } } },
    });
    expect(refusal('picture', 'a.json', '--seed', '4')).toMatch(/^invalid --seed: a recorded run is not run again/);
    expect(refusal('picture', 'a.json', '-o', 'a.gif')).toMatch(/^invalid --out/);
    expect(refusal('picture', 'a.json', '--from', 'noon')).toMatch(/^invalid --from/);
    expect(refusal('picture', 'a.json', '--from', '2', '--to', '1s')).toMatch(/^invalid --to/);
    expect(refusal('picture', 'a.json', '--theme', 'pink')).toMatch(/^unknown --theme "pink": there are light, dark/);
  });

  test('grade needs a lesson', () => {
    expect(parseCommandLine(['grade', 'a.py', '--lesson', 'lock'])).toEqual({
      command: 'grade', options: { file: 'a.py', lesson: 'lock', language: 'en', trace: undefined },
    });
    expect(refusal('grade', 'a.py')).toMatch(/^missing --lesson/);
    expect(parseCommandLine(['grade', 'a.py', '--help'])).toEqual({ command: 'help' });
  });
});
