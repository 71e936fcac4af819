"""Signals: the part of CPython's `_signal` that rests on the operating system, on Weft's kernel.

CPython's own C code keeps the handlers and runs them; the kernel is told which signals have some, and says when one came.
"""
import _signal
import _thread
import _weft
import errno
import os

_set_handler = _signal.signal
_get_handler = _signal.getsignal
_describe = _signal.strsignal
_C_IGNORES = _signal.SIG_IGN        # a number of its own in C; on Linux, and to programs, it is 1
_LINUX_WORDS = {8: 'Floating point exception', 17: 'Child exited'}
_LAST = 31                  # the kernel has no real-time signals
_IGNORE, _CATCH = 1, 2


def signal(signalnum, handler, /):
    if signalnum in (_signal.SIGKILL, _signal.SIGSTOP):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    is_ignored = type(handler) is int and handler == _signal.SIG_IGN
    former = _set_handler(signalnum, _C_IGNORES if is_ignored else handler)
    _tell(signalnum, handler)
    return _for_program(former)


def getsignal(signalnum, /):
    return _for_program(_get_handler(signalnum))


def _for_program(handler):
    return _signal.SIG_IGN if type(handler) is int and handler == _C_IGNORES else handler


def strsignal(signalnum, /):
    return _LINUX_WORDS.get(signalnum) or _describe(signalnum)


def _tell(signalnum, handler):
    action = 0 if handler == _signal.SIG_DFL else _IGNORE if handler == _signal.SIG_IGN else _CATCH
    _weft.signal_action(int(signalnum), action)


def begin():
    """The kernel knows nothing yet of a fresh interpreter's handlers."""
    for number in range(1, _LAST + 1):
        handler = _signal.getsignal(number)
        if handler is not None and handler != _signal.SIG_DFL:
            _tell(number, handler)


def _mask(signals):
    mask = 0
    for number in signals:
        number = int(number)
        if not 0 < number < _signal.NSIG:
            raise ValueError(f'signal number {number} out of range [1; {_signal.NSIG - 1}]')
        if number <= _LAST:
            mask |= 1 << number - 1
    return mask


def _signals(mask):
    return {number for number in range(1, _LAST + 1) if mask >> number - 1 & 1}


def pthread_sigmask(how, mask, /):
    mask = _mask(mask)
    if how == _signal.SIG_SETMASK:
        return _signals(_weft.signal_mask(mask))
    if how not in (_signal.SIG_BLOCK, _signal.SIG_UNBLOCK):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    former = _weft.signal_masked()
    _weft.signal_mask(former | mask if how == _signal.SIG_BLOCK else former & ~mask)
    return _signals(former)


def sigpending():
    return _signals(_weft.signal_pending())


def sigwait(sigset, /):
    return int(_weft.signal_wait(_mask(sigset), -1)) % 256


def _info(answer):
    sender, number = divmod(int(answer), 256)
    # Number, code (sent by a process), errno, pid and uid of the sender, status, band.
    return _signal.struct_siginfo((number, 0, 0, sender, 0, 0, 0))


def sigwaitinfo(sigset, /):
    return _info(_weft.signal_wait(_mask(sigset), -1))


def sigtimedwait(sigset, timeout, /):
    if timeout < 0:
        raise ValueError('timeout must be non-negative')
    answer = _weft.signal_wait(_mask(sigset), timeout)
    return _info(answer) if answer else None


def pause():
    _weft.signal_pause()


def raise_signal(signalnum, /):
    if not 0 < signalnum < _signal.NSIG:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    if signalnum <= _LAST:
        os.kill(os.getpid(), signalnum)


def pthread_kill(thread_id, signalnum, /):
    if not 0 <= signalnum < _signal.NSIG:
        raise ValueError('signal number out of range')
    answer = _weft.signal_thread(thread_id, signalnum)
    if answer < 0:
        raise ProcessLookupError(errno.ESRCH, os.strerror(errno.ESRCH))


def _alarm(answer):
    left, interval = answer.split()
    return float(left), float(interval)


def _timer(which):
    if which not in (_signal.ITIMER_REAL, _signal.ITIMER_VIRTUAL, _signal.ITIMER_PROF):
        raise _signal.ItimerError(errno.EINVAL, os.strerror(errno.EINVAL))


def setitimer(which, seconds, interval=0.0, /):
    _timer(which)
    if seconds < 0 or interval < 0:
        raise _signal.ItimerError(errno.EINVAL, os.strerror(errno.EINVAL))
    return _alarm(_weft.set_alarm(seconds, interval, which))


def getitimer(which, /):
    _timer(which)
    return _alarm(_weft.get_alarm(which))


def alarm(seconds, /):
    left = _alarm(_weft.set_alarm(seconds, 0.0, _signal.ITIMER_REAL))[0]
    return int(-(-left // 1))


def interrupt_main(signum=_signal.SIGINT, /):
    if not 0 < signum < _signal.NSIG:
        raise ValueError('signal number out of range')
    _weft.interrupt_main(signum)


def install():
    """Before `signal` copies these names."""
    _signal.SIG_IGN = 1
    for f in (signal, getsignal, strsignal, pthread_sigmask, sigpending, sigwait, sigwaitinfo, sigtimedwait, pause, raise_signal, pthread_kill, setitimer,
              getitimer, alarm):
        f.__module__ = 'signal'
        setattr(_signal, f.__name__, f)
    interrupt_main.__module__ = '_thread'
    _thread.interrupt_main = interrupt_main
