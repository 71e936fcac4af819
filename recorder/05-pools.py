# Pipes ----------------------------------------------------------------------------------------------------------------

def file_key(connection):
    """The system's number of a pipe or socket: the same in every process."""
    try:
        return 'file %d' % os.fstat(connection.fileno()).st_ino
    except (OSError, AttributeError):
        return 0


def pipe(original):
    def Pipe(*args, **kwargs):
        ends = original(*args, **kwargs)
        if not local.depth and not local.silent:
            keys = [file_key(end) for end in ends]
            frame = own_frame()
            State.announced.update(keys)
            emit('pipe', 0, keys[0], keys[1], frame and variable())
        return ends
    return Pipe


@outermost
def connection_send(original, self, *args, **kwargs):
    original(self, *args, **kwargs)
    emit('send', 0, file_key(self), local.size, shown(args[0]))


@outermost
def connection_recv(original, self, *args, **kwargs):
    key = file_key(self)
    try:
        message = blocking(not self.poll(0), 'pipe empty', key, None, lambda: original(self, *args, **kwargs))
    except EOFError:
        emit('receive', 0, key, 0, 0)
        raise
    emit('receive', 0, key, local.size, shown(message))
    return message


@outermost
def connection_poll(original, self, timeout=0.0):
    if timeout == 0.0:
        return original(self, timeout)
    return blocking(not original(self, 0), 'pipe empty', file_key(self), timeout, lambda: original(self, timeout))


def sized(original):
    def measure(self, *args):
        found = original(self, *args)
        data = found.getvalue() if hasattr(found, 'getvalue') else args[0]
        local.size = min(len(data), UNBOUNDED // 2)
        return found
    return measure


# Pools, sleeping, reading, printing -----------------------------------------------------------------------------------

def executor_init(original):
    around = made('pool', None, lambda pool: pool._max_workers)(original)

    def __init__(self, *args, **kwargs):
        around(self, *args, **kwargs)
        if '_weft' in self.__dict__ and hasattr(self, '_work_queue'):
            self._work_queue._weft_pool = self._weft
    return __init__


@outermost
def executor_submit(original, self, fn, *args, **kwargs):
    key = key_of(self, 'pool', self._max_workers)
    if hasattr(self, '_threads'):
        # What a pool of processes does with it is not seen.
        State.objects += 1
        call = '%s(%s)' % (getattr(fn, '__name__', 'call'), ', '.join(str(shown(each)) for each in args))
        fn = Job(fn, key, State.objects, call)
        emit('job-submit', 0, key, *fn.about[1:])
    future = original(self, fn, *args, **kwargs)
    future._weft_pool = key
    return future


class Job:
    """A call that was given to a pool of threads."""

    def __init__(self, fn, *about):
        self.fn, self.about = fn, about
        self.__name__ = getattr(fn, '__name__', 'call')

    def __call__(self, *args, **kwargs):
        key, number, call = self.about
        emit('job-start', 0, key, number, call)
        failed = 1
        try:
            result = self.fn(*args, **kwargs)
            failed = 0
            return result
        finally:
            emit('job-end', failed, key, number, None if failed else shown(result))


@outermost
def future_result(original, self, timeout=None):
    return blocking(not self.done(), 'pool', getattr(self, '_weft_pool', 0), timeout, lambda: original(self, timeout))


@outermost
def pool_wait(original, self, timeout=None):
    return blocking(not self.ready(), 'pool', 0, timeout, lambda: original(self, timeout))


@outermost
def sleep(original, seconds):
    with Wait('sleep', 0, 0, seconds):
        return original(seconds)


@outermost
def read_line(original, *args):
    with Wait('input'):
        line = original(*args)
    emit('input', 0, 0, 0, line + '\n')
    return line


def socket_wait(reason):
    @outermost
    def call(original, self, *args):
        if self.gettimeout() == 0:
            return original(self, *args)
        with Wait(reason, 0, 0, self.gettimeout()):
            return original(self, *args)
    return call


def selecting(original):
    @outermost
    def select(original, self, timeout=None):
        if timeout is not None and timeout <= 0:
            return original(self, timeout)
        with Wait('select', 0, 0, timeout):
            return original(self, timeout)
    return select(original)


def flush_text():
    for number, text in enumerate(local.text):
        if text:
            emit('output', number + 1, 0, 0, text)
    local.text = ('', '')


def watch_output(stream, number):
    write = stream.write

    def watched(text):
        count = write(text)
        pending = local.text[number - 1] + text
        whole, end, rest = pending.rpartition('\n')
        if end:
            emit('output', number, 0, 0, whole + end)
        local.text = (rest, local.text[1]) if number == 1 else (local.text[0], rest)
        return count
    try:
        stream.write = watched
    except AttributeError:
        pass    # not a stream of the usual kind: what it prints is not recorded
