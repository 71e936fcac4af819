"""The program's own operations, for the trace: names of its objects, calls on them, items in its queues.

Installed when a process begins whose run is traced. An object counts as the program's where one of the program's frames
makes it; all that is made meanwhile is its machinery. Calls are shown from outside: what they do below (semaphores, pipes,
feeder threads) are events of the kernel, which the views fold into them.
"""
import _weft
import functools
import os
import reprlib
import sys
from sys import _getframe
from _weft_names import names_of_result

_CODES = {name: code for code, name in enumerate((
    'none', 'lock', 'rlock', 'semaphore', 'bounded semaphore', 'condition', 'event', 'barrier', 'queue', 'joinable queue',
    'simple queue', 'pipe', 'value', 'array', 'pool'))}

_home = os.environ['HOME'] + '/'


class _Short(reprlib.Repr):
    """Short, and without calling code of the program's."""

    def __init__(self):
        super().__init__(maxlevel=2, maxtuple=4, maxlist=4, maxdict=3, maxset=4, maxstring=40, maxlong=30, maxother=40)

    def repr_instance(self, value, level):
        kind = type(value)
        if kind.__module__ == 'builtins' and kind.__name__ not in ('map', 'filter', 'zip'):
            return super().repr_instance(value, level)
        return f'<{kind.__name__}>'


_repr = _Short().repr


def short(value):
    kind = type(value)
    if kind is int or kind is bool or value is None or kind is float:
        return repr(value)[:40]
    if callable(value):
        return getattr(value, '__name__', kind.__name__)
    try:
        return _repr(value)[:60]
    except Exception:
        return f'<{kind.__name__}>'


_SHORT_INT = 1_000_000_000


def preview(value):
    """What the trace holds of a value: a short int as it is, else words."""
    return value if type(value) is int and -_SHORT_INT < value < _SHORT_INT else short(value)


def _arguments(args, kwargs):
    if not kwargs and len(args) == 1:
        return short(args[0])
    shown = [short(value) for value in args[:3]] + [f'{name}={short(value)}' for name, value in list(kwargs.items())[:3]]
    return ', '.join(shown)


# Functions of the library that call what the program gave them to call: a thread's target, a pool's task.
_CALLERS = set()


def _program_frame(frame, through=()):
    """The frame of the program that called, or None where the library did. `through`: files that only pass a call on."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_home):
            return frame
        if name != __file__ and name not in through:
            return None
        frame = frame.f_back
    return None


def _maker(frame, through):
    """The program's frame that makes an object; None where it is machinery of another."""
    outer = _weft.part_of(0)
    _weft.part_of(outer)
    return None if outer else _program_frame(frame, through)


def _name(frame):
    return ', '.join(names_of_result(frame))


def _makes(cls, type_, through, initial=lambda *args, **kwargs: 0, existing=None):
    """Objects of `cls` that the program makes are known to the trace. `existing`: the kernel's object, where it is one."""
    make = cls.__init__

    @functools.wraps(make)
    def __init__(self, /, *args, **kwargs):
        frame = _maker(sys._getframe(1), through)
        if frame is None:
            make(self, *args, **kwargs)
            return
        name = _name(frame)
        if existing is not None:
            make(self, *args, **kwargs)
            _weft.trace_name(existing(self), name)
            return
        whole = _weft.trace_new(_CODES[type_], initial(*args, **kwargs), name)
        if whole > 0:
            self._weft = whole
            _weft.part_of(whole)
        try:
            make(self, *args, **kwargs)
        finally:
            _weft.part_of(0)
    cls.__init__ = __init__
    if '_weft' not in cls.__dict__:
        cls._weft = 0


def _pickled(cls):
    """A spawned process knows the object too."""
    get, put = cls.__getstate__, cls.__setstate__
    cls.__getstate__ = lambda self: (get(self), self._weft)

    def __setstate__(self, state):
        self._weft = state[1]
        put(self, state[0])
    cls.__setstate__ = __setstate__


class _ProgramFiles(dict):
    """Whether a file is one of the program's, by its name: asked at each call."""

    def __missing__(self, name):
        self[name] = result = name.startswith(_home)
        return result


_is_program = _ProgramFiles()


def _calls(cls, *names, target=None, label=None, after=None, takes=False):
    """
    Calls of these methods are shown where the object is the program's. `target` answers whose they are (else it is the
    object itself), `label` what it is called (else it is not called anything); where it `takes`, an item of it is the result.
    """
    for name in names:
        _call(cls, name, target, label, after, takes)


