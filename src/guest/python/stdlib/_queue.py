"""CPython's `_queue`, which is written in C: its get would block the whole worker. Only `queue` imports it."""
from _collections import deque
from time import monotonic
from types import GenericAlias

import _weft


class Empty(Exception):
    """Exception raised by Queue.get(block=0)/get_nowait()."""


class SimpleQueue:
    """An unbounded queue; put never blocks."""
    __slots__ = ('_items', '_wakeups', '_waiting', '__weakref__')

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle '_queue.SimpleQueue' object")

    def __init__(self):
        self._items = deque()
        self._wakeups = _weft.cell_new(0, 0x7fffffff)
        self._waiting = 0

    def __del__(self):
        _weft.cell_free(self._wakeups)

    def put(self, item, block=True, timeout=None):
        self._items.append(item)
        if self._waiting:
            _weft.cell_release(self._wakeups)

    def put_nowait(self, item):
        self.put(item)

    def get(self, block=True, timeout=None):
        if not block:
            timeout = 0
        elif timeout is None:
            timeout = -1
        elif timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if not self._items:
            self._wait(timeout)
        try:
            return self._items.popleft()
        except IndexError:
            raise Empty from None

    def _wait(self, timeout):
        """Until there is an item; a wake-up only says that it is worth another look."""
        end = monotonic() + timeout
        self._waiting += 1
        try:
            while not self._items:
                left = -1 if timeout < 0 else max(end - monotonic(), 0)
                if left == 0 or not _weft.cell_acquire(self._wakeups, left):
                    return
        finally:
            self._waiting -= 1

    def get_nowait(self):
        return self.get(False)

    def empty(self):
        return not self._items

    def qsize(self):
        return len(self._items)

    __class_getitem__ = classmethod(GenericAlias)
