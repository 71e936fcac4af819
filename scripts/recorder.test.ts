import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Interval, TraceModel } from '../src/trace/trace';
import { describeInterval } from '../src/trace/describe';
import { buildModel } from '../src/trace/model';
import { readTrace } from '../src/trace/trace-json';
import { recorderText } from './recorder.mjs';

const folder = mkdtempSync(join(tmpdir(), 'weft-recorder-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'weft_recorder.py'), recorderText());

// Each wait is one that must come to pass, however slow the machine: a condition's wait begins before who notifies can.
const THREADS = `import queue, sys, threading

cond = threading.Condition()
lock = threading.Lock()
q = queue.Queue(1)

def helper():
    with cond:
        cond.notify()
    print('patient' if lock.acquire(timeout=0.05) else 'impatient')
    raise ValueError('helper gives up')

with cond:
    lock.acquire()
    thread = threading.Thread(target=helper, name='helper')
    thread.start()
    cond.wait()
thread.join()
lock.release()
q.put('first')
try:
    q.put('second', timeout=0.05)
except queue.Full:
    print('full', file=sys.stderr)
print(q.get(), [each.name for each in threading.enumerate()])
q.get_nowait()
`;
const PROCESSES = `import multiprocessing as mp, sys

def child(ready, letters):
    with ready:
        ready.notify()
    letters.put('from ' + mp.current_process().name)
    sys.exit(3)

if __name__ == '__main__':
    for method in ('fork', 'spawn'):
        context = mp.get_context(method)
        ready = context.Condition()
        letters = context.Queue()
        with ready:
            process = context.Process(target=child, args=(ready, letters), name=method + 'ed')
            process.start()
            ready.wait()
        print(letters.get())
        process.join()
        print(process.exitcode)
    sys.exit(5)
`;

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function python(...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync('python3', args, { cwd: folder, encoding: 'utf8', input: '' });
  return { status, stdout, stderr };
}

/** A machine without one still has the page's other tests. */
const version = /^Python 3\.(\d+)/.exec(spawnSync('python3', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
const isThere = Number(version ?? 0) >= 9;

/** Runs a program with and without the recorder; answers the recorded run. */
function recorded(name: string, text: string): TraceModel {
  writeFileSync(join(folder, name), text);
  const [plain, watched] = [python(name), python('weft_recorder.py', name, '-o', 'run.json')];
  expect(watched).toEqual(plain);
  const { trace, notes } = readTrace(readFileSync(join(folder, 'run.json'), 'utf8'));
  expect(notes).toEqual([]);
  return buildModel(trace);
}

function waitsOf(model: TraceModel, name: string): readonly Interval[] {
  const task = model.tasks.find((each) => each.name === name);
  return (task && model.intervals.get(task.tid)?.filter(({ state }) => state === 'blocked')) ?? [];
}

describe.runIf(isThere)('a program under a real CPython', () => {
  test('of threads: who waited, for what, until who did what; its output, its exceptions and its status as without the recorder', () => {
    const model = recorded('threads.py', THREADS);
    expect(model.tasks.map(({ name, status }) => [name, status])).toEqual([['main', 1], ['helper', 1]]);
    expect(model.objects.map(({ type, name }) => `${type} ${name}`)).toEqual(['condition cond', 'rlock cond.lock', 'lock lock', 'queue q']);
    const sentences = [...waitsOf(model, 'main'), ...waitsOf(model, 'helper')].map((each) => describeInterval(model, each));
    const said = (pattern: RegExp): void => expect(sentences).toContainEqual(expect.stringMatching(pattern));
    said(/^main waited .* for cond to be notified; helper notified it at line 9/);
    said(/^helper waited .* for lock/);
    said(/^main waited .* for q to have room/);
    expect(waitsOf(model, 'helper').find(({ reason, object }) => reason === 'lock' && model.objectById.get(object)?.name === 'lock'))
      .toMatchObject({ cause: 'timed out' });
    expect([...(model.series.find(({ object }) => model.objectById.get(object)?.name === 'q')?.values ?? [])]).toEqual([0, 1, 0]);
    expect(model.output.map(({ text }) => text).join('')).toContain('impatient\n');
    expect(model.end).toEqual({ reason: 'finished', status: 1 });
  });

  test('of processes, by fork and by spawn: their queues, their ends and their exit codes', () => {
    const model = recorded('processes.py', PROCESSES);
    const own = model.tasks.filter(({ machinery }) => !machinery);
    expect(own.map(({ name, method, status, reapedAt }) => [name, method, status, reapedAt !== undefined])).toEqual([
      ['main', 'initial', 5, false], ['forked', 'fork', 3, true], ['spawned', 'spawn', 3, true],
    ]);
    const sentences = waitsOf(model, 'main').map((each) => describeInterval(model, each));
    for (const name of ['forked', 'spawned']) {
      expect(sentences).toContainEqual(expect.stringMatching(new RegExp(`^main waited .* for ready to be notified; ${name} notified it at line 5`)));
    }
    const messages = model.links.filter(({ kind }) => kind === 'message').map(({ from, to }) => [from, to].map((tid) => model.taskByTid.get(tid)?.name));
    expect(messages).toEqual([['forked', 'main'], ['spawned', 'main']]);
  });
});

test('is one file for its users, without a package to install', () => {
  const imported = [...recorderText().matchAll(/^ *import ([\w.]+)/gm)].map(([, name]) => name.split('.')[0]);
  expect(new Set(imported)).toEqual(new Set([
    '_thread', 'atexit', 'builtins', 'concurrent', 'dis', 'json', 'multiprocessing', 'os', 'queue', 'reprlib', 'selectors', 'shutil', 'signal',
    'socket', 'sys', 'tempfile', 'threading', 'time', 'traceback', 'types',
  ]));
});
