"""Who is more important than whom, and on which CPUs: what `os` says of it. Weft's scheduler goes by none of it."""
import _weft
import errno
import os

_OTHER, _FIFO, _RR, _BATCH, _IDLE = 0, 1, 2, 3, 5
_nice = 0                   # of this process; a fork copies it
_affinity = None


class sched_param(tuple):
    __slots__ = ()
    __module__ = 'posix'

    def __new__(cls, sched_priority):
        return tuple.__new__(cls, (sched_priority,))

    sched_priority = property(lambda self: self[0])

    def __repr__(self):
        return f'posix.sched_param(sched_priority={self[0]!r})'


def _refuse(number):
    raise OSError(number, os.strerror(number))


def _is_own(pid):
    """Whether it is this process; it must be one."""
    if pid in (0, _weft.getpid()):
        return True
    if pid < 0:
        _refuse(errno.EINVAL)
    if _weft.kill(pid, 0) < 0:
        _refuse(errno.ESRCH)
    return False


def nice(increment, /):
    setpriority(os.PRIO_PROCESS, 0, max(-20, min(19, _nice + increment)), _refused=errno.EPERM)
    return _nice


def getpriority(which, who):
    if which not in (os.PRIO_PROCESS, os.PRIO_PGRP, os.PRIO_USER):
        _refuse(errno.EINVAL)
    return _nice if which != os.PRIO_PROCESS or _is_own(who) else 0


def setpriority(which, who, priority, _refused=errno.EACCES):
    global _nice
    if which not in (os.PRIO_PROCESS, os.PRIO_PGRP, os.PRIO_USER):
        _refuse(errno.EINVAL)
    own = which != os.PRIO_PROCESS or _is_own(who)
    priority = max(-20, min(19, priority))
    # Who is not root may only step back.
    if priority < (_nice if own else 0):
        _refuse(_refused)
    if own:
        _nice = priority


def sched_getaffinity(pid, /):
    _is_own(pid)
    return set(range(_weft.cpu_count()) if _affinity is None else _affinity)


def sched_setaffinity(pid, mask, /):
    global _affinity
    wanted = set(mask)
    if any(cpu < 0 for cpu in wanted):
        raise ValueError('negative CPU number')
    wanted &= set(range(_weft.cpu_count()))
    if not wanted:
        _refuse(errno.EINVAL)
    if _is_own(pid):
        _affinity = wanted


def _limits(policy):
    if policy not in (_OTHER, _FIFO, _RR, _BATCH, _IDLE):
        _refuse(errno.EINVAL)
    return (1, 99) if policy in (_FIFO, _RR) else (0, 0)


def sched_get_priority_min(policy):
    return _limits(policy)[0]


def sched_get_priority_max(policy):
    return _limits(policy)[1]


def sched_getscheduler(pid, /):
    _is_own(pid)
    return _OTHER


def sched_getparam(pid, /):
    _is_own(pid)
    return sched_param(0)


def sched_setscheduler(pid, policy, param, /):
    low, high = _limits(policy)
    _is_own(pid)
    if not low <= param.sched_priority <= high:
        _refuse(errno.EINVAL)
    if high > 0:
        _refuse(errno.EPERM)


def sched_setparam(pid, param, /):
    sched_setscheduler(pid, _OTHER, param)


def install():
    import posix
    for f in (nice, getpriority, setpriority, sched_getaffinity, sched_setaffinity, sched_get_priority_min, sched_get_priority_max,
              sched_getscheduler, sched_getparam, sched_setscheduler, sched_setparam, sched_param):
        f.__module__ = 'posix'
        setattr(os, f.__name__, f)
        setattr(posix, f.__name__, f)
    for name, value in (('OTHER', _OTHER), ('FIFO', _FIFO), ('RR', _RR), ('BATCH', _BATCH), ('IDLE', _IDLE)):
        setattr(os, f'SCHED_{name}', value)
        setattr(posix, f'SCHED_{name}', value)
