# threading ------------------------------------------------------------------------------------------------------------

class RecordedLock:
    """threading.Lock and RLock for the program; a library that makes one gets the real thing."""
    _kind, _make = 'lock', _thread.allocate_lock

    def __new__(cls, *args):
        maker = sys._getframe(1)
        # A Condition of the program's makes its own lock.
        inside = maker.f_code is CONDITION_INIT
        ours = is_made_by_program(maker.f_locals['self'], maker) if inside else is_own(maker.f_code.co_filename)
        if local.silent or not ours:
            return cls._make()
        lock = object.__new__(cls)
        lock._real = cls._make()
        if not inside:
            State.objects += 1
            lock._weft = announce('%d#%d' % (os.getpid(), State.objects), cls._kind, 0, variable())
        return lock

    def acquire(self, *args, **kwargs):
        if local.depth or local.silent:
            return self._real.acquire(*args, **kwargs)
        return acquiring(self._kind, key_of(self, self._kind), self._real.acquire, args, kwargs)

    def release(self):
        if not local.depth and not local.silent:
            emit('release', 0, key_of(self, self._kind))
        self._real.release()

    __enter__ = acquire

    def __exit__(self, *problem):
        self.release()

    def __getattr__(self, name):
        return getattr(self.__dict__['_real'], name)

    def __repr__(self):
        return repr(self._real)


class RecordedRLock(RecordedLock):
    _kind, _make = 'rlock', threading.RLock


CONDITION_INIT = threading.Condition.__init__.__code__


@outermost
def condition_wait(original, self, timeout=None):
    key, lock = key_of(self, 'condition'), self._lock
    recorded = isinstance(lock, RecordedLock)
    if recorded:
        emit('release', 0, key_of(lock, lock._kind))
    with Wait('condition', key, 0, timeout):
        done = original(self, timeout)
    if recorded:
        emit('acquire', 0, key_of(lock, lock._kind))
    return done


def condition_notify(count):
    @outermost
    def notify(original, self, *args):
        emit('notify', 0, key_of(self, 'condition'), count(self, args))
        return original(self, *args)
    return notify


@outermost
def event_wait(original, self, timeout=None):
    if 'concurrent' in sys._getframe(2).f_code.co_filename:
        # wait and as_completed.
        return blocking(not self.is_set(), 'pool', 0, timeout, lambda: original(self, timeout))
    return blocking(not self.is_set(), 'event', key_of(self, 'event'), timeout, lambda: original(self, timeout))


def telling(kind, type_name):
    @outermost
    def tell(original, self):
        emit(kind, 0, key_of(self, type_name))
        return original(self)
    return tell


def semaphore_kind(self):
    return 'bounded semaphore' if 'Bounded' in type(self).__name__ else 'semaphore'


@outermost
def semaphore_acquire(original, self, *args, **kwargs):
    kind = semaphore_kind(self)
    return acquiring(kind, key_of(self, kind, self._value), lambda *a, **k: original(self, *a, **k), args, kwargs)


@outermost
def semaphore_release(original, self, *args, **kwargs):
    kind = semaphore_kind(self)
    for _ in range(args[0] if args else kwargs.get('n', 1)):
        emit('release', 0, key_of(self, kind, self._value))
    return original(self, *args, **kwargs)


@outermost
def barrier_wait(original, self, timeout=None):
    key = key_of(self, 'barrier', self.parties)
    there = self.n_waiting + 1
    emit('barrier-arrive', 0, key, there)
    if there == self.parties:
        emit('barrier-open', 0, key, there)
        return original(self, timeout)
    with Wait('barrier', key, 0, timeout):
        return original(self, timeout)


# Threads that a library starts for itself; those of pools run what the program gives them.
MACHINERY = ('_feed', '_handle_workers', '_handle_tasks', '_handle_results', 'accepter', 'serve_client')


def thread_start(original):
    def start(self):
        target = getattr(getattr(self, '_target', None), '__name__', '')
        machinery = target in MACHINERY or type(self).__name__ == '_ExecutorManagerThread'
        State.threads += 1
        self._weft_task = '%d.%d' % (os.getpid(), State.threads)
        self._weft_silent = machinery
        emit('task-new', 'thread', '%d.0' % os.getpid(), self._weft_task, self.name, bool(self.daemon) + 2 * machinery)
        hook = getattr(self, '_invoke_excepthook', None)
        if hook is not None:
            def invoke(thread):
                thread._weft_failed = True
                clean(sys.exc_info()[1])
                hook(thread)
            self._invoke_excepthook = invoke
        local.depth += 1
        try:
            original(self)
        finally:
            local.depth -= 1
    return start


def thread_main(original):
    def _bootstrap_inner(self):
        local.task = getattr(self, '_weft_task', None)
        local.silent = getattr(self, '_weft_silent', False)
        emit('task-run', place=['', 0])
        original(self)
        flush_text()
        emit('task-exit', 0, 0, 1 if getattr(self, '_weft_failed', False) else 0, place=['', 0])
    return _bootstrap_inner


@outermost
def thread_join(original, self, timeout=None):
    return blocking(self.is_alive(), 'join', 0, timeout, lambda: original(self, timeout), getattr(self, '_weft_task', 0))
