"""Puts gevent's functions in the place of those of CPython's library that would block all greenlets of a thread."""
import importlib
import sys

__all__ = ['get_original', 'is_module_patched', 'is_object_patched', 'patch_all', 'patch_module', 'patch_os', 'patch_queue',
           'patch_select', 'patch_signal', 'patch_socket', 'patch_subprocess', 'patch_sys', 'patch_thread', 'patch_time']

saved = {}      # module -> {name: what was there}


def is_module_patched(mod_name):
    return mod_name in saved


def is_object_patched(mod_name, item_name):
    return is_module_patched(mod_name) and item_name in saved[mod_name]


def get_original(mod_name, item_name):
    """What was there before it was patched."""
    names = [item_name] if isinstance(item_name, str) else item_name
    found = [saved.get(mod_name, {}).get(name, getattr(importlib.import_module(mod_name), name)) for name in names]
    return found[0] if isinstance(item_name, str) else found


def _patch(name, items):
    module = importlib.import_module(name)
    before = saved.setdefault(name, {})
    for item, value in items.items():
        before.setdefault(item, getattr(module, item, None))
        setattr(module, item, value)


def patch_module(target_module, source_module, items=None):
    items = getattr(source_module, '__implements__', source_module.__all__) if items is None else items
    _patch(target_module.__name__, {item: getattr(source_module, item) for item in items})
    return True


def patch_time():
    from gevent._loop import sleep
    _patch('time', {'sleep': sleep})


def patch_socket(dns=True, aggressive=True):
    from gevent import socket
    _patch('socket', {name: getattr(socket, name) for name in
                      ('socket', 'SocketType', 'socketpair', 'fromfd', 'create_connection', 'create_server')})


def patch_select(aggressive=True):
    from gevent import select
    _patch('select', {'select': select.select, 'poll': select.poll})
    selectors = sys.modules.get('selectors')
    if selectors is not None:
        selectors.SelectSelector._select = staticmethod(select.select)
        _patch('selectors', {'DefaultSelector': selectors.SelectSelector})


def patch_queue():
    from gevent import queue
    _patch('queue', {'SimpleQueue': queue.SimpleQueue})


def patch_thread(threading=True, _threading_local=True, Event=True, logging=True, existing_locks=True):
    """Threads become greenlets, their locks gevent's."""
    from gevent import event, local, lock
    from gevent._greenlet import Greenlet
    from gevent._loop import getcurrent
    import threading as library

    class Lock(lock.Semaphore):
        def __init__(self):
            super().__init__(1)

        def acquire(self, blocking=True, timeout=-1):
            return super().acquire(blocking, None if timeout == -1 else timeout)

        def release(self):
            if self.counter > 0:
                raise RuntimeError('release unlocked lock')
            return super().release()

        def __enter__(self):
            return self.acquire()

    class Thread(library.Thread):
        _greenlet = None

        def start(self):
            if self._greenlet is not None:
                raise RuntimeError('threads can only be started once')
            self._greenlet = Greenlet.spawn(self._run_in_greenlet)
            _threads[self._greenlet] = self

        def _run_in_greenlet(self):
            try:
                self.run()
            except SystemExit:
                pass
            except BaseException:
                library.excepthook(library.ExceptHookArgs([*sys.exc_info(), self]))

        def join(self, timeout=None):
            if self._greenlet is None:
                raise RuntimeError('cannot join thread before it is started')
            self._greenlet.join(timeout)

        def is_alive(self):
            return self._greenlet is not None and not self._greenlet.ready()

        @property
        def ident(self):
            return None if self._greenlet is None else id(self._greenlet)

    _threads = {}
    current_thread = library.current_thread

    def current():
        return _threads.get(getcurrent()) or current_thread()
    items = {'Lock': Lock, 'RLock': lock.RLock, 'Thread': Thread, 'local': local.local, 'current_thread': current,
             '_allocate_lock': Lock, '_CRLock': None, 'get_ident': lambda: id(getcurrent())}
    if Event:
        items['Event'] = event.Event
    _patch('threading', items)


def patch_os():
    pass


def patch_sys(stdin=True, stdout=True, stderr=True):
    pass


patch_signal = patch_subprocess = patch_builtins = patch_os


def patch_all(socket=True, dns=True, time=True, select=True, thread=True, os=True, ssl=True, subprocess=True, sys=False,
              aggressive=True, Event=True, builtins=True, signal=True, queue=True, contextvars=True, **kwargs):
    if time:
        patch_time()
    if thread:
        patch_thread(Event=Event)
    if socket:
        patch_socket(dns=dns, aggressive=aggressive)
    if select:
        patch_select(aggressive=aggressive)
    if queue:
        patch_queue()
    return True
