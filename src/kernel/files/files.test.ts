import { describe, expect, it } from 'vitest';
import { DONE, EBADF, EEXIST, EISDIR, ENOENT, ENOSPC, ENOTDIR, ENOTEMPTY } from '../../protocol/errno';
import { closeHandle, openHandle } from '../handles';
import { freeBytes } from '../page-allocator';
import { Random } from '../test-support/random';
import { SimulatedMachine, type SimulatedTask } from '../test-support/simulated-machine';
import {
  changeFile, fileAttributes, listFolder, lookUp, makeFile, openFile, placeOfFiles, removeFolder, renameFile, unlinkFile, wholeFile,
} from './files';
import { readOpenFile, seekOpenFile, writeOpenFile } from './open-file';

const FILE = 0o100644;
const FOLDER = 0o040755;
const [O_RDONLY, O_WRONLY, O_RDWR, O_APPEND] = [0, 1, 2, 1024];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function machineWithFiles() {
  const machine = new SimulatedMachine();
  const a = machine.boot();
  const b = a.start();
  const root = a.do((k) => placeOfFiles(k, '/home'));
  const make = (name: string, mode = FILE, folder = root): number => a.do((k) => makeFile(k, folder, name, mode));
  const read = (task: SimulatedTask, file: number, most = 1000, position?: number): string | number => {
    const outcome = task.do((k) => readOpenFile(k, file, most, position));
    return outcome === DONE ? new TextDecoder().decode(task.kernel.scratch.slice(0, task.kernel.result)) : outcome;
  };
  const write = (task: SimulatedTask, file: number, text: string, position?: number): number => (
    task.do((k) => writeOpenFile(k, file, bytes(text), position))
  );
  return { machine, a, b, root, make, read, write };
}

