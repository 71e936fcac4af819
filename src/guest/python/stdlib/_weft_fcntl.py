"""Locks on files: `fcntl.flock` and `lockf`, `os.lockf`, on Weft's kernel: Emscripten grants every lock at once. `os.set_inheritable`."""
import _weft
import errno
import fcntl
import os

_NONE, _SHARED, _EXCLUSIVE, _TEST = range(4)
_KINDS = {fcntl.LOCK_UN: _NONE, fcntl.LOCK_SH: _SHARED, fcntl.LOCK_EX: _EXCLUSIVE}


def _number(fd):
    if not isinstance(fd, int):
        try:
            fd = fd.fileno()
        except AttributeError:
            raise TypeError('argument must be an int, or have a fileno() method.') from None
        if not isinstance(fd, int):
            raise TypeError('fileno() returned a non-integer')
    if fd < 0:
        raise ValueError(f'file descriptor cannot be a negative integer ({fd})')
    os.fstat(fd)            # raises where it is not open
    return fd


def _check(outcome):
    if outcome < 0:
        raise OSError(-outcome, os.strerror(-outcome))


def flock(fd, operation, /):
    fd = _number(fd)
    kind = _KINDS.get(operation & ~fcntl.LOCK_NB)
    if kind is None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    _check(_weft.file_lock(fd, kind, 0 if operation & fcntl.LOCK_NB else 1))


def lockf(fd, cmd, len=0, start=0, whence=0, /):
    fd = _number(fd)
    if cmd == fcntl.LOCK_UN:
        kind = _NONE
    elif cmd & fcntl.LOCK_SH:
        kind = _SHARED
    elif cmd & fcntl.LOCK_EX:
        kind = _EXCLUSIVE
    else:
        raise ValueError('unrecognized lockf argument')
    _check(_weft.file_lock_range(fd, kind, 0 if cmd & fcntl.LOCK_NB else 1, start, len, whence))


def _lockf(fd, command, length, /):
    kinds = {os.F_ULOCK: _NONE, os.F_LOCK: _EXCLUSIVE, os.F_TLOCK: _EXCLUSIVE, os.F_TEST: _TEST}
    if command not in kinds:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    outcome = _weft.file_lock_range(_number(fd), kinds[command], command == os.F_LOCK, 0, length, os.SEEK_CUR)
    _check(-errno.EACCES if command == os.F_TEST and outcome == -errno.EAGAIN else outcome)


def _set_inheritable(fd, inheritable, /):
    """C does it with ioctl, which Emscripten's library answers without doing anything."""
    flags = fcntl.fcntl(fd, fcntl.F_GETFD)
    fcntl.fcntl(fd, fcntl.F_SETFD, flags & ~fcntl.FD_CLOEXEC if inheritable else flags | fcntl.FD_CLOEXEC)


def install():
    import posix
    _set_inheritable.__name__, _set_inheritable.__module__ = 'set_inheritable', 'posix'
    os.set_inheritable = posix.set_inheritable = _set_inheritable
    flock.__module__ = lockf.__module__ = 'fcntl'
    fcntl.flock, fcntl.lockf = flock, lockf
    _lockf.__name__, _lockf.__module__ = 'lockf', 'posix'
    os.lockf = posix.lockf = _lockf
