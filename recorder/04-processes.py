# Queues ---------------------------------------------------------------------------------------------------------------

def queue_methods(key, full, empty):
    """`put`, `get` and so on, for each of the kinds of queues there are."""
    @outermost
    def put(original, self, obj, *args, **kwargs):
        block = args[0] if args else kwargs.get('block', True)
        timeout = args[1] if len(args) > 1 else kwargs.get('timeout')
        if hasattr(self, '_weft_pool'):
            return original(self, obj, *args, **kwargs)
        name = key(self)
        blocking(block and full(self), 'queue full', name, timeout, lambda: original(self, obj, *args, **kwargs))
        emit('put', 0, name, 0, shown(obj))

    @outermost
    def get(original, self, *args, **kwargs):
        block = args[0] if args else kwargs.get('block', True)
        timeout = args[1] if len(args) > 1 else kwargs.get('timeout')
        waits, name = ('pool', self._weft_pool) if hasattr(self, '_weft_pool') else ('queue empty', key(self))
        waits = waits if name else 'pool'
        # What a library's thread waits for is work.
        item = blocking(block and empty(self), waits, name, timeout, lambda: original(self, *args, **kwargs))
        if waits != 'pool':
            emit('get', 0, name, 0, shown(item))
        return item

    @outermost
    def task_done(original, self):
        emit('task-done', 0, key(self))
        return original(self)

    @outermost
    def join(original, self):
        name = key(self)
        with Wait('unfinished', name):
            return original(self)

    return {'put': put, 'get': get, 'task_done': task_done, 'join': join}


# multiprocessing ------------------------------------------------------------------------------------------------------

def sem_kind(self):
    kinds = {'Lock': 'lock', 'RLock': 'rlock', 'BoundedSemaphore': 'bounded semaphore'}
    return kinds.get(type(self).__name__, 'semaphore')


def sem_key(self):
    return known(sem_name(self), sem_kind(self), initial_of(self))


def sem_name(self):
    """The system's name of a semaphore, or ours where it has none and goes to forked children only: the same in every process."""
    if '_weft' not in self.__dict__:
        State.objects += 1
        self._weft = self._semlock.name or '%d#%d' % (os.getpid(), State.objects)
    return self._weft


def initial_of(self):
    if sem_kind(self) in ('lock', 'rlock'):
        return 0
    # macOS cannot say how much a semaphore has.
    return min(self._semlock.maxvalue if sys.platform == 'darwin' else self._semlock._get_value(), UNBOUNDED)


def sem_methods(original):
    def _make_methods(self):
        original(self)
        real = self._semlock
        sem_name(self)

        def acquire(*args, **kwargs):
            if local.depth or local.silent:
                return real.acquire(*args, **kwargs)
            return acquiring(sem_kind(self), sem_key(self), real.acquire, args, kwargs)

        def release():
            if not local.depth and not local.silent:
                emit('release', 0, sem_key(self))
            return real.release()

        self.acquire, self.release = acquire, release
    return _make_methods


def capacity(self):
    size = getattr(self, '_maxsize', 0)
    return size if 0 < size < UNBOUNDED else 0


def inner_key(attribute, ending):
    """The key of what holds a semaphore: that goes with it into every process."""
    return lambda self: sem_name(getattr(self, attribute)) + ending


QUEUE_KINDS = {'JoinableQueue': 'joinable queue', 'SimpleQueue': 'simple queue'}


def mp_queue_kind(self):
    return QUEUE_KINDS.get(type(self).__name__, 'queue')


queue_key, flag_key = inner_key('_rlock', ' queue'), inner_key('_flag', ' event')
condition_key = inner_key('_wait_semaphore', ' condition')


def known_queue(self):
    return known(queue_key(self), mp_queue_kind(self), capacity(self))


def mp_wait(kind, key):
    @outermost
    def wait(original, self, timeout=None):
        would = kind != 'event' or not self.is_set()
        return blocking(would, kind, known(key(self), kind), timeout, lambda: original(self, timeout))
    return wait


