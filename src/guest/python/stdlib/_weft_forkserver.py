"""The fork server's own loop, for CPython's multiprocessing.forkserver: what that does with os.fork and SIGCHLD.

A child is a copy of the server that runs a function. The server keeps the reading end of a pipe whose other end only the
child has, so that the child's end is seen as the end of that file, and then collects it.
"""
import _weft
import atexit
import os
import selectors
import socket
import sys
from _weft_process import _flush, fork_and_run
from multiprocessing import AuthenticationError, connection, forkserver, process, reduction, spawn, util
from multiprocessing.resource_tracker import _resource_tracker


def main(listener_fd, alive_r, preload, main_path=None, sys_path=None, *, authkey_r=None):
    authkey = b''
    if authkey_r is not None:
        with open(authkey_r, mode='rb', closefd=True) as file:
            authkey = file.read()
    _preload(preload, main_path, sys_path)
    util._close_stdin()
    children = {}           # reading end of its pipe -> pid, descriptor of the client
    with socket.socket(socket.AF_UNIX, fileno=listener_fd) as listener, selectors.DefaultSelector() as selector:
        forkserver._forkserver._forkserver_address = listener.getsockname()
        selector.register(listener, selectors.EVENT_READ)
        selector.register(alive_r, selectors.EVENT_READ)
        while True:
            ready = [key.fileobj for key, _ in selector.select()]
            if alive_r in ready:
                raise SystemExit        # no client is left
            for ended in children.keys() & set(ready):
                selector.unregister(ended)
                os.close(ended)
                _report(*children.pop(ended))
            if listener in ready and (fds := _request(listener, authkey)) is not None:
                ended, pid, child_w = _start(fds, listener, selector, [alive_r], children)
                children[ended] = pid, child_w
                selector.register(ended, selectors.EVENT_READ)


def _preload(names, main_path, sys_path):
    if not names:
        return
    if sys_path is not None:
        sys.path[:] = sys_path
    if '__main__' in names and main_path is not None:
        process.current_process()._inheriting = True
        try:
            spawn.import_main_path(main_path)
        finally:
            del process.current_process()._inheriting
    for name in names:
        try:
            __import__(name)
        except ImportError:
            pass
    _flush()


def _request(listener, authkey):
    """The descriptors that a client has sent, or None."""
    with listener.accept()[0] as client:
        try:
            if authkey:
                wrapped = connection.Connection(client.fileno())
                try:
                    connection.deliver_challenge(wrapped, authkey)
                    connection.answer_challenge(wrapped, authkey)
                finally:
                    wrapped._detach()
            return reduction.recvfds(client, forkserver.MAXFDS_TO_SEND + 1)
        except (EOFError, BrokenPipeError, AuthenticationError):
            return None


def _start(fds, listener, selector, unused, children):
    child_r, child_w, *fds = fds
    ended, alive = os.pipe()

    def child():
        listener.close()
        selector.close()
        for fd in (*unused, child_w, ended, *children, *(fd for _, fd in children.values())):
            os.close(fd)
        atexit._clear()
        atexit.register(util._exit_function)
        forkserver._forkserver._forkserver_alive_fd, _resource_tracker._fd, *forkserver._forkserver._inherited_fds = fds
        try:
            return spawn._main(child_r, os.dup(child_r))
        finally:
            atexit._run_exitfuncs()
            _flush()
    pid = fork_and_run(child, 'process of the fork server', False)
    os.close(alive)
    os.close(child_r)
    for fd in fds:
        os.close(fd)
    _tell(child_w, pid)
    return ended, pid, child_w


def _report(pid, client):
    """Collects a child that has ended, and tells its client how."""
    _, status = os.waitpid(pid, 0)
    _tell(client, os.waitstatus_to_exitcode(status))
    os.close(client)


def _tell(client, number):
    try:
        forkserver.write_signed(client, number)
    except BrokenPipeError:
        pass        # the client has gone


def install():
    forkserver.main = main
    prepare = spawn.prepare

    def named(data):
        prepare(data)
        if 'name' in data:
            _weft.thread_name(data['name'])
    spawn.prepare = named
