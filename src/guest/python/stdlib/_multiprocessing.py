"""SemLock on the kernel's semaphores: what CPython has in Modules/_multiprocessing/semaphore.c."""
import _weft
from _thread import get_ident

RECURSIVE_MUTEX, SEMAPHORE = 0, 1
flags = {'HAVE_SEM_OPEN': 1, 'HAVE_SEM_TIMEDWAIT': 1}

# Codes of the kernel's kinds of objects.
_LOCK, _RLOCK, _SEMAPHORE, _BOUNDED = 1, 2, 3, 4


class SemLock:
    __slots__ = ('handle', 'kind', 'maxvalue', 'name', '_held', '_owner', '__weakref__')
    SEM_VALUE_MAX = 0x7fffffff

    def __new__(cls, kind, value, maxvalue, name, unlink):
        if kind not in (RECURSIVE_MUTEX, SEMAPHORE):
            raise ValueError('unrecognized kind')
        if kind == RECURSIVE_MUTEX:
            type_ = _RLOCK
        elif maxvalue == 1:
            type_ = _LOCK
        else:
            type_ = _SEMAPHORE if maxvalue == cls.SEM_VALUE_MAX else _BOUNDED
        handle = _weft.sem_new(type_, value, maxvalue, '')
        if handle < 0:
            raise OSError(23, 'Too many open files in system')
        return cls._rebuild(handle, kind, maxvalue, None if unlink else name)

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name):
        self = object.__new__(cls)
        self.handle, self.kind, self.maxvalue, self.name = handle, kind, maxvalue, name
        self._held = 0
        self._owner = 0
        return self

    def _is_mine(self):
        return self._held > 0 and self._owner == get_ident()

    def _count(self):
        return self._held

    def acquire(self, block=True, timeout=None):
        if self.kind == RECURSIVE_MUTEX and self._is_mine():
            self._held += 1
            return True
        wait = 0 if not block else -1 if timeout is None else max(timeout, 0)
        if not _weft.sem_acquire(self.handle, wait):
            return False
        self._held += 1
        self._owner = get_ident()
        return True

    __enter__ = acquire

    def release(self):
        if self.kind == RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError('attempt to release recursive lock not owned by thread')
            if self._held > 1:
                self._held -= 1
                return
            self._held = 0
            _weft.sem_release(self.handle)
            return
        if not _weft.sem_release(self.handle):
            raise ValueError('semaphore or lock released too many times')
        self._held -= 1

    def __exit__(self, *exc):
        self.release()

    def _get_value(self):
        return _weft.sem_value(self.handle)

    def _is_zero(self):
        return _weft.sem_value(self.handle) == 0

    def _after_fork(self):
        self._held = 0


def sem_unlink(name):
    pass
