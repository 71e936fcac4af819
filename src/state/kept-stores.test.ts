import { describe, expect, test } from 'vitest';
import type { Program } from '../protocol/program';
import { createEditorStore, shownText } from './editor-store';
import { memoryStorage, readKept, writeKept, type KeptStorage } from './kept';
import { createViewStore } from './view-store';

const program: Program = {
  language: 'javascript',
  files: [
    { name: 'main.js', text: 'one' },
    { name: 'more.js', text: 'two' },
  ],
  entry: 'main.js',
};

const forbidden: KeptStorage = {
  getItem: () => {
    throw new Error('denied');
  },
  setItem: () => {
    throw new Error('denied');
  },
};

describe('what the page keeps', () => {
  test('theme, language, tab and layout come back on the next visit; the playhead does not', () => {
    const storage = memoryStorage();
    const view = createViewStore(storage);
    view.setTheme('dark');
    view.setLanguage('zh');
    view.setTab('output');
    view.setShares({ editorShare: 30 });
    view.setView('why');
    view.setPlayhead(500);
    expect(createViewStore(storage).getState()).toEqual({
      theme: 'dark',
      language: 'zh',
      tab: 'output',
      view: 'why',
      editorShare: 30,
      timelineShare: 62,
    });
  });

  test('nonsense in the storage gives the defaults', () => {
    for (const kept of [
      '{',
      '7',
      '[]',
      '{"theme":"pink","tab":{},"editorShare":"wide"}',
      '{"editorShare":1e999}',
    ]) {
      const storage = memoryStorage();
      storage.setItem('weft.view', kept);
      storage.setItem('weft.draft', kept);
      expect(createViewStore(storage).getState().theme).toBe('system');
      expect(createEditorStore(storage, () => program, 'first').getState().program).toBe(program);
    }
  });

  test('a browser that forbids storage is no reason to fail', () => {
    const view = createViewStore(forbidden);
    view.setTheme('dark');
    expect(view.getState().theme).toBe('dark');
    expect(() => writeKept(forbidden, 'x', 1)).not.toThrow();
    expect(readKept(forbidden, 'x', (value) => value ?? 'nothing')).toBe('nothing');
  });

  test('no pane can be dragged away', () => {
    const view = createViewStore(memoryStorage());
    view.setShares({ editorShare: -20, timelineShare: 400 });
    expect(view.getState()).toMatchObject({ editorShare: 15, timelineShare: 85 });
  });
});

describe('the program in the editor', () => {
  test('is the first example until the reader has typed something', () => {
    const storage = memoryStorage();
    const editor = createEditorStore(storage, () => program, 'first');
    expect(editor.getState()).toMatchObject({ origin: { kind: 'example', id: 'first' }, edited: false });
    editor.setText('main.js', 'changed');
    const next = createEditorStore(storage, () => program, 'first');
    expect(next.getState().origin).toEqual({ kind: 'own' });
    expect(shownText(next.getState())).toBe('changed');
  });

  test('that was only opened does not replace what the reader typed before', () => {
    const storage = memoryStorage();
    const editor = createEditorStore(storage, () => program, 'first');
    editor.setText('main.js', 'mine');
    editor.open({ ...program, files: [{ name: 'main.js', text: 'linked' }] }, { kind: 'link' });
    expect(shownText(editor.getState())).toBe('linked');
    expect(shownText(createEditorStore(storage, () => program, 'first').getState())).toBe('mine');
  });

  test('opened anew starts a new history; the same text typed again is no edit', () => {
    const editor = createEditorStore(memoryStorage(), () => program, 'first');
    editor.setText('main.js', 'one');
    expect(editor.getState()).toMatchObject({ edited: false, generation: 0 });
    editor.open(program, { kind: 'own' });
    expect(editor.getState().generation).toBe(1);
  });

  test('shows one of its files, and only of its files', () => {
    const editor = createEditorStore(memoryStorage(), () => program, 'first');
    editor.showFile('more.js');
    expect(shownText(editor.getState())).toBe('two');
    editor.showFile('nowhere.js');
    expect(editor.getState().file).toBe('more.js');
  });

  test('shows a place of the program each time it is asked to, where there is such a file', () => {
    const editor = createEditorStore(memoryStorage(), () => program, 'first');
    const place = { file: 'more.js', line: 1, column: 2 };
    editor.goTo(place);
    const { target, file } = editor.getState();
    expect({ target, file }).toEqual({ target: place, file: 'more.js' });
    editor.goTo(place);
    expect(editor.getState().target).not.toBe(target);
    editor.goTo({ ...place, file: 'nowhere.js' });
    expect(editor.getState().file).toBe('more.js');
  });
});
