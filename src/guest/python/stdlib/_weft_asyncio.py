"""asyncio on CPython's own event loop: Pyodide's, which rests on the browser's, cannot wait for kernel objects.

The loop wakes itself from other threads through a pair of sockets; here it is a pipe.
"""
import asyncio
import os
import select
from asyncio import runners, selector_events


class _PipeEnd:
    """What the loop needs of a socket that does not block."""

    def __init__(self, fd):
        self._fd = fd

    def fileno(self):
        return self._fd

    def setblocking(self, flag):
        pass

    def recv(self, size):
        if not select.select([self._fd], [], [], 0)[0]:
            raise BlockingIOError
        return os.read(self._fd, size)

    def send(self, data):
        return os.write(self._fd, data)

    def close(self):
        os.close(self._fd)


def _make_self_pipe(self):
    reading, writing = os.pipe()
    self._ssock, self._csock = _PipeEnd(reading), _PipeEnd(writing)
    self._internal_fds += 1
    self._add_reader(reading, self._read_from_self)


def install():
    selector_events.BaseSelectorEventLoop._make_self_pipe = _make_self_pipe
    asyncio.run = runners.run
    asyncio.events._set_event_loop_policy(None)
    asyncio.events._set_running_loop(None)
