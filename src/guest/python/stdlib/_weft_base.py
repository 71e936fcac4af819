"""What the base image holds: the library, imported, and the functions that a worker enters."""
import _weft_thread
import _weft_process

_weft_thread.finish()

import threading, queue, pickle, random, time, traceback, multiprocessing.pool, multiprocessing.managers, multiprocessing.queues
import multiprocessing.sharedctypes, multiprocessing.heap, multiprocessing.popen_fork, multiprocessing.popen_spawn_posix
import multiprocessing.synchronize, multiprocessing.spawn, multiprocessing.dummy, runpy, select, ctypes, linecache
import concurrent.futures.process, concurrent.futures.thread
import os, sys, atexit, signal, json, re, collections, functools, itertools, math, string, datetime, subprocess, socket
import socketserver, selectors, tempfile, logging, copy, array, enum, dataclasses, contextlib, io, textwrap

_weft_process.install_late()

import _weft_forkserver
_weft_forkserver.install()

import _weft_fcntl
_weft_fcntl.install()

import _weft_shared_memory
_weft_shared_memory.install()

import _weft_coroutines
import _weft_asyncio
_weft_asyncio.install()

sys.stdout.reconfigure(line_buffering=True)
os.chdir(os.environ['HOME'])

import _weft_limits
_weft_limits.install()

# What came as bytecode says where its source is, as it does where CPython is installed; code knows its file by that name.
for _module in list(sys.modules.values()):
    _file = getattr(_module, '__file__', None)
    if _file is not None and _file.endswith('.pyc'):
        _module.__file__ = _module.__spec__.origin = _file[:-1]

import gc
gc.collect()

enter_thread = _weft_thread._enter
enter_main = _weft_process.enter_main
enter_forked = _weft_process.enter_forked
enter_spawned = _weft_process.enter_spawned
