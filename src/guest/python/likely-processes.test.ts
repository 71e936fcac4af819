import { describe, expect, it } from 'vitest';
import { likelyProcesses } from './likely-processes';

const of = (text: string): number => likelyProcesses({ language: 'python', entry: 'x.py', files: [{ name: 'x.py', text }] });

describe('the processes that a program is likely to have', () => {
  it('are none without what starts them', () => {
    expect(of('import threading, queue\nprint("os fork")\n')).toBe(0);
  });

  it('are a few where it starts some', () => {
    expect(of('import multiprocessing as mp\nmp.Process(target=print).start()\n')).toBe(4);
    expect(of('import os\nif os.fork() == 0:\n    print("child")\n')).toBe(4);
    expect(of('from concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor() as pool: pass\n')).toBe(4);
  });

  it('are as many as it says, where that is more', () => {
    expect(of('from multiprocessing import Pool\nwith Pool(processes=8) as pool: pass\nPool(2)\n')).toBe(8);
  });
});
