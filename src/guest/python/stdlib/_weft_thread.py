"""The part of CPython's `_thread` that rests on the operating system, on Weft's kernel.

A lock is a cell of the interpreter's memory (calls/cells.ts): the kernel hears of it when somebody has to wait for it.

`install()` puts it into the C module `_thread` before anything of the library has copied names out of it. What does not
block and does not start threads stays CPython's own: get_ident (the interpreter is built so that each stack has its own),
_local, _excepthook, _ExceptHookArgs, TIMEOUT_MAX.
"""
import _thread
import _weft
import sys

TIMEOUT_MAX = _thread.TIMEOUT_MAX
get_ident = _thread.get_ident
main_ident = _thread._get_main_thread_ident()


def _timeout(blocking, timeout):
    """The seconds that acquire() may wait: -1 for ever."""
    if not blocking:
        if timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        return 0
    if timeout < 0 and timeout != -1:
        raise ValueError('timeout value must be a non-negative number')
    if timeout > TIMEOUT_MAX:
        raise OverflowError('timeout value is too large')
    return timeout


def _unpicklable(self, protocol):
    raise TypeError(f"cannot pickle '{type(self).__module__}.{type(self).__qualname__}' object")


class lock:
    __slots__ = ('_cell', '__weakref__')
    __reduce_ex__ = _unpicklable

    def __new__(cls):
        self = object.__new__(cls)
        self._cell = _weft.cell_new(1, 1)
        return self

    def __init_subclass__(cls, **kwargs):
        raise TypeError("type '_thread.lock' is not an acceptable base type")

    def acquire(self, blocking=True, timeout=-1):
        if blocking and timeout == -1:
            return _weft.cell_acquire(self._cell, -1)
        return _weft.cell_acquire(self._cell, _timeout(blocking, timeout))

    def __enter__(self):
        return _weft.cell_acquire(self._cell, -1)

    def release(self):
        if not _weft.cell_release(self._cell):
            raise RuntimeError('release unlocked lock')

    def __exit__(self, *exc):
        if not _weft.cell_release(self._cell):
            raise RuntimeError('release unlocked lock')

    def locked(self):
        return not _weft.cell_value(self._cell)

    def _at_fork_reinit(self):
        _weft.cell_reset(self._cell, 1)

    def __repr__(self):
        return f"<{'locked' if self.locked() else 'unlocked'} _thread.lock object at {id(self):#x}>"

    def __del__(self):
        _weft.cell_free(self._cell)

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked


class RLock:
    __slots__ = ('_cell', '_owner', '_count', '__weakref__')
    __reduce_ex__ = _unpicklable

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._cell = _weft.cell_new(1, 1)
        self._owner = None
        self._count = 0
        return self

    def acquire(self, blocking=True, timeout=-1):
        me = get_ident()
        if self._owner == me:
            self._count += 1
            return True
        if not _weft.cell_acquire(self._cell, -1 if blocking and timeout == -1 else _timeout(blocking, timeout)):
            return False
        self._owner = me
        self._count = 1
        return True

    __enter__ = acquire

    def release(self):
        if self._owner != get_ident():
            raise RuntimeError('cannot release un-acquired lock')
        self._count -= 1
        if not self._count:
            self._owner = None
            _weft.cell_release(self._cell)

    def __exit__(self, *exc):
        self.release()

    def locked(self):
        return self._count > 0

    def _is_owned(self):
        return self._owner == get_ident()

    def _recursion_count(self):
        return self._count if self._owner == get_ident() else 0

    def _release_save(self):
        if self._count == 0:
            raise RuntimeError('cannot release un-acquired lock')
        state = self._count, self._owner
        self._count = 0
        self._owner = None
        _weft.cell_release(self._cell)
        return state

    def _acquire_restore(self, state):
        _weft.cell_acquire(self._cell, -1)
        self._count, self._owner = state

    def _at_fork_reinit(self):
        _weft.cell_reset(self._cell, 1)
        self._owner = None
        self._count = 0

    def __repr__(self):
        return (f"<{'locked' if self._count else 'unlocked'} {type(self).__module__}.{type(self).__qualname__} object "
                f"owner={self._owner or 0} count={self._count} at {id(self):#x}>")

    def __del__(self):
        _weft.cell_free(self._cell)


_started = {}            # ident -> (function, args, kwargs, handle, name of the function for the error report)
_joinable = {}           # handles that _shutdown waits for, in order of start
_handles = {}            # of the threads that live
_alive = 0


class _ThreadHandle:
    __slots__ = ('_ident', '_state', '__weakref__')   # state: None not started, True done, else running

    def __del__(self):
        if self._ident:
            _weft.thread_forget(self._ident)

    def __init__(self):
        self._ident = 0
        self._state = None

    @property
    def ident(self):
        return self._ident

    def is_done(self):
        return self._state is True

    def _set_done(self):
        if self._state is None:
            raise RuntimeError('thread not started')
        self._state = True
        _joinable.pop(self, None)

    def join(self, timeout=None):
        if self._state is None:
            raise RuntimeError('thread not started')
        if self._state is True:
            return
        if self._ident == get_ident():
            raise RuntimeError('Cannot join current thread')
        if timeout is not None and timeout > TIMEOUT_MAX:
            raise OverflowError('timestamp too large to convert to C PyTime_t')
        if _weft.thread_join(self._ident, -1 if timeout is None else max(timeout, 0)):
            self._state = True

    def __repr__(self):
        return f'<_ThreadHandle object: ident={self._ident}>'


