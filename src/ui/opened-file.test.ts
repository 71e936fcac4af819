import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Program } from '../protocol/program';
import { StartMethodCode } from '../protocol/words';
import { RecordWriter } from '../trace/test-support/record-writer';
import { TraceBuilder } from '../trace/trace-builder';
import { writeTrace } from '../trace/trace-json';
import { formatBytes } from './bytes';
import { readOpenedFile } from './opened-file';

const program: Program = {
  language: 'javascript',
  files: [{ name: 'main.js', text: 'x' }],
  entry: 'main.js',
};

function traceText(): string {
  const builder = new TraceBuilder({ clock: 'real', program });
  builder.append(
    new RecordWriter()
      .write({ kind: 'task-new', other: 2, object: 2, detail: StartMethodCode.initial, value: 'main' })
      .write({ kind: 'output', task: 2, detail: 1, value: 'hello\n', time: 5 })
      .take(),
  );
  return writeTrace(builder.snapshot());
}

async function sentenceOn(name: string, text: string): Promise<string> {
  const opened = await readOpenedFile(new File([text], name));
  return opened.kind === 'problem' ? opened.sentence : opened.kind;
}

describe('a file that is opened', () => {
  test('as a trace comes with its program and all events', async () => {
    const opened = await readOpenedFile(new File([traceText()], 'run.json'));
    expect(opened).toMatchObject({ kind: 'trace', notes: [], trace: { length: 2, header: { program } } });
  });

  test('as a trace cut short keeps what is whole and says so', async () => {
    const whole = traceText();
    const opened = await readOpenedFile(new File([whole.slice(0, whole.length - 20)], 'run.json'));
    expect(opened).toMatchObject({ kind: 'trace' });
    expect(opened.kind === 'trace' && opened.notes.join()).toContain('cut short');
  });

  test('as a source is a program of its language', async () => {
    const opened = await readOpenedFile(new File(['print(1)'], 'hello.py'));
    expect(opened).toEqual({
      kind: 'program',
      settings: DEFAULT_SETTINGS,
      program: { language: 'python', files: [{ name: 'hello.py', text: 'print(1)' }], entry: 'hello.py' },
    });
  });

  test('as a program file is that program', async () => {
    const json = JSON.stringify({
      format: 'weft-program',
      version: 1,
      l: 'js',
      f: ['a.js', '1', 'b.js', '2'],
      e: 1,
    });
    expect(await readOpenedFile(new File([json], 'p.weft.json'))).toMatchObject({
      kind: 'program',
      program: { entry: 'b.js' },
    });
  });

  test.each([
    ['notes.txt', 'hello', 'neither a trace (.json) nor a program'],
    [
      'run.json',
      '{"format": "weft-program", "version": 1}',
      'run.json is not a program file of Weft: unknown language',
    ],
    ['run.json', '{"format": "weft-program", ', 'run.json could not be read'],
    ['run.json', '{"pixels": []}', 'not a Weft trace'],
    ['run.json', '{"traceEvents": []}', 'This file has no trace events in it.'],
    ['run.json', '', 'not a trace'],
    ['big.js', 'x'.repeat(1_100_000), 'big.js is 1 MB; at most 1 MB can be opened'],
  ])('as %s with nonsense in it is refused in a sentence', async (name, text, sentence) => {
    expect(await sentenceOn(name, text)).toContain(sentence);
  });
});

test('sizes are said as files are listed', () => {
  expect([0, 512, 1536, 64 << 20, 1 << 30].map(formatBytes)).toEqual([
    '0 bytes',
    '512 bytes',
    '1.5 KB',
    '64 MB',
    '1 GB',
  ]);
});
