"""Queues between greenlets of one thread, with the interface of the module `queue`."""
import heapq
from collections import deque
from gevent._loop import Waiting
from gevent.event import Event
from queue import Empty, Full
from time import monotonic

__all__ = ['Queue', 'JoinableQueue', 'LifoQueue', 'PriorityQueue', 'SimpleQueue', 'Channel', 'Empty', 'Full']


class Queue:
    def __init__(self, maxsize=None, items=(), unfinished_tasks=None):
        self.maxsize = None if maxsize is None or maxsize <= 0 else maxsize
        self._create(items)
        self._getters, self._putters = Waiting(), Waiting()
        self.unfinished_tasks = self.qsize() if unfinished_tasks is None else unfinished_tasks
        self._done = Event()
        if not self.unfinished_tasks:
            self._done.set()

    def _create(self, items):
        self.queue = deque(items)

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    def peek(self, block=True, timeout=None):
        self._await_item(block, timeout)
        self._getters.wake()
        return self.queue[0]

    def qsize(self):
        return len(self.queue)

    __len__ = qsize

    def __bool__(self):
        return True

    def empty(self):
        return not self.queue

    def full(self):
        return self.maxsize is not None and len(self.queue) >= self.maxsize

    def put(self, item, block=True, timeout=None):
        end = None if timeout is None else monotonic() + timeout
        while self.full():
            left = None if end is None else end - monotonic()
            if not block or left is not None and left <= 0:
                raise Full
            self._putters.wait(left)
        self._put(item)
        self.unfinished_tasks += 1
        self._done.clear()
        self._getters.wake()

    def put_nowait(self, item):
        self.put(item, False)

    def _await_item(self, block, timeout):
        end = None if timeout is None else monotonic() + timeout
        while not self.queue:
            left = None if end is None else end - monotonic()
            if not block or left is not None and left <= 0:
                raise Empty
            self._getters.wait(left)

    def get(self, block=True, timeout=None):
        self._await_item(block, timeout)
        item = self._get()
        self._putters.wake()
        return item

    def get_nowait(self):
        return self.get(False)

    def task_done(self):
        if self.unfinished_tasks <= 0:
            raise ValueError('task_done() called too many times')
        self.unfinished_tasks -= 1
        if not self.unfinished_tasks:
            self._done.set()

    def join(self, timeout=None):
        return self._done.wait(timeout)

    def __iter__(self):
        return self

    def __next__(self):
        item = self.get()
        if item is StopIteration:
            raise item
        return item


JoinableQueue = SimpleQueue = Queue


class LifoQueue(Queue):
    def _create(self, items):
        self.queue = list(items)

    def _get(self):
        return self.queue.pop()


class PriorityQueue(Queue):
    def _create(self, items):
        self.queue = list(items)
        heapq.heapify(self.queue)

    def _put(self, item):
        heapq.heappush(self.queue, item)

    def _get(self):
        return heapq.heappop(self.queue)


class Channel(Queue):
    """A put waits until its item has been taken."""

    def put(self, item, block=True, timeout=None):
        taken = Event()
        super().put((item, taken))
        if not taken.wait(timeout if block else 0):
            self.queue.remove((item, taken))
            raise Full

    def get(self, block=True, timeout=None):
        item, taken = super().get(block, timeout)
        taken.set()
        return item
