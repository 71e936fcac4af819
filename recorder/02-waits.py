# Waits ----------------------------------------------------------------------------------------------------------------

class Wait:
    """A wait of this task: what is inside `with` may block."""

    def __init__(self, reason, obj=0, other=0, timeout=None):
        self.about = (reason, obj, other, timeout)

    def __enter__(self):
        reason, obj, other, timeout = self.about
        # What is no number is for the program to hear about.
        is_time = isinstance(timeout, (int, float)) and timeout < 1e9
        self.micros = min(UNBOUNDED // 2, max(0, int(timeout * 1e6))) if is_time else None
        emit('task-block', reason, obj, other, self.micros)
        return self

    def __exit__(self, *problem):
        reason, obj, other, _ = self.about
        # The merge finds out who ended it.
        emit('resume', reason, obj, other, self.micros)


LATE = 1_000_000


def outermost(around):
    """Makes of `around(original, self, ...)` what takes a method's place, for calls that no other instrumented call has made."""
    def patch(original):
        def call(*args, **kwargs):
            if local.depth or local.silent:
                return original(*args, **kwargs)
            local.depth += 1
            try:
                return around(original, *args, **kwargs)
            finally:
                local.depth -= 1
        call.__name__ = getattr(original, '__name__', 'call')
        call.__doc__ = original.__doc__
        return call
    return patch


def blocking(would, reason, obj, timeout, act, other=0):
    """Calls `act`, as a wait if it would block; also if it then did against all expectation."""
    if would:
        with Wait(reason, obj, other, timeout):
            return act()
    began = now()
    try:
        return act()
    finally:
        if now() - began > LATE:
            emit('task-block', reason, obj, other, at=began)
            emit('resume', reason, obj, other)


def acquiring(kind, key, attempt, args, kwargs):
    """An `acquire` of a lock or semaphore; `attempt` is the original."""
    block = args[0] if args else kwargs.get('blocking', kwargs.get('block', True))
    timeout = args[1] if len(args) > 1 else kwargs.get('timeout')
    if not block or timeout is not None and timeout < -1:
        got = attempt(*args, **kwargs)
    else:
        got = attempt(False)
    if not got and block:
        timeout = None if timeout is None or timeout < 0 else timeout
        with Wait('semaphore' if 'semaphore' in kind else 'lock', key, 0, timeout):
            got = attempt(*args, **kwargs)
    if got:
        emit('acquire', 0, key)
    return got
