"""select and poll that let other greenlets go on."""
import select as _select
from gevent._loop import Waiting, get_hub, sleep
from select import error

__all__ = ['select', 'poll', 'error']
_plain = _select.select
_plain_poll = _select.poll


def select(rlist, wlist, xlist, timeout=None):
    ready = _plain(rlist, wlist, xlist, 0)
    if any(ready) or timeout == 0:
        return ready
    if not (rlist or wlist or xlist):
        sleep(0 if timeout is None else timeout)
        return [], [], []
    hub, some = get_hub(), Waiting()
    forget = [hub.watch(_number(item), events, some.wake_all)
              for items, events in ((rlist, _select.POLLIN), (wlist, _select.POLLOUT)) for item in items]
    try:
        some.wait(timeout)
    finally:
        for each in forget:
            each()
    return _plain(rlist, wlist, xlist, 0)


def _number(item):
    return item if isinstance(item, int) else item.fileno()


class poll:
    def __init__(self):
        self._events = {}

    def register(self, fd, eventmask=_select.POLLIN | _select.POLLOUT | _select.POLLPRI):
        self._events[_number(fd)] = eventmask

    def modify(self, fd, eventmask):
        if _number(fd) not in self._events:
            raise FileNotFoundError(2, 'No such file or directory')
        self._events[_number(fd)] = eventmask

    def unregister(self, fd):
        del self._events[_number(fd)]

    def poll(self, timeout=None):
        plain = _plain_poll()
        for fd, events in self._events.items():
            plain.register(fd, events)
        ready = plain.poll(0)
        if ready or timeout == 0:
            return ready
        hub, some = get_hub(), Waiting()
        forget = [hub.watch(fd, events, some.wake_all) for fd, events in self._events.items()]
        try:
            some.wait(None if timeout is None or timeout < 0 else timeout / 1000)
        finally:
            for each in forget:
                each()
        return plain.poll(0)
