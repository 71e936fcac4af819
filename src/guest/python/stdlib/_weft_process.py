"""Processes: what CPython takes from the operating system, on Weft's kernel."""
import _weft
import _weft_thread
import os
import sys
import errno
from _opcode_metadata import opmap

_CALL, _CALL_KW, _CALL_FUNCTION_EX = opmap['CALL'], opmap['CALL_KW'], opmap['CALL_FUNCTION_EX']

_hooks = {'before': [], 'after_in_parent': [], 'after_in_child': []}
_forked = None              # what the copy of this interpreter runs


def register_at_fork(*, before=None, after_in_parent=None, after_in_child=None):
    if before is None and after_in_parent is None and after_in_child is None:
        raise TypeError('At least one argument is required.')
    for name, hook in (('before', before), ('after_in_parent', after_in_parent), ('after_in_child', after_in_child)):
        if hook is not None:
            if not callable(hook):
                raise TypeError(f"'{name}' must be callable, not {type(hook).__name__}")
            _hooks[name].append(hook)


def _run(hooks):
    for hook in hooks:
        try:
            hook()
        except BaseException:
            sys.excepthook(*sys.exc_info())


def fork_and_run(function, name, daemon):
    """A child that is a copy of this process and runs `function`, whose value is its exit status. The child's pid."""
    global _forked
    _forked = function
    _run(reversed(_hooks['before']))
    pid = _weft.fork(name, daemon)
    _forked = None
    _run(_hooks['after_in_parent'])
    return _checked(pid)


_forks = 0                # how many children os.fork has made here
_family = 'fork'          # what their names begin with


def fork():
    """os.fork: one call that returns in two processes."""
    global _forks, _family
    name = f"{_family}{':' if _family[-1].isdigit() else '-'}{_forks + 1}"
    _run(reversed(_hooks['before']))
    pid = _weft.fork_here(name, _CALL, _CALL_KW, _CALL_FUNCTION_EX)
    if pid == 0:
        _forks, _family = 0, name
        _become_child()
        return 0
    _run(_hooks['after_in_parent'])
    if isinstance(pid, str):
        raise OSError(errno.ENOTSUP, f'os.fork cannot return twice below a call of {pid}')
    _forks += 1
    if _weft_thread._count() > 0:
        import warnings
        warnings.warn(f'This process (pid={_weft.getpid()}) is multi-threaded, use of fork() may lead to deadlocks in the child.',
                      DeprecationWarning, stacklevel=2)
    return _checked(pid)


def _become_child():
    """In a forked child: the thread that forked is the only one, and the main one."""
    _weft.become_main(_weft_thread.after_fork())
    _weft_memory.forked()
    _run(_hooks['after_in_child'])


def _checked(answer):
    """The answer of a kernel operation, or the exception for its errno."""
    if answer >= 0:
        return answer
    if answer == -23:       # a table of the kernel is full
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    number = -answer if -answer in errno.errorcode else errno.EINVAL
    raise OSError(number, os.strerror(number))


def enter_forked():
    """The first Python frame of a forked child."""
    global _forked
    function, _forked = _forked, None
    _become_child()
    code = _guard_value(function)
    os._exit(code)


def _guard_value(function):
    code = 1
    try:
        code = function()
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else 0 if e.code is None else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    return code


def _end(code):
    """What Py_FinalizeEx does for a process that ends by itself."""
    import threading, atexit
    try:
        threading._shutdown()
        atexit._run_exitfuncs()
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = code or 1
    _flush()
    if code == _INTERRUPTED:
        # As CPython ends: by the signal, so that its parent sees it.
        _weft.signal_action(2, 0)
        _weft.kill(_weft.getpid(), 2)
    os._exit(code)


_INTERRUPTED = 'KeyboardInterrupt'


def _flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


_why = ''            # what ended the process, in words


def _guard(body):
    """Runs a program as `python` does; its exit status."""
    global _why
    try:
        body()
        return 0
    except SystemExit as e:
        if e.code is None:
            return 0
        if isinstance(e.code, int):
            return e.code & 255
        print(e.code, file=sys.stderr)
        return 1
    except BaseException as error:
        kind, error, tb = sys.exc_info()
        while tb is not None and tb.tb_frame.f_code.co_filename == __file__:
            tb = tb.tb_next
        _why = f'{kind.__name__}: {error}'[:200]
        sys.excepthook(kind, error.with_traceback(tb), tb)
        return _INTERRUPTED if kind is KeyboardInterrupt else 1


def enter_main(path, start_method):
    """The first Python frame of a program's initial process: `python PATH`."""
    _default_start_method(start_method)
    _weft.become_main(_weft_thread.main_ident)
    _weft_signal.begin()
    module = _fresh_main()
    module.__file__ = path
    module.__cached__ = None
    sys.argv = [path]
    # Pyodide puts a '' on it whenever it boots: on a worker that serves again there is the image's alone.
    if sys.path[:2] == ['', '']:
        del sys.path[0]
    sys.path.insert(0, os.path.dirname(path))
    sys.path.extend(_folders())

    def body():
        with open(path, 'rb') as file:
            source = file.read()
        exec(_weft_steps.watch(compile(source, path, 'exec')), module.__dict__)
    _begin()
    _end(_guard(body))


