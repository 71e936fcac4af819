# Exceptions as without the recorder -----------------------------------------------------------------------------------

def clean(problem, seen=()):
    """Takes the recorder's own frames out of a traceback."""
    if problem is None or any(problem is other for other in seen):
        return
    problem.__traceback__ = without_ours(problem.__traceback__)
    for other in (problem.__cause__, problem.__context__):
        clean(other, (*seen, problem))


def without_ours(trace):
    while trace is not None and trace.tb_frame.f_code.co_filename == OURS:
        trace = trace.tb_next
    step = trace
    while step is not None:
        step.tb_next = step.tb_next and without_ours(step.tb_next)
        step = step.tb_next
    return trace


def traceback_init(original):
    def __init__(self, exc_type, exc_value, exc_traceback, *args, **kwargs):
        clean(exc_value)
        return original(self, exc_type, exc_value, without_ours(exc_traceback), *args, **kwargs)
    return __init__


# Putting it in --------------------------------------------------------------------------------------------------------

def replace(owner, **patches):
    for name, patch in patches.items():
        if hasattr(owner, name):
            setattr(owner, name, patch(getattr(owner, name)))


def install():
    import concurrent.futures
    import concurrent.futures.thread
    import multiprocessing
    import multiprocessing.connection
    import multiprocessing.context
    import multiprocessing.pool
    import multiprocessing.process
    import multiprocessing.queues
    import multiprocessing.spawn
    import multiprocessing.synchronize
    import queue
    import selectors
    import socket
    import traceback

    replace(traceback.TracebackException, __init__=traceback_init)
    replace(threading.Condition, __init__=made('condition'), wait=condition_wait,
            notify=condition_notify(lambda _, args: args[0] if args else 1),
            notify_all=condition_notify(lambda self, _: len(self._waiters)))
    replace(threading.Event, __init__=made('event'), wait=event_wait, set=telling('set', 'event'),
            clear=telling('clear', 'event'))
    for kind in (threading.Semaphore, threading.BoundedSemaphore):
        patches = {'acquire': semaphore_acquire, '__enter__': semaphore_acquire, 'release': semaphore_release}
        replace(kind, **{name: patch for name, patch in patches.items() if name in vars(kind)})
    replace(threading.Semaphore, __init__=made(semaphore_kind, None, lambda self: self._value))
    replace(threading.Barrier, __init__=made('barrier', None, lambda self: self.parties), wait=barrier_wait,
            abort=telling('barrier-break', 'barrier'), reset=telling('barrier-reset', 'barrier'))
    replace(threading.Thread, start=thread_start, _bootstrap_inner=thread_main, join=thread_join)
    threading.Lock, threading.RLock = RecordedLock, RecordedRLock

    replace(queue.Queue, __init__=made('queue', None, lambda q: max(0, q.maxsize)), **queue_methods(
        lambda q: key_of(q, 'queue', max(0, q.maxsize)), lambda q: 0 < q.maxsize <= q._qsize(), lambda q: not q._qsize()))

    class SimpleQueue(queue.SimpleQueue):
        __doc__ = queue.SimpleQueue.__doc__

    methods = queue_methods(lambda q: key_of(q, 'simple queue'), lambda q: False, lambda q: q.empty())
    SimpleQueue.put, SimpleQueue.get = methods['put'](queue.SimpleQueue.put), methods['get'](queue.SimpleQueue.get)
    queue.SimpleQueue = SimpleQueue

    queues, sync = multiprocessing.queues, multiprocessing.synchronize
    methods = queue_methods(known_queue, lambda q: hasattr(q, 'full') and q.full(), lambda q: q.empty())
    for kind in (queues.Queue, queues.JoinableQueue, queues.SimpleQueue):
        own = {name: patch for name, patch in methods.items() if name in vars(kind)}
        replace(kind, **own)
    for kind in (queues.Queue, queues.SimpleQueue):
        replace(kind, __init__=made(mp_queue_kind, queue_key, capacity))
    replace(sync.SemLock, __init__=made(sem_kind, sem_name, initial_of), _make_methods=sem_methods,
            __enter__=lambda _: lambda self: self.acquire(), __exit__=lambda _: lambda self, *problem: self.release())
    replace(sync.Condition, __init__=made('condition', condition_key), wait=mp_wait('condition', condition_key),
            notify=mp_tell('notify', 'condition', condition_key), notify_all=mp_tell('notify', 'condition', condition_key))
    replace(sync.Event, __init__=made('event', flag_key), wait=mp_wait('event', flag_key), set=mp_tell('set', 'event', flag_key),
            clear=mp_tell('clear', 'event', flag_key))

    process = multiprocessing.process.BaseProcess
    replace(process, start=process_start, _bootstrap=process_main, join=process_join)
    replace(multiprocessing.spawn, get_preparation_data=preparation)
    connection = multiprocessing.connection
    replace(connection.Connection, _send_bytes=sized, _recv_bytes=sized)
    replace(connection._ConnectionBase, send=connection_send, send_bytes=connection_send, recv=connection_recv,
            recv_bytes=connection_recv, poll=connection_poll)
    replace(connection, Pipe=pipe)
    replace(multiprocessing.pool.ApplyResult, wait=pool_wait)

    replace(concurrent.futures.ThreadPoolExecutor, __init__=executor_init, submit=executor_submit)
    replace(concurrent.futures.ProcessPoolExecutor, __init__=made('pool', None, lambda pool: pool._max_workers),
            submit=executor_submit)
    replace(concurrent.futures.Future, result=future_result, exception=future_result)
    replace(time, sleep=sleep)
    replace(builtins, input=read_line)
    replace(socket.socket, accept=socket_wait('accept'), recv=socket_wait('receive'), recv_into=socket_wait('receive'),
            connect=socket_wait('connect'))
    for kind in ('SelectSelector', 'PollSelector', 'EpollSelector', 'KqueueSelector', 'DevpollSelector'):
        if hasattr(selectors, kind):
            replace(getattr(selectors, kind), select=selecting)
    replace(os, waitpid=os_waitpid, wait=os_wait, _exit=os_exit, kill=os_kill)
    if hasattr(os, 'register_at_fork'):
        os.register_at_fork(before=before_fork, after_in_child=after_fork_in_child)
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        if stream is not None:
            watch_output(stream, number)
