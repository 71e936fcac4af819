import init from './gevent/__init__.py?raw';
import greenlets from './gevent/_greenlet.py?raw';
import loop from './gevent/_loop.py?raw';
import event from './gevent/event.py?raw';
import greenlet from './gevent/greenlet.py?raw';
import hub from './gevent/hub.py?raw';
import local from './gevent/local.py?raw';
import lock from './gevent/lock.py?raw';
import monkey from './gevent/monkey.py?raw';
import pool from './gevent/pool.py?raw';
import queue from './gevent/queue.py?raw';
import select from './gevent/select.py?raw';
import socket from './gevent/socket.py?raw';
import timeout from './gevent/timeout.py?raw';

/** Weft's own gevent, by file name. */
export const gevent: Readonly<Record<string, string>> = {
  'gevent/__init__.py': init,
  'gevent/_greenlet.py': greenlets,
  'gevent/_loop.py': loop,
  'gevent/event.py': event,
  'gevent/greenlet.py': greenlet,
  'gevent/hub.py': hub,
  'gevent/local.py': local,
  'gevent/lock.py': lock,
  'gevent/monkey.py': monkey,
  'gevent/pool.py': pool,
  'gevent/queue.py': queue,
  'gevent/select.py': select,
  'gevent/socket.py': socket,
  'gevent/timeout.py': timeout,
};
