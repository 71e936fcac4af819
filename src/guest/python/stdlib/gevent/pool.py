"""Groups of greenlets, and pools, which are groups of limited size."""
from gevent._greenlet import Greenlet, joinall, killall
from gevent.event import Event
from gevent.lock import Semaphore
from gevent.queue import Queue

__all__ = ['Group', 'Pool', 'PoolFull']


class PoolFull(Exception):
    pass


class Group:
    greenlet_class = Greenlet

    def __init__(self, greenlets=()):
        self.greenlets = set()
        self.dying = set()
        self._empty = Event()
        self._empty.set()
        for g in greenlets:
            self.add(g)

    def __len__(self):
        return len(self.greenlets)

    def __contains__(self, item):
        return item in self.greenlets

    def __iter__(self):
        return iter(set(self.greenlets))

    def add(self, g, blocking=True, timeout=None):
        self.greenlets.add(g)
        self._empty.clear()
        g.rawlink(self.discard)

    def discard(self, g):
        if g in self.greenlets:
            self.greenlets.discard(g)
            if not self.greenlets:
                self._empty.set()

    _discard = discard

    def start(self, g):
        self.add(g)
        g.start()

    def spawn(self, *args, **kwargs):
        g = self.greenlet_class(*args, **kwargs)
        self.start(g)
        return g

    def full(self):
        return False

    def wait_available(self, timeout=None):
        pass

    def join(self, timeout=None, raise_error=False):
        """Waits until the group is empty; whether it is."""
        if raise_error:
            greenlets = set(self.greenlets)
            self._empty.wait(timeout)
            for g in greenlets:
                if g.exception is not None:
                    raise g.exception
        else:
            self._empty.wait(timeout)
        return not self.greenlets

    def kill(self, exception=None, block=True, timeout=None):
        killall(list(self.greenlets), *(() if exception is None else (exception,)), block=block, timeout=timeout)

    def killone(self, g, exception=None, block=True, timeout=None):
        if g in self.greenlets:
            g.kill(*(() if exception is None else (exception,)), block=block, timeout=timeout)

    def apply(self, func, args=None, kwds=None):
        return self.spawn(func, *(args or ()), **(kwds or {})).get()

    def apply_cb(self, func, args=None, kwds=None, callback=None):
        result = self.apply(func, args, kwds)
        if callback is not None:
            self.spawn(callback, result)
        return result

    def apply_async(self, func, args=None, kwds=None, callback=None):
        g = self.spawn(func, *(args or ()), **(kwds or {}))
        if callback is not None:
            g.link_value(lambda source: callback(source.value))
        return g

    def map(self, func, iterable):
        return list(self.imap(func, iterable))

    def map_async(self, func, iterable, callback=None):
        g = Greenlet.spawn(self.map, func, iterable)
        if callback is not None:
            g.link_value(lambda source: callback(source.value))
        return g

    def imap(self, func, *iterables, maxsize=None):
        """Results in the order of what they are of."""
        results = Queue()

        def start():
            for args in zip(*iterables):
                results.put(self.spawn(func, *args))
            results.put(None)
        Greenlet.spawn(start)
        while (g := results.get()) is not None:
            yield g.get()

    def imap_unordered(self, func, *iterables, maxsize=None):
        """Results as they come."""
        results = Queue()

        def start():
            count = 0
            for args in zip(*iterables):
                self.spawn(func, *args).rawlink(results.put)
                count += 1
            counted.append(count)
            results.put(None)
        counted = []
        Greenlet.spawn(start)
        taken = 0
        while not counted or taken < counted[0]:
            g = results.get()
            if g is not None:
                taken += 1
                yield g.get()


class Pool(Group):
    """At most `size` at a time: who starts one more waits."""

    def __init__(self, size=None, greenlet_class=None):
        if size is not None and size < 0:
            raise ValueError(f'size must not be negative: {size!r}')
        super().__init__()
        self.size = size
        if greenlet_class is not None:
            self.greenlet_class = greenlet_class
        self._semaphore = None if size is None else Semaphore(size)

    def add(self, g, blocking=True, timeout=None):
        if self._semaphore is not None and not self._semaphore.acquire(blocking, timeout):
            raise PoolFull()
        super().add(g)

    def discard(self, g):
        if g in self.greenlets and self._semaphore is not None:
            self._semaphore.release()
        super().discard(g)

    def full(self):
        return self.free_count() <= 0

    def free_count(self):
        return 1 if self.size is None else max(0, self.size - len(self.greenlets))

    def wait_available(self, timeout=None):
        return 1 if self._semaphore is None else self._semaphore.wait(timeout)


__all__ += ['joinall']
