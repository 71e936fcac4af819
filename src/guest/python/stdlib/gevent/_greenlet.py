"""Greenlets that the hub starts, that can be waited for, and that end with a value or an exception."""
from gevent._loop import Waiting, get_hub
from gevent.timeout import Timeout, start_timeout
from greenlet import GreenletExit, greenlet

_NOTHING = object()


class Greenlet(greenlet):
    value = None
    args = ()
    kwargs = {}
    _count = 0

    def __init__(self, run=None, *args, **kwargs):
        hub = get_hub()
        super().__init__(None, hub)
        if run is not None:
            if not callable(run):
                raise TypeError('The run argument or self._run must be callable')
            self.__dict__['_target'] = run
        elif not hasattr(self, '_run') and not callable(getattr(self, '_run', None)):
            raise TypeError('The run argument or self._run must be callable')
        self.args, self.kwargs = args, kwargs
        self.value = None
        self._exception = _NOTHING
        self._exc_info = ()
        self._links = []
        self._waiting = Waiting()
        self._start = None
        self._has_begun = False
        Greenlet._count += 1
        self.minimal_ident = Greenlet._count - 1
        self.name = f'Greenlet-{self.minimal_ident}'

    @property
    def loop(self):
        return self.parent

    @property
    def run(self):
        return self._begin

    @property
    def started(self):
        return self._start is not None and not self.ready()

    @property
    def dead(self):
        return self.ready() or super().dead

    def __bool__(self):
        return self.started and self._exception is _NOTHING

    def ready(self):
        return self._exception is not _NOTHING

    def successful(self):
        return self._exception is None or isinstance(self._exception, GreenletExit)

    @property
    def exception(self):
        return None if self._exception is _NOTHING or self.successful() else self._exception

    @property
    def exc_info(self):
        return () if self.successful() else self._exc_info

    @classmethod
    def spawn(cls, *args, **kwargs):
        g = cls(*args, **kwargs)
        g.start()
        return g

    @classmethod
    def spawn_later(cls, seconds, *args, **kwargs):
        g = cls(*args, **kwargs)
        g.start_later(seconds)
        return g

    def start(self):
        if self._start is None:
            self._prepare()
            self._start = self.parent.soon(self.switch)

    def start_later(self, seconds):
        if self._start is None:
            self._prepare()
            self._start = self.parent.later(seconds, self.switch)

    def _prepare(self):
        if '_target' in self.__dict__:
            function = self.__dict__['_target']
        else:
            function = self._run        # of a subclass
        self.__dict__['_function'] = function
        greenlet.run.fset(self, self._begin)

    def _begin(self):
        self._has_begun = True
        try:
            result = self._function(*self.args, **self.kwargs)
        except BaseException as e:
            self._failed(e)
        else:
            self.value = result
            self._exception = None
            self._ended()

    def _failed(self, exception):
        self._exception = exception
        self._exc_info = (type(exception), exception, exception.__traceback__)
        if isinstance(exception, GreenletExit):
            self.value = exception
        else:
            self.parent.handle_error(self, *self._exc_info)
        self._ended()

    def _ended(self):
        self._waiting.wake_all()
        if self._links:
            get_hub().soon(self._notify)

    def _notify(self):
        links, self._links = self._links, []
        for link in links:
            link(self)

    def rawlink(self, callback):
        if not callable(callback):
            raise TypeError(f'Expected callable: {callback!r}')
        self._links.append(callback)
        if self.ready():
            get_hub().soon(self._notify)

    def link(self, callback):
        self.rawlink(lambda g: spawn_raw(callback, g))

    def link_value(self, callback):
        self.rawlink(lambda g: spawn_raw(callback, g) if g.successful() else None)

    def link_exception(self, callback):
        self.rawlink(lambda g: None if g.successful() else spawn_raw(callback, g))

    def unlink(self, callback):
        if callback in self._links:
            self._links.remove(callback)

    def unlink_all(self):
        self._links.clear()

    def has_links(self):
        return bool(self._links)

    def join(self, timeout=None):
        """Waits until it has ended."""
        if not self.ready():
            self._waiting.wait(timeout)

    def get(self, block=True, timeout=None):
        """What its function answered; its exception is raised."""
        if not self.ready():
            if not block:
                raise Timeout()
            with start_timeout(timeout):
                while not self.ready():
                    self._waiting.wait()
        if self.successful():
            return self.value
        raise self._exception

    def throw(self, *args):
        """Raises an exception in it, now."""
        self._cancel_start()
        if not self._has_begun and not self.ready():
            exception = args[0] if args else GreenletExit()
            self._failed(exception() if isinstance(exception, type) else exception)
            return None
        return greenlet.throw(self, *args)

    def _cancel_start(self):
        if self._start is None:
            self._start = get_hub().soon(lambda: None)
        self._start.cancel()

    def kill(self, exception=GreenletExit, block=True, timeout=None):
        """Raises the exception in it, and waits until it has ended."""
        self._cancel_start()
        if self.ready():
            return
        if not self._has_begun:
            self._failed(exception() if isinstance(exception, type) else exception)
            return
        get_hub().soon(self._kill, exception)
        if block:
            self.join(timeout)

    def _kill(self, exception):
        if not self.ready():
            self.throw(exception)

    def __repr__(self):
        function = self.__dict__.get('_target') or getattr(self, '_run', None)
        shown = ', '.join([repr(value)[:50] for value in self.args] + [f'{k}={repr(v)[:50]}' for k, v in self.kwargs.items()])
        name = getattr(function, '__name__', repr(function))
        return f'<{type(self).__name__} "{self.name}" at {id(self):#x}: {name}{f"({shown})" if shown else ""}>'

    __str__ = __repr__


