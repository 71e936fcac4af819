#!/usr/bin/env python3
"""Records a run of a Python program on this computer, for Weft to show.

    python3 weft_recorder.py [-o run.json] program.py [argument ...]

Runs the program as `python3 program.py argument ...` would, and writes what its processes and threads did to run.json, in Weft's
trace format: open that file on Weft's page. Needs CPython 3.9 or later and nothing else. `-o run.json` may also be the last two
arguments. Nothing is sent anywhere.

It puts a thin layer around the blocking calls of threading, queue, multiprocessing, concurrent.futures, time and socket; the
program's own lines run as fast as ever. So it sees who waited, for what and for how long, and tells from the order of things who
ended each wait. It does not see: who has the GIL, the CPUs that tasks ran on, values in shared memory, locks that C code takes.

How it works. Each process writes one line of JSON for each thing that happens into a log of its own, at once, so that a process
that is killed leaves all but the last behind. Only the outermost of nested calls counts: what `q.put` does with its own locks is
not the program's business. When the first process ends, `Merge` puts the logs together and works out who woke whom.
"""
import _thread
import atexit
import builtins
import dis
import json
import os
import reprlib
import shutil
import signal
import sys
import tempfile
import threading
import time
import types

now = time.perf_counter_ns
HERE = os.path.abspath(__file__)
OURS = (lambda: 0).__code__.co_filename
UNBOUNDED = 2 ** 31 - 1


# What each process knows ----------------------------------------------------------------------------------------------

class State:
    """Of this process; a forked child has a copy and makes it its own."""
    folder = ''          # of the logs
    program = ''         # the program's absolute path
    root = ''            # folder of the program's own files
    first = 0            # pid of the recorded program's first process
    log = -1             # descriptor of this process's log
    began = 0            # when the run began
    out = ''             # where the trace goes; '' once it is written
    status = 0           # of this process
    interrupted = False
    announced = set()    # keys of objects that this process has announced
    threads = 0          # threads so far, the main thread not counted
    objects = 0          # objects of threads so far
    own = {}             # by file name of code: whether it is the program's


class Local(_thread._local):
    """Of each thread."""
    depth = 0            # instrumented calls under way
    task = None
    silent = False       # a library's own thread: its waits are nobody's business
    starting = None      # the Process that is being started
    fork = None          # when and where a fork was asked for
    size = 0             # bytes of the message that was sent or received last
    text = ('', '')      # what was written since the last line end


local = Local()
# Worth telling only of objects that the program knows.
FACTS = {'acquire', 'release', 'set', 'clear', 'notify', 'put', 'get', 'task-done',
         'barrier-arrive', 'barrier-open', 'barrier-break', 'barrier-reset'}


def emit(kind, detail=0, obj=0, other=0, value=None, extra=0, at=None, place=None, task=None):
    """Writes one thing that happened. `at`: when, if not now."""
    if State.log < 0 or obj == 0 and kind in FACTS:
        return
    line = [now() if at is None else at, task or me(), kind, detail, obj, place or where(), other, value, extra]
    try:
        os.write(State.log, (json.dumps(line) + '\n').encode())
    except OSError:
        State.log = -1   # the first process has ended and taken the folder with it


def me():
    """The key of the task that this thread is."""
    if local.task is None:
        if threading.current_thread() is threading.main_thread():
            local.task = '%d.0' % os.getpid()
        else:
            # A thread that no Thread.start has announced: the program's own start_new_thread, or C's.
            State.threads += 1
            local.task = '%d.%d' % (os.getpid(), State.threads)
            emit('task-new', 'thread', '%d.0' % os.getpid(), local.task, 'thread', task='%d.0' % os.getpid(), place=['', 0])
            emit('task-run')
    return local.task


def is_own(name):
    known = State.own.get(name)
    if known is None:
        path = os.path.abspath(name)
        known = path == State.program or (path.startswith(State.root) and path != HERE and 'site-packages' not in path
                                          and not path.startswith(os.path.dirname(os.__file__)) and os.path.exists(path))
        State.own[name] = known
    return known


