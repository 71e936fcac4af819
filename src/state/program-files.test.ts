import { describe, expect, test } from 'vitest';
import type { Program } from '../protocol/program';
import { createEditorStore } from './editor-store';
import { memoryStorage } from './kept';

const python: Program = { language: 'python', files: [{ name: 'main.py', text: 'one' }], entry: 'main.py' };

function editing(program: Program) {
  const storage = memoryStorage();
  const store = createEditorStore(storage, () => program, 'example');
  const started = (): readonly string[] => {
    const { entry, beside = [] } = store.getState().program;
    return [entry, ...beside];
  };
  return { storage, store, started, names: () => store.getState().program.files.map(({ name }) => name) };
}

describe('files of a program', () => {
  test('one that is added in Python is a program of its own, empty and shown', () => {
    const { storage, store, started, names } = editing(python);
    store.addFile();
    store.setText('client.py', 'two');
    store.addFile();
    store.addFile();
    expect(names()).toEqual(['main.py', 'client.py', 'program2.py', 'program3.py']);
    expect(started()).toEqual(names());
    expect(store.getState()).toMatchObject({ file: 'program3.py', edited: true });
    expect(createEditorStore(storage, () => python, 'example').getState().program).toEqual(store.getState().program);
  });

  test('one that is added in JavaScript can be imported, and is not started', () => {
    const { store, started } = editing({ language: 'javascript', files: [{ name: 'main.js', text: '' }], entry: 'main.js' });
    store.addFile();
    expect(started()).toEqual(['main.js']);
  });

  test('they are started in their order, and one always is', () => {
    const { store, started } = editing(python);
    store.addFile();
    store.setStarts('main.py', false);
    expect(started()).toEqual(['client.py']);
    store.setStarts('client.py', false);
    expect(started()).toEqual(['client.py']);
    store.setStarts('main.py', true);
    expect(started()).toEqual(['main.py', 'client.py']);
  });

  test('a name that is taken or leads elsewhere is refused; another one is the same file', () => {
    const { store, started, names } = editing(python);
    store.addFile();
    for (const name of ['main.py', '', '../up.py', '/root.py', 'a\u0000b']) expect(store.renameFile('client.py', name), name).toBe(false);
    expect(store.renameFile('client.py', 'parts/talk.py')).toBe(true);
    expect([names(), started(), store.getState().file]).toEqual([['main.py', 'parts/talk.py'], ['main.py', 'parts/talk.py'], 'parts/talk.py']);
    store.renameFile('main.py', 'server.py');
    expect(started()).toEqual(['server.py', 'parts/talk.py']);
  });

  test('one that is removed is neither shown nor started any more; the last one stays', () => {
    const { store, started, names } = editing(python);
    store.addFile();
    store.removeFile('main.py');
    expect([names(), started(), store.getState().file]).toEqual([['client.py'], ['client.py'], 'client.py']);
    store.removeFile('client.py');
    expect(names()).toEqual(['client.py']);
  });
});