def spawn(*args, **kwargs):
    """A greenlet that runs a function soon."""
    return Greenlet.spawn(*args, **kwargs)


def spawn_later(*args, **kwargs):
    return Greenlet.spawn_later(*args, **kwargs)


def spawn_raw(function, *args, **kwargs):
    """A plain greenlet that runs a function soon."""
    hub = get_hub()
    g = greenlet(function, hub)
    hub.soon(lambda: g.switch(*args, **kwargs))
    return g


def iwait(objects, timeout=None, count=None):
    """Each of the objects as it gets ready."""
    objects = list(objects)
    left = len(objects) if count is None else min(count, len(objects))
    ready, arrived = [], Waiting()

    def note(source):
        ready.append(source)
        arrived.wake()
    for item in objects:
        item.rawlink(note)
    try:
        with start_timeout(timeout, False):
            while left > 0:
                while not ready:
                    arrived.wait()
                left -= 1
                yield ready.pop(0)
    finally:
        for item in objects:
            item.unlink(note)


def wait(objects=None, timeout=None, count=None):
    """Waits until the objects are ready; those that are."""
    if objects is None:
        from gevent._loop import sleep
        hub = get_hub()
        while hub.ready or hub.timers or hub.watchers:
            sleep(0 if hub.ready or not hub.timers else max(hub._left(), 0))
        return True
    return list(iwait(objects, timeout, count))


def joinall(greenlets, timeout=None, raise_error=False, count=None):
    """Waits until the greenlets have ended; those that have."""
    done = []
    for g in iwait(greenlets, timeout, count):
        if raise_error and not g.successful():
            raise g.exception
        done.append(g)
    return done


def kill(greenlet, exception=GreenletExit):
    get_hub().soon(greenlet.throw, exception)


def killall(greenlets, exception=GreenletExit, block=True, timeout=None):
    greenlets = list(greenlets)
    for g in greenlets:
        if isinstance(g, Greenlet):
            g.kill(exception, block=False)
        elif not g.dead:
            kill(g, exception)
    if block:
        joinall([g for g in greenlets if isinstance(g, Greenlet)], timeout)
