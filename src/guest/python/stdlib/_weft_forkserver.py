"""CPython's multiprocessing.forkserver, unchanged; its processes are called as their Process objects are."""
import _weft
from multiprocessing import spawn


def install():
    prepare = spawn.prepare

    def named(data):
        prepare(data)
        if 'name' in data:
            _weft.thread_name(data['name'])
    spawn.prepare = named