def own_frame():
    """The innermost frame of the program's own text."""
    frame = sys._getframe(1)
    while frame is not None and not is_own(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def where():
    frame = own_frame()
    return ['', 0] if frame is None else [os.path.abspath(frame.f_code.co_filename), frame.f_lineno or 0]


def variable():
    """The variable that the program is about to store what it makes now in, or None."""
    frame = own_frame()
    if frame is None:
        return None
    after = (step for step in dis.get_instructions(frame.f_code) if step.offset > frame.f_lasti and step.opname != 'CACHE')
    enters = False
    for _, step in zip(range(10), after):
        enters = enters or step.opname in ('BEFORE_WITH', 'SETUP_WITH', 'LOAD_SPECIAL')
        if step.opname.startswith('STORE_'):
            name = step.argval[0] if isinstance(step.argval, tuple) else step.argval
            return name if isinstance(name, str) else None
        # A `with` calls more before it stores.
        between = ('LOAD_', 'PRECALL', 'NOP', 'BEFORE_WITH', 'SETUP_WITH', *(('COPY', 'SWAP', 'CALL') if enters else ()))
        if not step.opname.startswith(between):
            return None
    return None


short = reprlib.Repr()
short.maxstring = short.maxother = 60


def shown(value):
    """A value as a trace has it: a small whole number, or what it looks like."""
    if type(value) is int and abs(value) < 2 ** 30:
        return value
    try:
        return short.repr(value)
    except Exception:
        return '<%s>' % type(value).__name__


# Objects --------------------------------------------------------------------------------------------------------------

def announce(key, kind, initial=0, name=None, at=None):
    if key not in State.announced:
        State.announced.add(key)
        emit('object-new', kind, key, initial, name, at=at)
    return key


def is_library_calling():
    """Whether the instrumented call that is under way comes from a library's text."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename == OURS and frame.f_back is not None:
        frame = frame.f_back
    return not is_own(frame.f_code.co_filename)


def known(key, kind, initial=0):
    """The key of an object that the program uses; 0 for one that a library made for itself."""
    return 0 if key not in State.announced and is_library_calling() else announce(key, kind, initial)


def key_of(thing, kind, initial=0):
    """The key of an object of threads: it goes with the object, and into forked children."""
    key = thing.__dict__.get('_weft')
    if key is None:
        State.objects += 1
        key = thing.__dict__['_weft'] = '%d#%d' % (os.getpid(), State.objects)
    return known(key, kind, initial)


def is_made_by_program(thing, frame):
    """Whether the program itself makes `thing`, perhaps by a class of its own, and not a library for its own use."""
    while frame is not None and (frame.f_locals.get('self') is thing or frame.f_code.co_filename == OURS
                                 or frame.f_code.co_filename.endswith(os.path.join('multiprocessing', 'context.py'))):
        frame = frame.f_back
    return frame is not None and is_own(frame.f_code.co_filename)


def made(kind, key=None, initial=lambda thing: 0):
    """Around `__init__`: announces what the program makes, by the variable that it goes into."""
    def around(original):
        def __init__(self, *args, **kwargs):
            if local.depth or local.silent or not is_made_by_program(self, sys._getframe(1)):
                return original(self, *args, **kwargs)
            local.depth += 1
            try:
                original(self, *args, **kwargs)
            finally:
                local.depth -= 1
            if key is None:
                State.objects += 1
                self.__dict__['_weft'] = '%d#%d' % (os.getpid(), State.objects)
            name = variable()
            kind_name = kind if isinstance(kind, str) else kind(self)
            announce(key(self) if key else self._weft, kind_name, initial(self), name)
            lock = getattr(self, '_lock', None)
            if kind == 'condition' and isinstance(lock, RecordedLock) and '_weft' not in lock.__dict__:
                lock._weft = announce(self._weft + 'l', lock._kind, 0, name and name + '.lock')
        return __init__
    return around