def _begin():
    """What comes before the first line of a program."""
    import random
    random.seed()            # the image's state is the same in every process
    _weft_limits.close_imports()
    _weft_trace.install()
    _weft_memory.install()
    _weft_steps.install()


def _folders():
    """Those that the command line's --path gave the run."""
    return sorted('/path/' + name for name in os.listdir('/path')) if os.path.isdir('/path') else []


def _fresh_main():
    module = sys.modules['__main__']
    for name in list(module.__dict__):
        if name not in ('__name__', '__builtins__', '__doc__', '__loader__', '__spec__', '__package__'):
            del module.__dict__[name]
    module.__spec__ = None
    module.__doc__ = None
    return module


def enter_spawned(code):
    """The first Python frame of a spawned process: `python -c CODE --multiprocessing-fork`."""
    _weft.become_main(_weft_thread.main_ident)
    _weft_signal.begin()
    module = _fresh_main()
    sys.argv = ['-c', '--multiprocessing-fork']
    # Pyodide puts a '' on it whenever it boots: on a worker that serves again there is the image's alone.
    if sys.path[:2] == ['', '']:
        del sys.path[0]
    sys.path.insert(0, os.environ['HOME'])
    sys.path.extend(_folders())
    _begin()
    _end(_guard(lambda: exec(code, module.__dict__)))


def waitpid(pid, options, /):
    # To the kernel 0 is any child and a negative number a process group.
    wanted = 0 if pid == -1 else -getpgrp() if pid == 0 else pid
    return divmod(int(_checked(_weft.waitpid(wanted, options))), 65536)


def wait():
    return waitpid(-1, 0)


_WITHOUT_ENDED = 1 << 25        # of the kernel's waitpid: nothing is told of children that have ended


def waitid(idtype, id, options, /):
    if not options & (os.WEXITED | os.WSTOPPED | os.WCONTINUED) or idtype not in (os.P_ALL, os.P_PID, os.P_PGID):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    wanted = 0 if idtype == os.P_ALL else id if idtype == os.P_PID else -(id or getpgrp())
    pid, status = divmod(int(_checked(_weft.waitpid(wanted, options if options & os.WEXITED else options | _WITHOUT_ENDED))), 65536)
    if pid == 0:
        return None
    if os.WIFSTOPPED(status):
        code, status = os.CLD_STOPPED, os.WSTOPSIG(status)
    elif os.WIFCONTINUED(status):
        code, status = os.CLD_CONTINUED, 18
    elif os.WIFSIGNALED(status):
        code, status = os.CLD_KILLED, os.WTERMSIG(status)
    else:
        code, status = os.CLD_EXITED, os.WEXITSTATUS(status)
    return os.waitid_result((pid, 0, 17, status, code))


def wait4(pid, options, /):
    return *waitpid(pid, options), _usage()


def wait3(options, /):
    return wait4(-1, options)


def _usage():
    """What a child used: the browser does not tell."""
    from collections import namedtuple
    fields = ('utime stime maxrss ixrss idrss isrss minflt majflt nswap inblock oublock msgsnd msgrcv nsignals nvcsw nivcsw')
    return namedtuple('struct_rusage', ['ru_' + field for field in fields.split()])(0.0, 0.0, *[0] * 14)


def kill(pid, signum, /):
    _checked(_weft.kill(pid, signum))


def abort():
    _weft.signal_action(6, 0)
    _weft.kill(_weft.getpid(), 6)


def killpg(pgid, signum, /):
    kill(-pgid, signum)


def getpgid(pid, /):
    return int(_checked(_weft.group_of(pid))) % 2**31


def getpgrp():
    return getpgid(0)


def getsid(pid, /):
    return int(_checked(_weft.group_of(pid))) >> 31


def setpgid(pid, pgrp, /):
    _checked(_weft.set_group(pid, pgrp))


def setpgrp():
    setpgid(0, 0)


def setsid():
    _checked(_weft.begin_session())


def pipe2(flags, /):
    if flags & ~(os.O_NONBLOCK | os.O_CLOEXEC):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    ends = os.pipe()
    for end in ends:
        os.set_inheritable(end, not flags & os.O_CLOEXEC)
        os.set_blocking(end, not flags & os.O_NONBLOCK)
    return ends


def sched_yield():
    _weft.sleep(0)


def _exit(status):
    _weft.exit(status, _why)


def _launch_fork(self, process_obj):
    import atexit
    from multiprocessing import util
    parent_r, child_w = os.pipe()
    child_r, parent_w = os.pipe()

    def child():
        code = 1
        try:
            atexit._clear()
            atexit.register(util._exit_function)
            os.close(parent_r)
            os.close(parent_w)
            code = process_obj._bootstrap(parent_sentinel=child_r)
        finally:
            atexit._run_exitfuncs()
            _flush()
        return code
    self.pid = fork_and_run(child, process_obj.name, bool(process_obj.daemon))
    os.close(child_w)
    os.close(child_r)
    self.finalizer = util.Finalize(self, util.close_fds, (parent_r, parent_w))
    self.sentinel = parent_r


