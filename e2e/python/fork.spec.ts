import { INIT_PID } from '../../src/protocol/ids';
import { expect, test } from '../support/test';
import { python } from './python-program';

test.describe('os.fork', () => {
  test('returns twice in the middle of nested calls, loops, with-blocks and exceptions, also of a thread', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import contextlib, os, threading, warnings
warnings.simplefilter('ignore', DeprecationWarning)
events = []
class Guard:
    def __enter__(self): return self
    def __exit__(self, *exc): events.append('exit'); return False
def inner(depth):
    return inner(depth - 1) if depth else os.fork()
def middle():
    for i in range(3):
        with Guard():
            try:
                if i == 1:
                    pid = inner(4)
                    if pid == 0: raise KeyError('child')
            finally:
                events.append(i)
    return 'parent'
class Forking:
    def __init__(self): self.pid = os.fork(); self.made = True
def pids():
    yield 'before'
    yield os.fork()
    yield 'after'
def outer(name):
    try:
        who = middle()
    except KeyError as error:
        who = repr(error)
    if who != 'parent':
        print(name, who, events); os._exit(3)
    return os.waitstatus_to_exitcode(os.wait()[1])
print(outer('main'), events)
forking = Forking()
if forking.pid == 0:
    print('in __init__', forking.made); os._exit(4)
print(os.waitstatus_to_exitcode(os.waitpid(forking.pid, 0)[1]))
@contextlib.contextmanager
def forked():
    pid = os.fork()
    try: yield pid
    finally:
        last = os.fork()
        if last == 0: os._exit(7)
        print('left', pid == 0, os.waitstatus_to_exitcode(os.waitpid(last, 0)[1]))
with forked() as pid:
    if pid == 0: print('in a context')
    else: print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
if pid == 0: os._exit(8)
found = [pid for pid in pids()]
if found[1] == 0:
    print('in a generator', found); os._exit(5)
print(os.waitstatus_to_exitcode(os.wait()[1]))
def in_thread():
    pid = os.fork()
    if pid == 0:
        print('thread', threading.current_thread() is threading.main_thread(), threading.active_count())
        return
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), threading.active_count())
thread = threading.Thread(target=in_thread); thread.start(); thread.join()
if inner(0) == 0:
    if inner(2) == 0: os._exit(6)
    os._exit(1 + os.waitstatus_to_exitcode(os.wait()[1]))
print(os.waitstatus_to_exitcode(os.wait()[1]))
try: os.wait()
except ChildProcessError as error: print(error.strerror)`));
    expect(status).toBe(0);
    expect(lines).toEqual([
      "main KeyError('child') [0, 'exit', 1, 'exit']", "3 [0, 'exit', 1, 'exit', 2, 'exit']",
      'in __init__ True', '4', 'in a context', 'left True 7', '8', 'left False 7', "in a generator ['before', 0, 'after']", '5', 'thread True 1', '0 2', '7', 'No child processes',
    ]);
  });

  test('says below which call of C it cannot return twice', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import os
try: sorted([2, 1], key=lambda item: os.fork())
except OSError as error: print(error.strerror)
print(os.getpid())`));
    expect(lines).toEqual(['os.fork cannot return twice below a call of sorted()', '2']);
  });

  test('shares pipes and what was dup2ed onto standard output, runs the hooks, and copies open files', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import os
os.register_at_fork(before=lambda: print('before'), after_in_parent=lambda: print('parent'), after_in_child=lambda: seen.append('hook'))
seen = []
reading, writing = os.pipe()
with open('notes.txt', 'w') as f:
    f.write('first second'); f.flush()
    file = open('notes.txt'); file.read(6)
pid = os.fork()
if pid == 0:
    os.close(reading)
    os.dup2(writing, 1)
    os.close(writing)
    print(seen, repr(file.read()), os.getppid(), flush=True)
    os._exit(0)
os.close(writing)
text = b''
while piece := os.read(reading, 100): text += piece
os.waitpid(pid, 0)
print(text.decode().strip(), repr(file.read()))`));
    expect(lines).toEqual(['before', 'parent', "['hook'] 'second' 2 'second'"]);
  });
});

test('a zombie, an orphan and a daemon are in the trace at the moments that the notes name', async ({ runner }) => {
  const { lines } = await runner.run(python(`
import multiprocessing as mp, os, signal, time
def state(pid):
    try:
        with open(f'/proc/{pid}/stat') as f: return f.read().rsplit(')', 1)[1].split()[0]
    except FileNotFoundError: return 'gone'
zombie = os.fork()
if zombie == 0: os._exit(5)
while state(zombie) != 'Z': time.sleep(0.001)
print('zombie', state(zombie))
os.waitpid(zombie, 0)
print('collected', state(zombie))
reading, writing = os.pipe()
if os.fork() == 0:
    parent = os.getpid()
    if os.fork() == 0:
        while os.getppid() == parent: time.sleep(0.001)
        os.write(writing, str(os.getppid()).encode()); os._exit(0)
    os._exit(0)
os.wait()
print('orphan of', os.read(reading, 10).decode())
daemon = mp.Process(target=time.sleep, args=(1000,), daemon=True, name='daemon'); daemon.start()
def family():
    os.fork()
    time.sleep(1000)
killed = mp.Process(target=family, name='killed'); killed.start()
os.kill(killed.pid, signal.SIGSTOP)
print(os.waitstatus_to_exitcode(0), os.WIFSTOPPED(os.waitpid(killed.pid, os.WUNTRACED)[1]), state(killed.pid))
os.kill(killed.pid, signal.SIGKILL)
killed.join()
print('killed', killed.exitcode)
for pid in [int(name) for name in os.listdir('/proc') if name.isdigit()]:
    if pid not in (1, os.getpid(), daemon.pid): os.kill(pid, signal.SIGKILL)`));
  expect(lines).toEqual(['zombie Z', 'collected gone', 'orphan of 1', '0 True T', 'killed -9']);
  const model = await runner.model();
  const [zombie, parent, orphan] = model.tasks.filter(({ method }) => method === 'fork');
  expect(model.intervals.get(zombie.tid)!.at(-1)).toMatchObject({ state: 'zombie', end: zombie.reapedAt });
  expect(parent.endedAt!).toBeLessThan(orphan.endedAt!);
  expect(orphan.parent).toBe(INIT_PID);
  const daemon = model.tasks.find(({ name }) => name === 'daemon')!;
  expect(daemon).toMatchObject({ daemon: true, status: -15 });
  expect(daemon.endedAt!).toBeLessThanOrEqual(model.taskByTid.get(daemon.parent)!.endedAt!);
});
