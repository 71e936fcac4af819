"""An exception that comes to the current greenlet after some time."""
from gevent._loop import get_hub, getcurrent

__all__ = ['Timeout', 'with_timeout']


class Timeout(BaseException):
    """Raised in the greenlet that started it. With `exception` False it ends its own `with` block quietly."""

    def __init__(self, seconds=None, exception=None, ref=True, priority=-1, _use_timer=True):
        super().__init__()
        self.seconds = seconds
        self.exception = exception
        self._timer = None

    @classmethod
    def start_new(cls, timeout=None, exception=None, ref=True):
        if isinstance(timeout, Timeout):
            if not timeout.pending:
                timeout.start()
            return timeout
        timeout = cls(timeout, exception)
        timeout.start()
        return timeout

    def start(self):
        if self.pending:
            raise AssertionError(f'{self!r} is already started; to restart it, cancel it first')
        if self.seconds is None:
            return
        exception = self if self.exception is None or self.exception is False or isinstance(self.exception, str) else self.exception
        self._timer = get_hub().later(max(self.seconds, 0), getcurrent().throw, exception)

    @property
    def pending(self):
        return self._timer is not None and self._timer.active

    def cancel(self):
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    close = cancel

    def __enter__(self):
        if not self.pending:
            self.start()
        return self

    def __exit__(self, typ, value, tb):
        self.cancel()
        if value is self and self.exception is False:
            return True

    def __str__(self):
        if self.seconds is None:
            return ''
        plural = '' if self.seconds == 1 else 's'
        if self.exception is None:
            return f'{self.seconds} second{plural}'
        return f'{self.seconds} second{plural} (silent)' if self.exception is False else f'{self.seconds} second{plural}: {self.exception}'

    def __repr__(self):
        return f'<{type(self).__name__} at {id(self):#x} seconds={self.seconds}{" pending" if self.pending else ""}>'


class _NoTimeout:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return None

    def cancel(self):
        pass


def start_timeout(seconds, exception=None):
    return _NoTimeout() if seconds is None else Timeout(seconds, exception)


def with_timeout(seconds, function, *args, **kwargs):
    """Calls the function; `timeout_value=...` is the answer when it takes longer."""
    has_value = 'timeout_value' in kwargs
    value = kwargs.pop('timeout_value', None)
    timeout = Timeout.start_new(seconds)
    try:
        return function(*args, **kwargs)
    except Timeout as e:
        if e is timeout and has_value:
            return value
        raise
    finally:
        timeout.cancel()
