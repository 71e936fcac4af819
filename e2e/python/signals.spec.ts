import { describeEvent, describeLink } from '../../src/trace/describe';
import { EventKindCode } from '../../src/protocol/trace-events';
import { expect, test } from '../support/test';
import { python } from './python-program';

test.describe('signals', () => {
  for (const [clock, first, spent] of [
    ['virtual', 0.03, 0.01],
    // Where each worker is a CPU its time goes on while others have the computer's: little is said of how much that is.
    ['real', 0.5, 0.4],
  ] as const) {
    test(`come after a time for which the process had a CPU, in ${clock} time`, async ({ runner }) => {
      const { lines } = await runner.run(python(`
import signal, time, os
def busy():
    n = 0
    while True: n += 1
seen = []
class Out(Exception): pass
def handler(number, frame):
    seen.append(signal.Signals(number).name)
    if len(seen) == 3: raise Out
for which, number in ((signal.ITIMER_VIRTUAL, signal.SIGVTALRM), (signal.ITIMER_PROF, signal.SIGPROF)):
    seen.clear()
    signal.signal(number, handler)
    print(signal.setitimer(which, ${first}, 0.01))
    time.sleep(0.2)
    left = signal.getitimer(which)
    print(seen, ${first - spent} < left[0] <= ${first}, left[1])
    try: busy()
    except Out: pass
    print(seen)
    signal.setitimer(which, 0)
    print(signal.getitimer(which))
pid = os.fork()
if pid == 0:
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, 0.01)
    busy()
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), signal.getitimer(signal.ITIMER_PROF))`), { clock });
      const timer = (signal: string): string[] => [
        '(0.0, 0.0)', '[] True 0.01', `['${signal}', '${signal}', '${signal}']`, '(0.0, 0.0)',
      ];
      expect(lines).toEqual([...timer('SIGVTALRM'), ...timer('SIGPROF'), '-27 (0.0, 0.0)']);
    });
  }

  test('are arrows from who sends to who takes them, with a sentence each', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import multiprocessing as mp, os, signal, time
def child(ready):
    got = []; signal.signal(signal.SIGUSR1, lambda number, frame: got.append(print('got', signal.Signals(number).name)))
    ready.set()
    while not got: time.sleep(0.01)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.kill(os.getpid(), signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
    os.kill(os.getppid(), signal.SIGUSR2)
    print('waited for', signal.Signals(signal.sigwait([signal.SIGUSR2])).name)
if __name__ == '__main__':
    signal.signal(signal.SIGUSR2, lambda number, frame: os.kill(p.pid, signal.SIGUSR2))
    ready = mp.Event()
    p = mp.Process(target=child, args=(ready,), name='child'); p.start()
    ready.wait()
    os.kill(p.pid, signal.SIGUSR1)
    p.join()`));
    expect(lines).toEqual(['got SIGUSR1', 'waited for SIGUSR2']);
    const model = await runner.model();
    const arrows = model.links.filter(({ kind }) => kind === 'signal');
    expect(arrows.map((arrow) => describeLink(model, arrow).replace(/;.*/, ''))).toEqual([
      'main sent SIGUSR1 to child at line 17', 'child sent SIGTERM to child at line 8', 'child sent SIGUSR2 to main at line 10',
      'main sent SIGUSR2 to child at line 13',
    ]);
    const { trace } = model;
    const taken: string[] = [];
    for (let event = 0; event < trace.length; event++) {
      if (trace.kind[event] === EventKindCode['signal-deliver']) taken.push(describeEvent(model, event).replace(/ at line \d+$/, ''));
    }
    expect(taken).toEqual([
      'child took SIGUSR1: a handler of the program runs', 'child took SIGTERM: it is ignored',
      'main took SIGUSR2: a handler of the program runs', 'child took SIGUSR2: it was waiting for it',
    ]);
  });

  test('interrupt whatever waits, which then goes on for the rest of its time', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import os, select, signal, threading, time
got = []
bell = os.pipe()
def ring(*args):
    got.append(signal.getitimer(signal.ITIMER_REAL)[1]); os.write(bell[1], b'.')
signal.signal(signal.SIGALRM, ring)
lock = threading.Lock(); lock.acquire()
reading, writing = os.pipe()
def timed(name, wait, least):
    got.clear()
    signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
    start = time.monotonic()
    answer = wait()
    took = time.monotonic() - start
    signal.setitimer(signal.ITIMER_REAL, 0)
    print(name, answer, took >= least, len(got) > 0)
timed('sleep', lambda: time.sleep(0.2), 0.2)
timed('lock', lambda: lock.acquire(timeout=0.2), 0.2)
timed('select', lambda: select.select([reading], [], [], 0.2), 0.199)
# What is waited for from here on comes after a signal has.
bell = os.pipe()
thread = threading.Thread(target=os.read, args=(bell[0], 1)); thread.start()
timed('join', lambda: thread.join(), 0)
bell = os.pipe()
if os.fork() == 0:
    os.read(bell[0], 1); os.write(writing, b'late'); os._exit(7)
timed('read', lambda: os.read(reading, 10), 0)
timed('wait', lambda: os.waitstatus_to_exitcode(os.wait()[1]), 0)
print(got == [] or set(got) == {0.02})`));
    expect(lines.slice(5)).toEqual([expect.stringMatching(/^wait 7 True/), 'True']);
    expect(lines.slice(0, 5)).toEqual([
      'sleep None True True', 'lock False True True', 'select ([], [], []) True True', 'join None True True',
      "read b'late' True True",
    ]);
  });

  test('end a wait or a busy loop by an exception of their handler', async ({ runner }) => {
    const { lines } = await runner.run(python(`
import _thread, os, signal, threading, time
class Alarm(Exception): pass
def ring(*args): raise Alarm
signal.signal(signal.SIGALRM, ring)
def interrupted(name, body):
    try: signal.setitimer(signal.ITIMER_REAL, 0.05); body()
    except Alarm: print(name, threading.current_thread().name)
def spin():
    n = 0
    while True: n += 1
condition = threading.Condition()
def wait():
    with condition: condition.wait()
interrupted('sleep', lambda: time.sleep(1000))
interrupted('loop', spin)
interrupted('condition', wait)
interrupted('pause', signal.pause)
try: threading.Timer(0.05, _thread.interrupt_main).start(); time.sleep(0.2); spin()
except KeyboardInterrupt: print('KeyboardInterrupt')
ready = os.pipe()
pid = os.fork()
if pid == 0:
    os.write(ready[1], b'.')
    spin()
os.read(ready[0], 1)
os.kill(pid, signal.SIGINT)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`));
    expect(lines).toEqual([
      'sleep MainThread', 'loop MainThread', 'condition MainThread', 'pause MainThread', 'KeyboardInterrupt', '-2',
    ]);
  });

  test('for children: a handler collects each, none is left where they are ignored', async ({ runner }) => {
    const { lines, status } = await runner.run(python(`
import os, signal, time
codes = []
def collect(number, frame):
    while True:
        try: pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError: return
        if pid == 0: return
        codes.append(os.waitstatus_to_exitcode(status))
signal.signal(signal.SIGCHLD, collect)
for code in range(6):
    if os.fork() == 0: os._exit(code)
while len(codes) < 6: signal.pause()
print(sorted(codes))
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
pid = os.fork()
if pid == 0: os._exit(1)
try: os.waitpid(pid, 0)
except ChildProcessError as error: print(error.strerror)
reading, writing = os.pipe()
os.set_blocking(writing, False)
signal.signal(signal.SIGUSR1, lambda *args: None)
signal.set_wakeup_fd(writing)
signal.raise_signal(signal.SIGUSR1)
print(os.read(reading, 10))
os.setpgid(0, 0)
for _ in range(2):
    if os.fork() == 0: time.sleep(1000)
signal.signal(signal.SIGTERM, lambda *args: print('in the group'))
os.killpg(os.getpgrp(), signal.SIGTERM)
os.kill(os.getpid(), signal.SIGKILL)`));
    expect(lines).toEqual(['[0, 1, 2, 3, 4, 5]', 'No child processes', "b'\\n'", 'in the group']);
    expect(status).toBe(-9);
  });
});
