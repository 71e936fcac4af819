import addresses from './_weft_addresses.py?raw';
import asyncio from './_weft_asyncio.py?raw';
import base from './_weft_base.py?raw';
import multiprocessing from './_multiprocessing.py?raw';
import posixSharedMemory from './_posixshmem.py?raw';
import early from './sitecustomize.py?raw';
import { gevent } from './gevent';
import coroutines from './_weft_coroutines.py?raw';
import errors from './_weft_errno.py?raw';
import forkserver from './_weft_forkserver.py?raw';
import greenlet from './greenlet.py?raw';
import memory from './_weft_memory.py?raw';
import jobs from './_weft_jobs.py?raw';
import limits from './_weft_limits.py?raw';
import names from './_weft_names.py?raw';
import processes from './_weft_process.py?raw';
import sharedMemory from './_weft_shared_memory.py?raw';
import signals from './_weft_signal.py?raw';
import socket from './_weft_socket.py?raw';
import trace from './_weft_trace.py?raw';
import threads from './_weft_thread.py?raw';

/** Our part of Python's library, by file name: written into it before Python starts. */
export const modules: Readonly<Record<string, string>> = {
  // Python imports it while it is initialised, before the library has copied names out of what it patches.
  'sitecustomize.py': early,
  '_weft_addresses.py': addresses,
  '_weft_asyncio.py': asyncio,
  '_weft_base.py': base,
  '_weft_coroutines.py': coroutines,
  '_weft_errno.py': errors,
  '_weft_forkserver.py': forkserver,
  '_weft_jobs.py': jobs,
  '_weft_limits.py': limits,
  '_weft_memory.py': memory,
  '_weft_names.py': names,
  '_weft_process.py': processes,
  '_weft_shared_memory.py': sharedMemory,
  '_weft_signal.py': signals,
  '_weft_socket.py': socket,
  '_weft_thread.py': threads,
  '_weft_trace.py': trace,
  ...gevent,
  'greenlet.py': greenlet,
  '_multiprocessing.py': multiprocessing,
  '_posixshmem.py': posixSharedMemory,
};
