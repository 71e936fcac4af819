import { beforeEach, describe, expect, it } from 'vitest';
import type { Program } from '../protocol/program';
import { setLanguage } from '../text/translate';
import { randomRecords } from './test-support/random-trace';
import { RecordWriter } from './test-support/record-writer';
import { columnsOf } from './test-support/trace-columns';
import { TraceBuilder } from './trace-builder';
import { readTrace, TraceFormatError, traceJsonPieces, writeTrace } from './trace-json';
import type { Trace } from './trace';

const program: Program = {
  language: 'javascript',
  files: [{ name: 'main.js', text: 'print("生产")\n' }],
  entry: 'main.js',
};

function traceOf(records: Int32Array): Trace {
  const builder = new TraceBuilder({ clock: 'real', program });
  builder.append(records);
  return builder.snapshot();
}

const small = traceOf(
  new RecordWriter()
    .file(0, 'main.js')
    .file(1, 'worker.js')
    .write({ kind: 'task-new', time: 0, other: 2, object: 2, detail: 4, value: 'main' })
    .write({ kind: 'task-block', time: 1200, task: 2, object: 1, place: 9, detail: 8 })
    .write({ kind: 'put', time: 1200.25, task: 2, object: 1, place: (1 << 20) | 4, other: 1, value: 0 })
    .write({ kind: 'run-end', time: 2000, detail: 0 })
    .take(),
);

const file = `{"format":"weft-trace","version":1,"clock":"real","unit":"ns","program":${JSON.stringify(program)},
"files":["main.js","worker.js"],
"columns":["time","task","kind","detail","object","place","other","value","extra"],
"events":[
[0,0,"task-new","initial",2,0,2,"main"],
[1200,2,"task-block","queue empty",1,9],
[1200.25,2,"put",0,1,"1:4",1,0],
[2000,0,"run-end","finished"]
]}
`;

function fileWith(...events: string[]): string {
  return `{"format":"weft-trace","version":1,"clock":"real","unit":"ns",\n"events":[\n${events.join(',\n')}\n]}\n`;
}

function failure(text: string): string {
  try {
    readTrace(text);
  } catch (error) {
    expect(error).toBeInstanceOf(TraceFormatError);
    return (error as Error).message;
  }
  throw new Error('the text was read as a trace');
}

beforeEach(() => setLanguage('en'));

describe('a trace as JSON', () => {
  it('has one event a line, with words for kinds and details', () => {
    expect(writeTrace(small)).toBe(file);
  });

  it('comes back as it was', () => {
    const { trace, notes } = readTrace(file);
    expect(notes).toEqual([]);
    expect(trace).toEqual(small);
  });

  it('loses nothing, whatever the records held', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const trace = traceOf(randomRecords(seed, 200));
      const text = writeTrace(trace);
      const back = readTrace(text);
      expect(back.notes).toEqual([]);
      expect(columnsOf(back.trace)).toEqual(columnsOf(trace));
      expect(back.trace).toEqual(trace);
      expect(writeTrace(back.trace)).toBe(text);
    }
  });

  it('is valid JSON as a whole, in pieces for long traces', () => {
    const trace = traceOf(randomRecords(5, 10_000));
    const pieces = [...traceJsonPieces(trace)];
    expect(pieces.length).toBeGreaterThan(3);
    const document = JSON.parse(pieces.join('')) as { events: unknown[] };
    expect(document.events.length).toBe(trace.length);
  });

  it('is valid JSON without any event', () => {
    const empty = traceOf(new Int32Array(0));
    expect(readTrace(writeTrace(empty)).trace).toEqual(empty);
  });
});

