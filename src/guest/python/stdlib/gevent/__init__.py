"""gevent: Weft's own, the part of the package of this name that course notes use, on Weft's own greenlet.

The event loop waits with the kernel's poll. Modules: event, greenlet, hub, local, lock, monkey, pool, queue, select, socket
and timeout. docs/python-modules.md says what is here and what is not.
"""
from gevent._loop import LoopExit, get_hub, getcurrent, idle, sleep
from gevent._greenlet import Greenlet, iwait, joinall, kill, killall, spawn, spawn_later, spawn_raw, wait
from gevent.timeout import Timeout, with_timeout
from greenlet import GreenletExit

__version__ = '25.5'
version_info = (25, 5, 0)

__all__ = ['Greenlet', 'GreenletExit', 'LoopExit', 'Timeout', 'get_hub', 'getcurrent', 'idle', 'iwait', 'joinall', 'kill', 'killall',
           'sleep', 'spawn', 'spawn_later', 'spawn_raw', 'wait', 'with_timeout', 'reinit', 'signal_handler']


def reinit(hub=None):
    """After a fork: the child's hub starts anew by itself."""


def signal_handler(signalnum, handler, *args, **kwargs):
    """Has `handler` called in a greenlet of its own when the signal comes."""
    import signal
    signal.signal(signalnum, lambda number, frame: spawn(handler, *args, **kwargs))