def _make_thread_handle(ident):
    handle = _ThreadHandle()
    handle._ident = ident
    handle._state = False
    return handle


# Threads by which multiprocessing's queues and pools do their own work; a pool's workers do the program's.
_MACHINERY = {'_feed', '_handle_workers', '_handle_tasks', '_handle_results', '_serve', 'accepter', '_ExecutorManagerThread'}


def _is_machinery(thread):
    target = getattr(thread, '_target', None) or type(thread)
    module = str(getattr(target, '__module__', ''))
    return getattr(target, '__name__', '') in _MACHINERY and module.startswith(('multiprocessing.', 'concurrent.'))


def _start(function, args, kwargs, handle, daemon):
    global _alive
    ident = _weft.thread_new()
    _started[ident] = function, args, kwargs, handle
    thread = getattr(function, '__self__', None)
    name = getattr(thread, '_name', None) or getattr(function, '__name__', 'thread')
    if _weft.thread_start(ident, str(name), daemon, _is_machinery(thread)) < 0:
        del _started[ident]
        raise RuntimeError("can't start new thread")
    _alive += 1
    if handle is not None:
        handle._ident = ident
        handle._state = False
        _handles[ident] = handle
        if not daemon:
            _joinable[handle] = None
    return ident


def _enter(ident):
    """The first Python frame of a thread."""
    global _alive
    _weft.thread_entered()
    function, args, kwargs, handle = _started.pop(ident)
    try:
        function(*args, **kwargs)
    except SystemExit:
        pass
    except BaseException as error:
        report = sys.unraisablehook
        report(_UnraisableArgs(type(error), error, error.__traceback__, 'Exception ignored in thread started by', function))
    finally:
        # A long call of a C function keeps all others waiting: they find the thread still alive, as in CPython.
        _weft.thread_leaving()
        _alive -= 1
        if handle is not None:
            handle._state = True
            _handles.pop(ident, None)
            _joinable.pop(handle, None)


def after_fork():
    """In a forked child: no thread but the running one lives. The identity that the main thread had."""
    global _alive
    for ident, handle in _handles.items():
        if ident != get_ident():
            handle._state = True
    _started.clear()
    _joinable.clear()
    _handles.clear()
    _alive = 0
    return _thread._get_main_thread_ident()


class _UnraisableArgs:
    def __init__(self, *values):
        self.exc_type, self.exc_value, self.exc_traceback, self.err_msg, self.object = values


def start_joinable_thread(function, handle=None, daemon=True):
    if not callable(function):
        raise TypeError('thread function must be callable')
    if handle is None:
        handle = _ThreadHandle()
    elif type(handle) is not _ThreadHandle:
        raise TypeError("'handle' must be a _ThreadHandle")
    if handle._state is not None:
        raise RuntimeError('thread already started')
    _start(function, (), {}, handle, daemon)
    return handle


def start_new_thread(function, args, kwargs={}, /):
    if not callable(function):
        raise TypeError('first arg must be callable')
    if type(args) is not tuple and not isinstance(args, tuple):
        raise TypeError('2nd arg must be a tuple')
    if not isinstance(kwargs, dict):
        raise TypeError('optional 3rd arg must be a dictionary')
    return _start(function, args, kwargs, None, True)


def _shutdown():
    me = get_ident()
    while True:
        # A copy, made in one go: a thread that ends meanwhile takes itself out.
        waiting = [h for h in list(_joinable) if h._ident != me]
        if not waiting:
            return
        try:
            waiting[0].join()
        except BaseException as error:
            sys.unraisablehook(_UnraisableArgs(type(error), error, error.__traceback__, 'Exception ignored on threading shutdown', _shutdown))
            return
        # Done already, but interrupted before it could take itself out: it may not go on before this one has ended.
        if waiting[0] in _joinable:
            del _joinable[waiting[0]]


def _count():
    return _alive


def get_native_id():
    return _weft.native_id()


def set_name(name):
    _weft.thread_name(name)


_interval = 0.005


def _setswitchinterval(interval, /):
    global _interval
    interval = float(interval)
    if interval <= 0:
        raise ValueError('switch interval must be strictly positive')
    _interval = interval
    _weft.switch_interval(interval)


def _getswitchinterval():
    return _interval


def _replace_queue():
    """`import _queue` finds our file, also where a program imports it afresh: the one in C blocks the whole worker."""
    import _imp
    is_builtin = _imp.is_builtin
    _imp.is_builtin = lambda name: 0 if name == '_queue' else is_builtin(name)


def install():
    """Puts all this in the place of the C functions."""
    here = globals()
    for name in ('RLock', '_ThreadHandle', '_make_thread_handle', 'start_joinable_thread', 'start_new_thread', '_shutdown',
                 '_count', 'get_native_id', 'set_name'):
        thing = here[name]
        thing.__module__ = '_thread'
        setattr(_thread, name, thing)
    lock.__module__ = '_thread'
    _thread.lock = _thread.LockType = _thread.allocate_lock = _thread.allocate = lock
    _thread.start_new = start_new_thread
    _replace_queue()
    sys.setswitchinterval = _setswitchinterval
    sys.getswitchinterval = _getswitchinterval
    _setswitchinterval.__name__ = 'setswitchinterval'
    _getswitchinterval.__name__ = 'getswitchinterval'


def finish():
    """After Pyodide has set its own things up."""
    import time
    time.sleep = sleep


def sleep(seconds, /):
    if seconds < 0:
        raise ValueError('sleep length must be non-negative')
    _weft.sleep(seconds)
