"""Each task of asyncio, and each greenlet, as a lane of its own in the trace. Installed where the run is traced."""
import _weft
import types
from asyncio import base_events
from collections.abc import Coroutine

# What a coroutine waits for, by the innermost coroutine of the library that it awaits.
_REASONS = {
    'sleep': 'sleep', 'Lock.acquire': 'lock', 'Condition.wait': 'condition', 'Event.wait': 'event', 'Semaphore.acquire': 'semaphore',
    'Barrier._wait': 'barrier', 'Barrier._block': 'barrier', 'Queue.get': 'queue empty', 'Queue.put': 'queue full',
    'Queue.join': 'unfinished', 'StreamReader._wait_for_data': 'receive', 'wait': 'join', '_wait': 'join',
    'TaskGroup.__aexit__': 'join', 'BaseEventLoop.run_in_executor': 'pool', 'FlowControlMixin._drain_helper': 'pipe full',
}
_lanes = {}         # id of a task that has not ended -> its lane


class _Laned(Coroutine):
    """A task's coroutine: runs it, and notes when it runs, waits and ends."""

    def __init__(self, coroutine):
        self._coroutine = coroutine
        self._lane = 0
        self._task = None
        self.__name__ = getattr(coroutine, '__name__', type(coroutine).__name__)
        self.__qualname__ = getattr(coroutine, '__qualname__', self.__name__)

    def _step(self, step, *args):
        if self._lane == 0:
            name = self._task.get_name() if self._task is not None else ''
            self._lane = _weft.lane_new(self.__name__ if not name or name.startswith('Task-') else name)
            if self._task is not None:
                _lanes[id(self._task)] = self._lane
        _weft.lane_run(self._lane)
        try:
            awaited = step(*args)
        except StopIteration:
            self._end(0, '')
            raise
        except BaseException as error:
            self._end(0 if type(error).__name__ == 'CancelledError' else 1, type(error).__name__)
            raise
        _weft.lane_wait(self._lane, self._reason(awaited), _lanes.get(id(awaited), 0))
        return awaited

    def _end(self, status, why):
        _weft.lane_end(self._lane, status, why)
        _lanes.pop(id(self._task), None)
        self._task = None

    def _reason(self, awaited):
        if id(awaited) in _lanes:
            return 'join'
        reason, inner = 'await', self._coroutine
        while isinstance(inner, types.CoroutineType):
            reason = _REASONS.get(inner.__qualname__, reason)
            inner = inner.cr_await
        return reason

    def send(self, value):
        return self._step(self._coroutine.send, value)

    def throw(self, *args):
        return self._step(self._coroutine.throw, *args)

    def close(self):
        return self._coroutine.close()

    def __await__(self):
        return self._coroutine.__await__()

    def __getattr__(self, name):
        return getattr(self._coroutine, name)

    def __repr__(self):
        return repr(self._coroutine)


def install():
    create = base_events.BaseEventLoop.create_task

    def create_task(self, coro, **kwargs):
        if not isinstance(coro, Coroutine):
            return create(self, coro, **kwargs)
        laned = _Laned(coro)
        laned._task = task = create(self, laned, **kwargs)
        if task.done():
            laned._task = None
        return task
    base_events.BaseEventLoop.create_task = create_task