def _call(cls, name, target, label, after, takes):
    method = getattr(cls, name)
    without_arguments = f'{name}()'

    @functools.wraps(method)
    def traced(self, /, *args, **kwargs):
        at = self._weft if target is None else target(self)
        if at == 0 and label is None:
            return method(self, *args, **kwargs)
        code = _getframe(1).f_code
        if not (_is_program[code.co_filename] or code in _CALLERS):
            return method(self, *args, **kwargs)
        if label is not None:
            what = f'{label(self)}.{name}()'
        elif not (args or kwargs):
            what = without_arguments
        elif not kwargs and len(args) == 1 and type(args[0]) is int and -_SHORT_INT < args[0] < _SHORT_INT:
            what = f'{name}({args[0]})'
        else:
            what = f'{name}({_arguments(args, kwargs)})'
        if not _weft.trace_call(at, what):
            return method(self, *args, **kwargs)
        try:
            result = method(self, *args, **kwargs)
            if after is not None:
                after(self, at, name, result)
        except BaseException as error:
            _weft.trace_return(at, 1, type(error).__name__)
            raise
        if takes:
            _weft.trace_took(at, preview(result))
        else:
            _weft.trace_return(at, 0, '' if result is None else preview(result))
        return result
    setattr(cls, name, traced)


def _install_callers():
    import threading
    from concurrent.futures import process as executor_process, thread
    from multiprocessing import pool, process
    _CALLERS.update(function.__code__ for function in (
        threading.Thread.run, process.BaseProcess.run, pool.worker, pool.mapstar, pool.starmapstar, thread.WorkerContext.run,
        executor_process._process_worker, executor_process._process_chunk))


def _install_multiprocessing():
    import threading
    from collections import deque
    from multiprocessing import connection, context, pool, process, queues, synchronize
    through = (context.__file__,)

    append = deque.append

    class Buffer(deque):
        """What a feeder thread sends: an item is in the queue when it is in here."""
        whole = 0

        def append(self, item):
            if item is not queues._sentinel:
                _weft.trace_item(self.whole, 1, preview(item))
            append(self, item)

    class Unseen(threading.Condition):
        notify = threading.Condition.notify

    reset = queues.Queue._reset
    send_bytes, recv_bytes = connection.Connection.send_bytes, connection.Connection.recv_bytes

    def _reset(self, *args, **kwargs):
        reset(self, *args, **kwargs)
        if self._weft:
            self._buffer = Buffer()
            self._buffer.whole = self._weft
            # Its own use of the pipe and of the condition is not the program's: past the check for each call.
            self._notempty.__class__ = Unseen
            self._send_bytes = send_bytes.__get__(self._writer)
            self._recv_bytes = recv_bytes.__get__(self._reader)

    for cls, type_ in ((queues.Queue, 'queue'), (queues.JoinableQueue, 'joinable queue')):
        _makes(cls, type_, through, lambda maxsize=0, **kwargs: max(maxsize, 0))
        _pickled(cls) if cls is queues.Queue else None
    queues.Queue._reset = _reset
    _calls(queues.Queue, 'put', 'close', 'join_thread')
    _calls(queues.Queue, 'get', takes=True)
    _calls(queues.JoinableQueue, 'put', 'join')
    _calls(queues.JoinableQueue, 'task_done', after=lambda self, at, name, result: (
        _weft.trace_event('task-done', at, self._unfinished_tasks._semlock._get_value())))

    _makes(queues.SimpleQueue, 'simple queue', through)
    _pickled(queues.SimpleQueue)
    put = queues.SimpleQueue.put

    @functools.wraps(put)
    def put_one(self, obj):
        if self._weft:
            _weft.trace_item(self._weft, 1, preview(obj))
        put(self, obj)
    queues.SimpleQueue.put = put_one
    _calls(queues.SimpleQueue, 'put')
    _calls(queues.SimpleQueue, 'get', takes=True)

    for cls in (synchronize.Lock, synchronize.RLock, synchronize.Semaphore, synchronize.BoundedSemaphore):
        _makes(cls, '', through, existing=lambda self: self._semlock.handle)
    _install_events(synchronize.Condition, synchronize.Event, synchronize.Barrier, through, pickled=True)

    _calls(process.BaseProcess, 'start', 'join', 'terminate', 'kill', target=lambda self: 0, label=lambda self: self.name)
    _makes(pool.Pool, 'pool', through)
    _calls(pool.Pool, 'apply', 'apply_async', 'map', 'map_async', 'imap', 'imap_unordered', 'starmap', 'starmap_async', 'close',
           'join', 'terminate')
    of_pool = lambda self: getattr(self._pool, '_weft', 0)      # until the result is there
    _calls(pool.ApplyResult, 'get', 'wait', target=of_pool)
    _calls(pool.IMapIterator, 'next', target=of_pool)
    pool.IMapIterator.__next__ = pool.IMapIterator.next

    make_pipe = connection.Pipe

    @functools.wraps(make_pipe)
    def Pipe(duplex=True):
        frame = _maker(sys._getframe(1), through)
        one, other = make_pipe(duplex)
        if frame is not None:
            one._weft = other._weft = _weft.trace_pipe(one.fileno(), _name(frame))
        return one, other
    connection.Pipe = Pipe
    connection.Connection._weft = 0
    _calls(connection.Connection, 'send', 'recv', 'send_bytes', 'recv_bytes', 'poll')


