import { expect, test } from '../support/test';
import { python } from './python-program';

test.describe('a Python program', () => {
  test('prints, and ends with its status', async ({ runner }) => {
    const { stdout, status, reason } = await runner.run(python(`
import sys
print('hello', sys.version_info[:2], __name__)
sys.stdout.write('no newline')
sys.exit(3)`));
    expect({ stdout, status, reason }).toEqual({ stdout: 'hello (3, 14) __main__\nno newline', status: 3, reason: 'finished' });
  });

  test('shows an uncaught exception as CPython does', async ({ runner }) => {
    const { stderr, status } = await runner.run(python('def f():\n    return 1 / 0\nf()\n'));
    expect(status).toBe(1);
    expect(stderr).toBe([
      'Traceback (most recent call last):',
      '  File "/home/weft/main.py", line 3, in <module>',
      '    f()',
      '    ~^^',
      '  File "/home/weft/main.py", line 2, in f',
      '    return 1 / 0',
      '           ~~^~~',
      'ZeroDivisionError: division by zero',
      '',
    ].join('\n'));
  });

  test('shows a syntax error at its line', async ({ runner }) => {
    const { stderr, status } = await runner.run(python('x = 1\ndef f(:\n'));
    expect(status).toBe(1);
    expect(stderr).toContain('File "/home/weft/main.py", line 2');
    expect(stderr).toContain('SyntaxError: invalid syntax');
  });

  test('reads what the reader types; a child process cannot', async ({ runner }) => {
    const running = await runner.start(python(`
import multiprocessing
def child():
    try:
        input()
    except EOFError as error:
        print('child:', error)
print('hello', input('name? '))
p = multiprocessing.Process(target=child)
p.start()
p.join()`), { stdin: undefined });
    await running.blocked('main', 'input');
    await running.writeInput('Ann');
    expect((await running.finished()).stdout).toBe('name? hello Ann\nchild: EOF when reading a line\n');
  });

  test('says which modules there are when one is missing, and what a browser cannot do', async ({ runner }) => {
    const { stdout, stderr } = await runner.run(python(`
import subprocess
try:
    subprocess.run(['ls'])
except OSError as error:
    print(error.strerror)
import numpy`));
    expect(stdout).toContain('a browser runs no other programs');
    expect(stderr).toContain("ModuleNotFoundError: No module named 'numpy'");
    expect(stderr).toContain('main.py');
  });

  test('is stopped in an endless loop', async ({ runner }) => {
    const running = await runner.start(python('print("on")\nwhile True: pass'));
    await running.printed('on');
    expect((await running.stop()).reason).toBe('stopped');
  });
});
