import { expect, test } from 'vitest';
import { EXAMPLES } from '../examples/examples';
import { languageOfText } from './language-of-text';

test('every example reads as what it is, whichever language it is taken for', () => {
  for (const { id, program } of EXAMPLES) {
    for (const { text } of program.files) {
      expect(languageOfText(text, 'python'), id).toBe(program.language);
      expect(languageOfText(text, 'javascript'), id).toBe(program.language);
    }
  }
});

test('a program with mistakes in it reads as the language that it has fewer in', () => {
  expect(languageOfText('def f(:\n    pass\n\nfor i in range(3):\n    print(i)\n', 'javascript')).toBe('python');
  expect(languageOfText('import numpy\n', 'javascript')).toBe('python');
  expect(languageOfText("import { print } from 'weft';\nexport function main( {\n  print('one');\n}\n", 'python')).toBe('javascript');
});

test('what is a program in both stays what it was', () => {
  for (const text of ['', 'print("hello")\n', 'x = 1\n']) {
    expect(languageOfText(text, 'python')).toBe('python');
    expect(languageOfText(text, 'javascript')).toBe('javascript');
  }
});
