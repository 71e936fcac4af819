"""SemLock on the kernel's semaphores: what CPython has in Modules/_multiprocessing/semaphore.c."""
import _weft

RECURSIVE_MUTEX, SEMAPHORE = 0, 1
flags = {'HAVE_SEM_OPEN': 1, 'HAVE_SEM_TIMEDWAIT': 1}

# Codes of the kernel's kinds of objects.
_LOCK, _RLOCK, _SEMAPHORE, _BOUNDED = 1, 2, 3, 4


class SemLock(_weft.Semaphore):
    """Acquiring and releasing are the base's (calls/semaphores.ts)."""
    __slots__ = ('handle', 'kind', 'maxvalue', 'name', '__weakref__')
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
        self.begin(handle, kind == RECURSIVE_MUTEX)
        return self

    def _get_value(self):
        return _weft.sem_value(self.handle)

    def _is_zero(self):
        return _weft.sem_value(self.handle) == 0


def sem_unlink(name):
    pass
