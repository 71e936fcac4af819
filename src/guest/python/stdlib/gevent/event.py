"""Events, and results that others wait for."""
from gevent._loop import Waiting, get_hub
from gevent.timeout import Timeout, start_timeout

__all__ = ['Event', 'AsyncResult']


class _Linkable:
    def __init__(self):
        self._waiting = Waiting()
        self._links = []

    def rawlink(self, callback):
        self._links.append(callback)
        if self.ready():
            get_hub().soon(self._notify)

    def unlink(self, callback):
        if callback in self._links:
            self._links.remove(callback)

    def _notify(self):
        for link in list(self._links):
            link(self)

    def _changed(self):
        self._waiting.wake_all()
        if self._links:
            get_hub().soon(self._notify)


class Event(_Linkable):
    def __init__(self):
        super().__init__()
        self._flag = False

    def is_set(self):
        return self._flag

    isSet = ready = is_set

    def set(self):
        self._flag = True
        self._changed()

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        """Until it is set; whether it is, or was when this greenlet was woken."""
        if self._flag:
            return True
        return self._waiting.wait(timeout) or self._flag

    def __repr__(self):
        return f'<{type(self).__name__} {"set" if self._flag else "clear"} _links[{len(self._waiting)}]>'


class AsyncResult(_Linkable):
    """A value or an exception, set once."""
    _NOTHING = object()

    def __init__(self):
        super().__init__()
        self._value = self._NOTHING
        self._exception = None

    def ready(self):
        return self._value is not self._NOTHING or self._exception is not None

    def successful(self):
        return self._value is not self._NOTHING

    @property
    def value(self):
        return None if self._value is self._NOTHING else self._value

    @property
    def exception(self):
        return self._exception

    def set(self, value=None):
        self._value = value
        self._changed()

    def set_exception(self, exception, exc_info=None):
        self._exception = exception
        self._changed()

    def get(self, block=True, timeout=None):
        if not self.ready():
            if not block:
                raise Timeout()
            with start_timeout(timeout):
                while not self.ready():
                    self._waiting.wait()
        if self._exception is not None:
            raise self._exception
        return self._value

    def get_nowait(self):
        return self.get(block=False)

    def wait(self, timeout=None):
        if not self.ready():
            self._waiting.wait(timeout)
        return self.value

    def __call__(self, source):
        """As the link of a greenlet: takes over what it ended with."""
        if source.successful():
            self.set(source.value)
        else:
            self.set_exception(source.exception)
