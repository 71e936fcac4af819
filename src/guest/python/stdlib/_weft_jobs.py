"""The jobs of pools, for the trace: when each was given to the pool, who took it up, and what came of it.

A job is what the pool hands to a worker: one call, or a batch of calls of a `map`. It is numbered by the one who gives it, and the
number goes to the worker with it. Installed with _weft_trace, whose objects these pools are.
"""
import _weft
import functools
from _thread import get_ident
from _weft_trace import preview, short


class _Numbered(int):
    """An index or key of the library's that carries the number of a job to the worker."""

    def __new__(cls, value, job):
        self = super().__new__(cls, value)
        self.job = job
        return self

    def __reduce__(self):
        return _Numbered, (int(self), self.job)


_pools = {}                 # by the id of a queue that cannot have an attribute: that of a pool of threads
_giving = {}                # what a thread gives to a pool, in words, by thread
_chunk = None               # the function by which an executor's `map` calls what it maps
_last = {}                  # the last number that was given out, by pool


def _next(at):
    _last[at] = number = _last.get(at, 0) + 1
    return number


def _words(function, args, kwargs=None):
    if type(function) is functools.partial and function.func is _chunk and len(args) == 1:
        # What an executor's `map` hands over: a batch of calls, each with a tuple of arguments.
        function, args = function.args[0], [call[0] if len(call) == 1 else call for call in args[0]]
    shown = [short(value) for value in list(args)[:3]] + (['…'] if len(args) > 3 else [])
    shown += [f'{name}={short(value)}' for name, value in list((kwargs or {}).items())[:2]]
    return f"{getattr(function, '__name__', type(function).__name__)}({', '.join(shown)})"


def _submitted(at, what):
    number = _next(at)
    _weft.trace_job('job-submit', at, number, what, 0)
    return number


def _task_words(task, mappers):
    function, args, kwargs = task[2:]
    if function in mappers:
        # A batch: the function and the arguments of each of its calls.
        function, args = args[0]
    return _words(function, args, kwargs)


def _install_pools(pool, queues):
    mappers = (pool.mapstar, pool.starmapstar)
    Pool = pool.Pool

    set_up = Pool._setup_queues
    set_up_threads = pool.ThreadPool._setup_queues

    def _setup_queues(self):
        set_up(self)
        self._inqueue._weft_pool = self._weft

    def _setup_thread_queues(self):
        set_up_threads(self)
        _pools[id(self._inqueue)] = self._weft
    Pool._setup_queues = _setup_queues
    pool.ThreadPool._setup_queues = _setup_thread_queues
    queues.SimpleQueue._weft_pool = 0
    get_state, set_state = queues.SimpleQueue.__getstate__, queues.SimpleQueue.__setstate__
    queues.SimpleQueue.__getstate__ = lambda self: (get_state(self), self._weft_pool)

    def __setstate__(self, state):
        self._weft_pool = state[1]
        set_state(self, state[0])
    queues.SimpleQueue.__setstate__ = __setstate__

    generate = Pool._guarded_task_generation
    map_async = Pool._map_async

    def _guarded_task_generation(self, result_job, func, iterable):
        tasks = generate(self, result_job, func, iterable)
        if not self._weft:
            return tasks
        numbered = _numbered(self._weft, tasks, mappers)
        # What is mapped over is a list by now: all its batches are the caller's doing. An `imap` takes them as it needs them.
        return iter(list(numbered)) if get_ident() in _giving else numbered

    @functools.wraps(map_async)
    def _map_async(self, /, *args, **kwargs):
        _giving[get_ident()] = ''
        try:
            return map_async(self, *args, **kwargs)
        finally:
            _giving.pop(get_ident(), None)
    Pool._guarded_task_generation = _guarded_task_generation
    Pool._map_async = _map_async

    apply_async = Pool.apply_async
    init = pool.ApplyResult.__init__

    @functools.wraps(apply_async)
    def apply_one(self, func, args=(), kwds={}, *others, **more):
        if self._weft:
            _giving[get_ident()] = _words(func, args, kwds)
        try:
            return apply_async(self, func, args, kwds, *others, **more)
        finally:
            _giving.pop(get_ident(), None)

    def __init__(self, pool, *args, **kwargs):
        init(self, pool, *args, **kwargs)
        what = _giving.get(get_ident())
        if what and type(self) is ApplyResult:
            self._job = _Numbered(self._job, _submitted(pool._weft, what))
    ApplyResult = pool.ApplyResult
    ApplyResult.__init__ = __init__
    Pool.apply_async = apply_one

    work = pool.worker

    @functools.wraps(work)
    def worker(inqueue, outqueue, *args, **kwargs):
        at = getattr(inqueue, '_weft_pool', 0) or _pools.get(id(inqueue), 0)
        if at:
            inqueue, outqueue = _Jobs(inqueue, at, mappers), _Results(outqueue, at)
        return work(inqueue, outqueue, *args, **kwargs)
    pool.worker = worker