describe('files', () => {
  it('are the same in all processes, by name', () => {
    const { a, b, root, make, write } = machineWithFiles();
    const inode = make('log');
    write(a, a.do((k) => openFile(k, inode, O_WRONLY, 3)), 'from a');
    expect(b.do((k) => placeOfFiles(k, '/home'))).toBe(root);
    expect(b.do((k) => lookUp(k, root, 'log'))).toBe(inode);
    expect(new TextDecoder().decode(wholeFile(b.kernel, inode))).toBe('from a');
    expect(b.do((k) => makeFile(k, root, 'log', FILE))).toBe(EEXIST);
    expect(b.do((k) => lookUp(k, root, 'lo'))).toBe(ENOENT);
    expect(listFolder(b.kernel, root)).toEqual(['log']);
  });

  it('have one position for all handles of one open file, and another for each time that they are opened', () => {
    const { a, b, make, read, write } = machineWithFiles();
    const inode = make('shared');
    const file = a.do((k) => openFile(k, inode, O_RDWR, 3));
    b.do((k) => openHandle(k, file, 0, 3)); // as a fork does
    write(a, file, 'one ');
    write(b, file, 'two ');
    write(a, file, 'three');
    expect(read(b, file)).toBe('');
    const own = b.do((k) => openFile(k, inode, O_RDONLY, 4));
    expect(read(b, own, 8)).toBe('one two ');
    expect(b.do((k) => seekOpenFile(k, file, -5, 2))).toBe(DONE);
    expect(read(a, file)).toBe('three');
    expect(write(b, own, 'x')).toBe(EBADF);
    write(a, file, 'ONE', 0);
    expect(read(b, own, 100, 0)).toBe('ONE two three');
  });

  it('that are open to append are written at their end, wherever others have written', () => {
    const { a, b, make, read, write } = machineWithFiles();
    const inode = make('log');
    const [mine, yours] = [a.do((k) => openFile(k, inode, O_RDWR | O_APPEND, 3)), b.do((k) => openFile(k, inode, O_WRONLY | O_APPEND, 3))];
    for (const n of [1, 2, 3]) {
      write(a, mine, `a${n} `);
      write(b, yours, `b${n} `);
    }
    expect(read(a, mine, 100, 0)).toBe('a1 b1 a2 b2 a3 b3 ');
  });

  it('live on without a name while somebody has them open, and give their memory back after', () => {
    const { machine, a, b, root, make, read, write } = machineWithFiles();
    unlinkFile(a.kernel, root, make('first') > 0 ? 'first' : '');
    const before = freeBytes(machine.words);
    const file = a.do((k) => openFile(k, make('big'), O_RDWR, 3));
    b.do((k) => openHandle(k, file, 0, 3));
    write(a, file, 'x'.repeat(50_000));
    expect(b.do((k) => unlinkFile(k, root, 'big'))).toBe(DONE);
    expect(b.do((k) => unlinkFile(k, root, 'big'))).toBe(ENOENT);
    a.do((k) => closeHandle(k, 3));
    expect(read(b, file, 5, 49_998)).toBe('xx');
    expect(freeBytes(machine.words)).toBeLessThan(before);
    b.do((k) => closeHandle(k, 3));
    expect(freeBytes(machine.words)).toBeGreaterThanOrEqual(before);
  });

  it('are renamed in one step, over what was there', () => {
    const { a, root, make } = machineWithFiles();
    const [one, two, folder] = [make('one'), make('two'), make('folder', FOLDER)];
    expect(a.do((k) => renameFile(k, root, 'one', root, 'two'))).toBe(DONE);
    expect(a.do((k) => lookUp(k, root, 'two'))).toBe(one);
    expect(two).not.toBe(one);
    expect(a.do((k) => renameFile(k, root, 'two', folder, 'inner'))).toBe(DONE);
    expect(a.do((k) => renameFile(k, root, 'two', folder, 'inner'))).toBe(ENOENT);
    expect(a.do((k) => renameFile(k, folder, 'inner', root, 'folder'))).toBe(EISDIR);
    make('other', FOLDER);
    expect(a.do((k) => renameFile(k, root, 'other', root, 'folder'))).toBe(ENOTEMPTY);
    expect(a.do((k) => renameFile(k, root, 'folder', folder, 'inner'))).toBe(ENOTDIR);
    expect(a.do((k) => removeFolder(k, root, 'folder'))).toBe(ENOTEMPTY);
    expect(a.do((k) => unlinkFile(k, root, 'folder'))).toBe(EISDIR);
    expect(a.do((k) => removeFolder(k, folder, 'inner'))).toBe(ENOTDIR);
    expect([listFolder(a.kernel, root), listFolder(a.kernel, folder)]).toEqual([['folder', 'other'], ['inner']]);
  });

  it('that need more than their share of the memory are refused, and what there was stays', () => {
    const { machine, a, make, read, write } = machineWithFiles();
    const file = a.do((k) => openFile(k, make('big'), O_RDWR, 3));
    write(a, file, 'kept');
    const total = freeBytes(machine.words);
    const piece = new Uint8Array(64 * 1024);
    let outcome: number = DONE;
    for (let written = 0; outcome === DONE && written < total; written += piece.length) {
      outcome = a.do((k) => writeOpenFile(k, file, piece));
    }
    expect(outcome).toBe(ENOSPC);
    expect(freeBytes(machine.words)).toBeGreaterThan(total / 4);
    expect(read(a, file, 4, 0)).toBe('kept');
    expect(a.do((k) => changeFile(k, make('other'), { size: 2 ** 31 }))).toBe(ENOSPC);
  });

  it('keep what was written, as a plain list of bytes does, whatever is done to them', () => {
    const { a, make, root } = machineWithFiles();
    const random = new Random(7);
    const inode = make('file');
    const file = a.do((k) => openFile(k, inode, O_RDWR, 3));
    let model: number[] = [];
    for (let step = 0; step < 2000; step++) {
      const position = random.below(30_000);
      if (random.below(4) === 0) {
        a.do((k) => changeFile(k, inode, { size: position }));
        model = Array.from({ length: position }, (_, index) => model[index] ?? 0);
      } else {
        const source = Uint8Array.from({ length: random.below(50) }, () => random.below(256));
        a.do((k) => writeOpenFile(k, file, source, position));
        if (source.length > 0) while (model.length < position) model.push(0);
        source.forEach((byte, index) => (model[position + index] = byte));
      }
      if (step % 100 === 0) make(`neighbour ${step}`);
    }
    expect(fileAttributes(a.kernel, inode).size).toBe(model.length);
    expect(wholeFile(a.kernel, inode)).toEqual(Uint8Array.from(model));
    expect(listFolder(a.kernel, root).length).toBe(21);
  });
});