def _install_events(Condition, Event, Barrier, through, pickled=False):
    for cls, type_ in ((Condition, 'condition'), (Event, 'event'), (Barrier, 'barrier')):
        _makes(cls, type_, through)
    _calls(Condition, 'wait', 'wait_for')
    _calls(Condition, 'notify', 'notify_all', after=lambda self, at, name, result: _weft.trace_event('notify', at, 1))
    _calls(Event, 'wait')
    _calls(Event, 'set', 'clear', after=lambda self, at, name, result: _weft.trace_event(name, at, 0))
    _calls(Barrier, 'wait', 'reset', 'abort')
    if pickled:
        _pickled(Condition)


def _install_threading():
    import _thread
    import queue
    import threading
    import _weft_thread
    from concurrent.futures import _base, process, thread

    def show(self, type_, frame):
        if _maker(frame, ()) is not None:
            _weft.cell_show(self._cell, _CODES[type_], _name(frame))

    def new_lock(cls):
        self = make_lock(cls)
        show(self, 'lock', sys._getframe(1))
        return self
    make_lock = _weft_thread.lock.__new__
    _weft_thread.lock.__new__ = staticmethod(new_lock)

    def new_rlock(cls, *args, **kwargs):
        self = make_rlock(cls)
        frame = sys._getframe(1)
        if frame.f_code is rlock_code:
            frame = frame.f_back
        show(self, 'rlock', frame)
        return self
    make_rlock = _weft_thread.RLock.__new__
    rlock_code = threading.RLock.__code__       # monkey.patch_all puts another in its place
    _weft_thread.RLock.__new__ = staticmethod(new_rlock)

    _install_events(threading.Condition, threading.Event, threading.Barrier, ())
    _makes(threading.Semaphore, 'semaphore', (threading.__file__,))
    changed = lambda self, at, name, result: result is not False and _weft.trace_event(name, at, self._value)
    _calls(threading.Semaphore, 'acquire', 'release', after=changed)
    threading.Semaphore.__enter__ = threading.Semaphore.acquire
    # A `with` that is left calls it from there.
    _CALLERS.add(threading.Semaphore.__exit__.__code__)
    _calls(threading.BoundedSemaphore, 'release', after=changed)
    _calls(threading.Thread, 'start', 'join', target=lambda self: 0, label=lambda self: self.name)

    for cls in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
        put, get = cls._put, cls._get
        cls._put, cls._get = _recorded(put, 1), _recorded(get, -1)
    _makes(queue.Queue, 'queue', (), lambda maxsize=0: max(maxsize, 0))
    _calls(queue.Queue, 'put', 'get', 'join')
    _calls(queue.Queue, 'task_done', after=lambda self, at, name, result: (
        _weft.trace_event('task-done', at, self.unfinished_tasks)))

    def submitted(self, at, name, result):
        if name == 'submit':
            result._weft = at
    for executor in (thread.ThreadPoolExecutor, process.ProcessPoolExecutor):
        _makes(executor, 'pool', ())
        _calls(executor, 'submit', 'map', 'shutdown', after=submitted)
    _base.Future._weft = 0
    _calls(_base.Future, 'result', 'exception')


def _recorded(method, by):
    if by == 1:
        def _put(self, item):
            if self._weft:
                _weft.trace_item(self._weft, 1, preview(item))
            method(self, item)
        return _put

    def _get(self):
        item = method(self)
        if self._weft:
            _weft.trace_item(self._weft, -1, preview(item))
        return item
    return _get


def install():
    import _weft_jobs
    if _weft.trace_on():
        _install_callers()
        _weft_jobs.install()
        _install_multiprocessing()
        _install_threading()
        import _weft_coroutines
        _weft_coroutines.install()
