"""The hub: one greenlet of each thread, to which every greenlet switches that waits, and which switches to who can go on."""
import heapq
import os
import select as _select
import sys
import time as _time
from _thread import get_ident
from collections import deque
from greenlet import getcurrent, greenlet

# As they were before monkey.py replaced them.
_sleep = _time.sleep
_monotonic = _time.monotonic
_poll = _select.poll
_POLLIN, _POLLOUT = _select.POLLIN, _select.POLLOUT


class LoopExit(Exception):
    """Nothing can go on any more."""


class Timer:
    """Calls something later, once; or not, where it is cancelled before."""
    __slots__ = ('when', 'number', 'call', 'args', 'active')

    def __init__(self, when, number, call, args):
        self.when, self.number, self.call, self.args = when, number, call, args
        self.active = True

    def cancel(self):
        self.active = False

    def __lt__(self, other):
        return (self.when, self.number) < (other.when, other.number)


class Hub(greenlet):
    """Runs what is ready, in turn; then who has slept long enough; else waits for descriptors and time."""

    def __init__(self):
        super().__init__(self._loop)
        self.main = getcurrent()
        while self.main.parent is not None:
            self.main = self.main.parent
        self.parent = self.main
        self.ready = deque()
        self.timers = []
        self.count = 0
        self.watchers = {}      # descriptor -> [(events, callback)]

    @property
    def loop(self):
        return self

    def soon(self, call, *args):
        timer = Timer(0, 0, call, args)
        self.ready.append(timer)
        return timer

    run_callback = soon

    def later(self, seconds, call, *args):
        self.count += 1
        timer = Timer(_monotonic() + seconds, self.count, call, args)
        heapq.heappush(self.timers, timer)
        return timer

    def watch(self, fd, events, call):
        """`call()` once when the descriptor is ready; answers what forgets it."""
        watchers = self.watchers.setdefault(fd, [])
        watcher = (events, call)
        watchers.append(watcher)

        def forget():
            if watcher in watchers:
                watchers.remove(watcher)
                if not watchers and self.watchers.get(fd) is watchers:
                    del self.watchers[fd]
        return forget

    def wait(self):
        """The current greenlet waits until somebody switches to it; what it is given."""
        if getcurrent() is self:
            raise RuntimeError('Impossible to call blocking function in the event loop callback')
        return self.switch()

    def _loop(self):
        while True:
            for _ in range(len(self.ready)):
                timer = self.ready.popleft()
                if timer.active:
                    self._call(timer)
            now = _monotonic()
            while self.timers and (not self.timers[0].active or self.timers[0].when <= now):
                timer = heapq.heappop(self.timers)
                if timer.active:
                    timer.active = False
                    self.ready.append(timer)
                    timer.active = True
            if self.watchers:
                self._wait_for_descriptors(0 if self.ready else self._left())
            elif self.ready:
                pass
            elif self.timers:
                _sleep(max(self._left(), 0))
            else:
                self.main.throw(LoopExit(f'This operation would block forever\n\tHub: {self!r}'))

    def _left(self):
        return max(self.timers[0].when - _monotonic(), 0) if self.timers else None

    def _wait_for_descriptors(self, seconds):
        poll = _poll()
        for fd, watchers in self.watchers.items():
            events = 0
            for wanted, _ in watchers:
                events |= wanted
            poll.register(fd, events)
        for fd, got in poll.poll(None if seconds is None else seconds * 1000):
            for watcher in list(self.watchers.get(fd, ())):
                wanted, call = watcher
                if got & ~(_POLLIN | _POLLOUT) or got & wanted:
                    self.watchers[fd].remove(watcher)
                    self.soon(call)
            if not self.watchers.get(fd, True):
                del self.watchers[fd]

    def _call(self, timer):
        try:
            timer.call(*timer.args)
        except Exception:
            self.handle_error(timer.call, *sys.exc_info())

    def handle_error(self, context, type, value, tb):
        import traceback
        if issubclass(type, (KeyboardInterrupt, SystemExit, SystemError)):
            self.main.throw(value)
            return
        lines = ''.join(traceback.format_exception(type, value, tb))
        stamp = _time.strftime('%Y-%m-%dT%H:%M:%SZ', _time.gmtime())
        sys.stderr.write(f'{lines}{stamp} {context} failed with {type.__name__}\n\n')

    def __repr__(self):
        return f'<Hub at {id(self):#x} thread_ident={self._thread:#x}>'


_hubs = {}


def get_hub(*args, **kwargs):
    """The hub of this thread."""
    me = get_ident()
    hub = _hubs.get(me)
    if hub is None or hub.dead:
        hub = _hubs[me] = Hub()
    return hub


def sleep(seconds=0, ref=True):
    """Lets others go on for so long; 0: each of them once."""
    hub = get_hub()
    current = getcurrent()
    timer = hub.later(seconds, current.switch) if seconds > 0 else hub.soon(current.switch)
    try:
        hub.wait()
    finally:
        timer.cancel()


def idle(priority=0):
    sleep(0)


class Waiting:
    """Greenlets that wait for one thing, in the order in which they came."""

    def __init__(self):
        self._greenlets = deque()

    def __len__(self):
        return len(self._greenlets)

    def wait(self, timeout=None):
        """Until somebody wakes the current greenlet; whether that was in time."""
        hub = get_hub()
        current = getcurrent()
        entry = [hub, current, False]
        self._greenlets.append(entry)
        timer = None if timeout is None else hub.later(max(timeout, 0), current.switch)
        try:
            hub.wait()
            return entry[2]
        finally:
            if timer is not None:
                timer.cancel()
            if entry in self._greenlets:
                self._greenlets.remove(entry)

    def wake(self, count=1):
        """Has that many go on soon; how many there were."""
        woken = 0
        while self._greenlets and woken < count:
            entry = self._greenlets.popleft()
            entry[2] = True
            entry[0].soon(_resume, entry)
            woken += 1
        return woken

    def wake_all(self):
        return self.wake(len(self._greenlets))


def _resume(entry):
    if not entry[1].dead:
        entry[1].switch()


def wait_for_descriptor(fd, events, timeout=None):
    """Until the descriptor is ready; whether that was in time."""
    hub = get_hub()
    current = getcurrent()
    done = [False]

    def ready():
        done[0] = True
        current.switch()
    forget = hub.watch(fd, events, ready)
    timer = None if timeout is None else hub.later(timeout, current.switch)
    try:
        hub.wait()
        return done[0]
    finally:
        forget()
        if timer is not None:
            timer.cancel()


os.register_at_fork(after_in_child=_hubs.clear)