describe('reading what is not a whole trace', () => {
  it('says that it is not JSON', () => {
    expect(failure('hello')).toMatch(/^This is not a trace: it is not JSON \(.+\)\.$/);
    expect(failure('')).toMatch(/not JSON/);
    expect(failure('{"format":"other",')).toMatch(/not JSON/);
  });

  it('names another format', () => {
    expect(failure('{"traceEvents":[]}')).toBe(
      'This is not a Weft trace: it does not say "format": "weft-trace".',
    );
    expect(failure('[1,2]')).toMatch(/does not say/);
    expect(failure('{"format":"perf"}')).toBe(
      'This is not a Weft trace: its "format" is "perf", not "weft-trace".',
    );
  });

  it('asks for a reload where the trace is newer', () => {
    expect(failure('{"format":"weft-trace","version":2,"events":{}}')).toBe(
      'Written by a newer Weft (format 2; this one reads up to 1): reload the page to get it.',
    );
    expect(failure(file.replace('"version":1', '"version":7').slice(0, -40))).toMatch(
      /newer Weft \(format 7/,
    );
  });

  it('says so in Chinese to a reader of Chinese', () => {
    setLanguage('zh');
    expect(failure('{"format":"weft-trace","version":2,"events":[]}')).toContain('请重新加载页面');
  });

  it('refuses a head that makes no sense', () => {
    expect(failure('{"format":"weft-trace","version":"1","events":[]}')).toMatch(/"version" is "1"/);
    expect(failure('{"format":"weft-trace","version":1,"unit":"s","events":[]}')).toMatch(/times in "s"/);
    expect(failure('{"format":"weft-trace","version":1}')).toMatch(/no list of "events"/);
    expect(failure('{"format":"weft-trace","version":1,"columns":["time","kind"],"events":[]}')).toMatch(
      /lack "task"/,
    );
  });

  it('keeps the whole events of a file cut anywhere', () => {
    const firstEvent = file.indexOf('[0,0,');
    for (let length = file.indexOf('"events"') + 10; length < file.lastIndexOf(']'); length++) {
      const { trace, notes } = readTrace(file.slice(0, length));
      expect(columnsOf(trace)).toEqual(columnsOf(small).slice(0, trace.length));
      expect(notes.length).toBe(1);
      expect(notes[0]).toMatch(/^This trace is cut short/);
      if (length > firstEvent + 120) expect(trace.length).toBeGreaterThan(1);
    }
    expect(readTrace(file.slice(0, file.indexOf('[1200.25'))).notes).toEqual([
      'This trace is cut short: the 2 whole events were kept.',
    ]);
  });

  it('keeps the whole events of a file without line ends, with brackets in its texts', () => {
    const line = file.replaceAll('\n', '').replace('"main"]', '"m]a]in"]');
    const { trace, notes } = readTrace(line.slice(0, line.indexOf('"run-end"')));
    expect(trace.length).toBe(3);
    expect(notes).toEqual(['This trace is cut short: the 3 whole events were kept.']);
    expect(readTrace(line.slice(0, line.indexOf('in"]'))).trace.length).toBe(0);
  });

  it('says that nothing is left of a file cut before its events', () => {
    expect(failure(file.slice(0, 50))).toBe(
      'This trace is cut short before its first event: there is nothing to show.',
    );
  });

  it('leaves out damaged events and shows the first', () => {
    const { trace, notes } = readTrace(
      fileWith(
        '[1,2,"line"]',
        '7',
        '["soon",2,"line"]',
        '[3,2,"put",0,1.5]',
        '[3,2,"task-block","no such reason"]',
        '[4,2,"line"]',
        '[5,2,"line",300]',
        '[6,2,"line",0,0,"main.js:3"]',
        '[7,2,"put",0,1,0,1,{"deep":true}]',
        '[8,2,"line",0,0,0,0,0,-1]',
      ),
    );
    expect(columnsOf(trace)).toMatchObject([{ time: 1 }, { time: 4 }]);
    expect(notes).toEqual(['8 events could not be read and were left out (the first: 7).']);
  });

  it('leaves out an event nested without end', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const { trace, notes } = readTrace(fileWith('[1,2,"line"]', `[2,2,"put",0,1,0,1,${deep}]`));
    expect(trace.length).toBe(1);
    expect(notes).toEqual(['One event could not be read and was left out ([2,2,"put",0,1,0,1,…]).']);
  });

  it('leaves out a line that is not JSON and keeps those after it', () => {
    const { trace, notes } = readTrace(fileWith('[1,2,"line"]', '[2,2,"li', '[3,2,"line"]'));
    expect([...trace.time]).toEqual([1, 3]);
    expect(notes).toEqual(['One event could not be read and was left out ([2,2,"li,).']);
  });

  it('leaves out kinds unknown here and names them', () => {
    const { trace, notes } = readTrace(
      fileWith('[1,2,"teleport"]', '[2,2,"teleport"]', '[3,2,"string"]', '[4,2,"line"]'),
    );
    expect(trace.length).toBe(1);
    expect(notes).toEqual(['3 events of kinds unknown here were left out: teleport, string.']);
  });

  it('does not take names of every object for kinds', () => {
    expect(readTrace(fileWith('[1,2,"constructor"]', '[1,2,"__proto__"]')).trace.length).toBe(0);
  });

  it('moves an event whose time runs backwards to that of the event before', () => {
    const { trace, notes } = readTrace(fileWith('[5,2,"line"]', '[3,2,"line"]', '[6,2,"line"]'));
    expect([...trace.time]).toEqual([5, 5, 6]);
    expect(notes).toEqual([
      'The time ran backwards at one event; it was put at the time of the event before.',
    ]);
  });

  it('shows a trace whose program or files are damaged, without them', () => {
    const text = fileWith('[1,2,"line"]').replace(
      '"unit"',
      '"program":{"language":"cobol"},"files":[7],"unit"',
    );
    const { trace, notes } = readTrace(text);
    expect(trace.length).toBe(1);
    expect(trace.header.program).toBeUndefined();
    expect(notes.length).toBe(2);
  });

  it('finds columns by their names', () => {
    const text = fileWith('["line","x",9,3]').replace(
      '"events"',
      '"columns":["kind","mood","time","task"],\n"events"',
    );
    expect(columnsOf(readTrace(text).trace)).toMatchObject([{ kind: 'line', time: 9, task: 3 }]);
  });

  it('keeps numbers beyond 31 bits as text', () => {
    expect(
      columnsOf(readTrace(fileWith('[1,2,"put",0,1,0,1,30000000000]', '[1,2,"put",0,1,0,2,1.5]')).trace),
    ).toMatchObject([{ value: '30000000000' }, { value: '1.5' }]);
  });
});