_spawned = 'python', False     # name and daemon of the process that is being spawned


def _spawnv_passfds(path, args, passfds):
    code = args[args.index('-c') + 1]
    name, daemon = ('fork server', False) if 'multiprocessing.forkserver' in code else _spawned
    return _checked(_weft.spawn(name, daemon, code, *[fd for fd in passfds if fd >= 0]))


def _launch_spawn(launch):
    def _launch(self, process_obj):
        global _spawned
        _spawned = process_obj.name, bool(process_obj.daemon)
        launch(self, process_obj)
    return _launch


class _NoTracker:
    """The kernel frees what a process leaves behind; nobody needs to track it."""
    _fd = -1
    _pid = None

    def getfd(self):
        if self._fd < 0:
            _, self._fd = os.pipe()     # there to be passed on
        return self._fd

    def ensure_running(self):
        pass

    def _check_alive(self):
        return True

    def register(self, name, rtype):
        # As long as the line to the tracker may be.
        if len(f'REGISTER:{name}:{rtype}\n') > 512:
            raise ValueError('msg too long')

    unregister = register
    _stop = ensure_running


def install_early():
    """Before the library copies names out of `os`."""
    import posix
    os.register_at_fork = posix.register_at_fork = register_at_fork
    for name in ('getpid', 'getppid', 'cpu_count'):
        setattr(os, name, getattr(_weft, name))
        setattr(posix, name, getattr(_weft, name))
    os.process_cpu_count = _weft.cpu_count
    for f in (_exit, abort, fork, getpgid, getpgrp, getsid, kill, killpg, pipe2, sched_yield, setpgid, setpgrp, setsid, wait, wait3, wait4,
              waitid, waitpid):
        f.__module__ = 'posix'
        setattr(os, f.__name__, f)
        setattr(posix, f.__name__, f)


def _default_start_method(name):
    """How processes start where the program does not say."""
    from multiprocessing import context
    context._default_context._default_context = context._concrete_contexts[name]


# How the names of our files begin, in the library's folder.
_OUR_FILES = ('_weft', '_multiprocessing.py', '_posixshmem.py', '_queue.py', 'greenlet.py', 'gevent' + os.sep)


def _hide_own_frames():
    """Tracebacks are as CPython prints them: what is C there has no frames."""
    import traceback
    ours = tuple(os.path.join(os.path.dirname(__file__), name) for name in _OUR_FILES)

    def hiding(walk):
        def walk_others(start):
            for item in walk(start):
                frame = item[0]
                if not frame.f_code.co_filename.startswith(ours):
                    yield item
        return walk_others
    for name in ('walk_tb', 'walk_stack', '_walk_tb_with_full_positions'):
        setattr(traceback, name, hiding(getattr(traceback, name)))


def _send_over_pipes():
    """
    Descriptors go with the bytes of a socket; over a pipe CPython's resource sharer sends them, behind the byte which they would
    go with.
    """
    from multiprocessing import reduction
    send, receive = reduction.send_handle, reduction.recv_handle

    def is_pipe(conn):
        import stat
        return stat.S_ISFIFO(os.fstat(conn.fileno()).st_mode)

    def send_handle(conn, handle, destination_pid):
        if is_pipe(conn):
            os.write(conn.fileno(), b'\1')
            conn.send(reduction.DupFd(handle))
        else:
            send(conn, handle, destination_pid)

    def recv_handle(conn):
        if not is_pipe(conn):
            return receive(conn)
        count = os.read(conn.fileno(), 1)
        if not count:
            raise EOFError
        if count != b'\1':
            raise RuntimeError('received 0 items of ancdata')
        return conn.recv().detach()
    reduction.send_handle, reduction.recv_handle = send_handle, recv_handle


def install_late():
    global _weft_limits, _weft_memory, _weft_signal, _weft_steps, _weft_trace
    import _weft_signal
    import _weft_limits
    import _weft_steps
    import _weft_trace
    import _weft_memory
    import _weft_jobs
    _hide_own_frames()
    from multiprocessing import popen_fork, popen_spawn_posix, util, resource_tracker, context
    from multiprocessing import connection
    one_way = connection.Pipe

    def Pipe(duplex=True):
        if not duplex:
            return one_way(False)
        a, b = divmod(_checked(_weft.duplex()), 65536)
        return connection.Connection(a), connection.Connection(b)
    connection.Pipe = Pipe
    _send_over_pipes()
    popen_fork.Popen._launch = _launch_fork
    popen_spawn_posix.Popen._launch = _launch_spawn(popen_spawn_posix.Popen._launch)
    util.spawnv_passfds = _spawnv_passfds
    tracker = _NoTracker()
    resource_tracker._resource_tracker = tracker
    for name in ('ensure_running', 'register', 'unregister', 'getfd'):
        setattr(resource_tracker, name, getattr(tracker, name))
    _default_start_method('fork')
