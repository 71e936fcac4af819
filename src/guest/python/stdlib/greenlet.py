"""greenlet: Weft's own, by the interface of the package of this name (greenlet 3).

Each greenlet has a stack of its own, like a thread, and all greenlets of a thread are one thread to the machine: who blocks
blocks them all. What the package does in C by copying pieces of the C stack, the browser does by suspending stacks.
Not here: gr_context, gr_frame, settrace.
"""
import os
import _weft
from _thread import get_ident

__all__ = ['getcurrent', 'greenlet', 'GreenletExit', 'error']
__version__ = '3.2'


class error(Exception):
    pass


class GreenletExit(BaseException):
    """Ends a greenlet without a traceback; its value is the exception."""


_traced = _weft.trace_on()
_current = {}       # identity of a thread -> its current greenlet
_starting = {}      # number of a stack -> the greenlet that it is to run


class greenlet:
    __slots__ = ('_run', '_parent', '_number', '_thread', '_inbox', '_state', '_lane', '__weakref__', '__dict__')
    _NEW, _ALIVE, _DEAD = range(3)

    getcurrent = staticmethod(lambda: getcurrent())
    error = error
    GreenletExit = GreenletExit

    def __init__(self, run=None, parent=None):
        if run is not None:
            self._run = run
        if parent is not None:
            self.parent = parent

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._parent = getcurrent()
        self._thread = get_ident()
        self._number = self._lane = 0
        self._inbox = None
        self._state = cls._NEW
        return self

    @property
    def run(self):
        try:
            return self._run
        except AttributeError:
            raise AttributeError('run') from None

    @run.setter
    def run(self, function):
        if self._state != self._NEW:
            raise AttributeError('run cannot be set after the start of the greenlet')
        self._run = function

    @run.deleter
    def run(self):
        del self._run

    @property
    def parent(self):
        return self._parent

    @parent.setter
    def parent(self, parent):
        if not isinstance(parent, greenlet):
            raise TypeError(f'GreenletChecker: Expected any type of greenlet, not {type(parent).__name__}')
        if self._parent is None:
            raise AttributeError('cannot set the parent of a main greenlet')
        above = parent
        while above is not None:
            if above is self:
                raise ValueError('cyclic parent chain')
            above = above._parent
        if parent._thread != self._thread:
            raise ValueError('parent cannot be on a different thread')
        self._parent = parent

    @property
    def dead(self):
        return self._state == self._DEAD

    def __bool__(self):
        return self._state == self._ALIVE

    def switch(self, /, *args, **kwargs):
        """Switches to this greenlet: starts it with the arguments, or they are what its own switch answers."""
        return _switch(self, args, kwargs, None)

    def throw(self, typ=None, val=None, tb=None):
        """Switches to this greenlet and raises the exception there."""
        if typ is None:
            exception = GreenletExit()
        elif isinstance(typ, BaseException):
            if val is not None:
                raise TypeError('instance exception may not have a separate value')
            exception = typ
        elif isinstance(typ, type) and issubclass(typ, BaseException):
            exception = val if isinstance(val, typ) else typ() if val is None else typ(*val) if isinstance(val, tuple) else typ(val)
        else:
            raise TypeError(f'exceptions must be classes, or instances, not {type(typ).__name__}')
        if tb is not None:
            exception = exception.with_traceback(tb)
        return _switch(self, (), {}, exception)

    def __repr__(self):
        where = 'current' if _current.get(self._thread) is self else ('pending', 'suspended', 'dead')[self._state]
        main = ' main' if self._parent is None else ''
        active = ' active' if self._state == self._ALIVE else ''
        started = ' started' if self._state != self._NEW else ''
        return f'<{type(self).__module__}.{type(self).__qualname__} object at {id(self):#x} (otid={self._thread:#x}) {where}{active}{started}{main}>'

    def __del__(self):
        if self._number and self._state == self._ALIVE:
            _weft.greenlet_forget(self._number)


def getcurrent():
    """The greenlet that runs in this thread."""
    current = _current.get(get_ident())
    if current is None:
        current = _main()
    return current


def _main():
    """The greenlet of a thread's own stack."""
    main = object.__new__(greenlet)
    main._parent = main._inbox = None
    main._thread = get_ident()
    main._number = _weft.greenlet_here()
    main._state = greenlet._ALIVE
    main._lane = 0
    _current[main._thread] = main
    return main


def _forked():
    """In a forked process only the stack that forked goes on."""
    me = get_ident()
    current = _current.get(me)
    _current.clear()
    _starting.clear()
    if current is not None:
        current._number = _weft.greenlet_here()
        _current[me] = current


def _value(args, kwargs):
    if kwargs:
        return (args, kwargs) if args else kwargs
    return args[0] if len(args) == 1 else args


def _switch(target, args, kwargs, exception):
    current = getcurrent()
    if target._thread != current._thread:
        raise error('cannot switch to a different thread' if target._state == greenlet._ALIVE
                    else 'cannot switch to a greenlet of a different thread')
    while target._state == greenlet._DEAD or target._state == greenlet._NEW and exception is not None:
        # What is thrown into one that does not run ends it, and goes on to its parent.
        target._state = greenlet._DEAD
        if isinstance(exception, GreenletExit):
            args, kwargs, exception = (exception,), {}, None
        target = target._parent
    if target is current:
        if exception is not None:
            raise exception
        return _value(args, kwargs)
    _give(target, args, kwargs, exception)
    if _traced:
        if current._lane:
            _weft.lane_wait(current._lane, 'await', target._lane)
        if target._lane:
            _weft.lane_run(target._lane)
    if not _weft.greenlet_switch(target._number):
        _current[current._thread] = current
        raise error('cannot switch to a greenlet of another process')
    args, kwargs, exception = current._inbox
    current._inbox = None
    if exception is not None:
        raise exception
    return _value(args, kwargs)


def _name(target):
    function = getattr(target, '_function', target._run)      # gevent's own start with a method of theirs
    return getattr(function, '__name__', type(function).__name__)


def _give(target, args, kwargs, exception):
    """Makes `target` the current greenlet, with what it is to be given; its stack is switched to next."""
    if target._state == greenlet._NEW:
        target._run     # AttributeError where it has nothing to run
        target._state = greenlet._ALIVE
        target._number = _weft.greenlet_new(_enter)
        _starting[target._number] = target
        if _traced and not hasattr(target, 'watchers'):
            target._lane = _weft.lane_new(_name(target))
    target._inbox = args, kwargs, exception
    _current[target._thread] = target


def _enter(number):
    """The first Python frame of a greenlet's stack."""
    self = _starting.pop(number)
    args, kwargs, _ = self._inbox
    self._inbox = None
    run = self._run
    del self._run
    exception = None
    try:
        result = (run(*args, **kwargs),)
    except GreenletExit as exit:
        result = (exit,)
    except BaseException as raised:
        result, exception = (), raised
    self._state = greenlet._DEAD
    parent = self._parent
    while parent._state == greenlet._DEAD or parent._state == greenlet._NEW and exception is not None:
        parent = parent._parent
    if _traced:
        if self._lane:
            _weft.lane_end(self._lane, 0 if exception is None else 1, '' if exception is None else type(exception).__name__)
        if parent._lane:
            _weft.lane_run(parent._lane)
    _give(parent, result, {}, exception)
    _weft.greenlet_end(number, parent._number)


os.register_at_fork(after_in_child=_forked)