def _numbered(at, tasks, mappers):
    for task in tasks:
        number = _submitted(at, _task_words(task, mappers))
        yield (task[0], _Numbered(task[1], number), *task[2:])


class _End:
    """One of the two queues of a worker, as the library uses it."""

    def __init__(self, queue, at):
        self._queue, self._at = queue, at

    def __getattr__(self, name):
        return getattr(self._queue, name)


def _number_of(job, index):
    return getattr(index, 'job', 0) or getattr(job, 'job', 0)


class _Jobs(_End):
    def __init__(self, queue, at, mappers):
        super().__init__(queue, at)
        self._mappers = mappers

    def get(self):
        task = self._queue.get()
        if task is not None:
            _weft.trace_job('job-start', self._at, _number_of(*task[:2]), _task_words(task, self._mappers), 0)
        return task


class _Results(_End):
    def put(self, result):
        job, index, (success, value) = result
        _weft.trace_job('job-end', self._at, _number_of(job, index), preview(value) if success else type(getattr(value, 'exc', value)).__name__, int(not success))
        # The caller's process has no use for the numbers.
        self._queue.put((int(job), int(index), (success, value)))


def _install_executors(thread, process):
    global _chunk
    _chunk = process._process_chunk
    submit = thread.ThreadPoolExecutor.submit

    @functools.wraps(submit)
    def submit_to_thread(self, fn, /, *args, **kwargs):
        if self._weft:
            _giving[get_ident()] = self._weft, _words(fn, args, kwargs)
        try:
            return submit(self, fn, *args, **kwargs)
        finally:
            _giving.pop(get_ident(), None)
    thread.ThreadPoolExecutor.submit = submit_to_thread

    init, run = thread._WorkItem.__init__, thread._WorkItem.run

    def __init__(self, *args):
        init(self, *args)
        given = _giving.get(get_ident())
        self._weft = (given[0], _submitted(*given), given[1]) if type(given) is tuple else None

    def run_one(self, *args):
        if self._weft is None:
            return run(self, *args)
        at, number, what = self._weft
        future = self.future
        _weft.trace_job('job-start', at, number, what, 0)
        run(self, *args)
        _ended(at, number, future)
    thread._WorkItem.__init__ = __init__
    thread._WorkItem.run = run_one

    begin = process.ProcessPoolExecutor.__init__

    @functools.wraps(begin)
    def begin_processes(self, /, *args, **kwargs):
        begin(self, *args, **kwargs)
        if self._weft:
            self._call_queue._weft_pool = self._weft
            self._work_ids.put = functools.partial(_put_work, self, self._work_ids.put)
    process.ProcessPoolExecutor.__init__ = begin_processes

    work = process._process_worker

    @functools.wraps(work)
    def _process_worker(call_queue, result_queue, *args):
        at = getattr(call_queue, '_weft_pool', 0)
        if at:
            call_queue, result_queue = _Calls(call_queue, at), _Outcomes(result_queue, at)
        return work(call_queue, result_queue, *args)
    process._process_worker = _process_worker


def _put_work(executor, put, work_id):
    item = executor._pending_work_items[work_id]
    _weft.trace_job('job-submit', executor._weft, work_id + 1, _words(item.fn, item.args, item.kwargs), 0)
    put(work_id)


def _ended(at, number, future):
    failed = future.cancelled() or future._exception is not None
    _weft.trace_job('job-end', at, number, type(future._exception).__name__ if failed else preview(future._result), int(failed))


class _Calls(_End):
    def get(self, /, *args, **kwargs):
        item = self._queue.get(*args, **kwargs)
        if item is not None:
            _weft.trace_job('job-start', self._at, item.work_id + 1, _words(item.fn, item.args, item.kwargs), 0)
        return item


class _Outcomes(_End):
    def put(self, item):
        if getattr(item, 'work_id', None) is not None:
            error = item.exception
            what = preview(item.result) if error is None else type(error).__name__
            _weft.trace_job('job-end', self._at, item.work_id + 1, what, int(error is not None))
        self._queue.put(item)


def install():
    from concurrent.futures import process, thread
    from multiprocessing import pool, queues
    _install_pools(pool, queues)
    _install_executors(thread, process)