def mp_tell(what, kind, key):
    @outermost
    def tell(original, self, *args):
        emit(what, 0, known(key(self), kind), args[0] if args else 1)
        return original(self, *args)
    return tell


def process_start(original):
    def start(self):
        local.depth += 1
        local.starting = self
        try:
            return original(self)
        finally:
            local.starting = None
            local.depth -= 1
    return start


def process_main(original):
    def _bootstrap(self, *args, **kwargs):
        local.depth = 0
        status = original(self, *args, **kwargs)
        flush_text()
        emit('task-exit', 0, 0, status, place=['', 0])
        State.log = -1
        return status
    return _bootstrap


@outermost
def process_join(original, self, timeout=None):
    child = '%d.0' % self.pid if self.pid else 0
    blocking(self.is_alive(), 'wait', 0, timeout, lambda: original(self, timeout), child)
    if self.exitcode is not None and not self.__dict__.get('_weft_reaped'):
        self._weft_reaped = True
        emit('task-reap', 0, 0, child, self.exitcode)


def preparation(original):
    """What a spawned child is sent first. Reading it makes the child record, too, before anything of the program's is there."""
    def get_preparation_data(name):
        data = original(name)
        process = local.starting
        if process is not None:
            method = 'forkserver' if 'forkserver' in sys._getframe(1).f_code.co_filename else 'spawn'
            data['weft'] = Entrance([method, me(), now(), where(), process.name, bool(process.daemon)])
        return data
    return get_preparation_data


class Entrance:
    def __init__(self, birth):
        self.birth = birth

    def __reduce__(self):
        code = ('import importlib.util as u, sys\n'
                's = u.spec_from_file_location("weft_recorder", path)\nm = u.module_from_spec(s)\n'
                'sys.modules["weft_recorder"] = m\ns.loader.exec_module(m)\nm.enter_child(folder, program, first, birth)')
        known = {'path': HERE, 'folder': State.folder, 'program': State.program, 'first': State.first, 'birth': self.birth}
        return exec, (code, known)


def enter_child(folder, program, first, birth):
    State.folder, State.program, State.root, State.first = folder, program, os.path.join(os.path.dirname(program), ''), first
    open_log()
    install()
    be_born(*birth)


def be_born(method, parent, at, place, name, daemon):
    emit('task-new', method, me(), me(), name, int(daemon), at=at, place=place, task=parent)
    emit('task-run', place=['', 0])


def before_fork():
    local.fork = (me(), now(), where())


def after_fork_in_child():
    parent, at, place = local.fork
    process = local.starting
    local.task, local.depth, local.starting, local.text, local.silent = '%d.0' % os.getpid(), 0, None, ('', ''), False
    State.threads = State.objects = 0
    if State.log >= 0:
        os.close(State.log)
        open_log()
    be_born('fork', parent, at, place, getattr(process, 'name', 'pid %d' % os.getpid()), bool(getattr(process, 'daemon', False)))


def open_log():
    try:
        path = os.path.join(State.folder, '%d-%d.log' % (now(), os.getpid()))
        State.log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        State.log = -1


@outermost
def os_waitpid(original, pid, options):
    if options & getattr(os, 'WNOHANG', 0):
        found, status = original(pid, options)
    else:
        with Wait('wait', 0, '%d.0' % pid if pid > 0 else 0):
            found, status = original(pid, options)
    return reaped(found, status)


@outermost
def os_wait(original):
    with Wait('wait'):
        found, status = original()
    return reaped(found, status)


def reaped(found, status):
    if found:
        emit('task-reap', 0, 0, '%d.0' % found, -(status & 127) if status & 127 else status >> 8)
    return found, status


def os_exit(original):
    def _exit(status):
        flush_text()
        State.status = status
        finish()
        original(status)
    return _exit


def os_kill(original):
    def kill(pid, number):
        emit('signal-send', int(number), 0, '%d.0' % pid)
        return original(pid, number)
    return kill
