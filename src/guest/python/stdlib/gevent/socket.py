"""Sockets that let other greenlets go on while one waits."""
import _socket
import select as _select
import socket as _library
from gevent._loop import wait_for_descriptor
from socket import *        # noqa: F401,F403
from socket import SHUT_RDWR, error, gaierror, getdefaulttimeout, timeout

__all__ = [name for name in _library.__all__ if name not in ('fromfd', 'send_fds', 'recv_fds')] + ['wait_read', 'wait_write']
_IN, _OUT = _select.POLLIN, _select.POLLOUT
_plain = _library.socket


def wait_read(fileno, timeout=None):
    if not wait_for_descriptor(fileno, _IN, timeout):
        raise TimeoutError('timed out')


def wait_write(fileno, timeout=None):
    if not wait_for_descriptor(fileno, _OUT, timeout):
        raise TimeoutError('timed out')


def _waits(name, events):
    plain = getattr(_plain, name)

    def method(self, *args, **kwargs):
        while True:
            try:
                return plain(self, *args, **kwargs)
            except BlockingIOError:
                if self.timeout == 0.0:
                    raise
            if not wait_for_descriptor(self.fileno(), events, self.timeout):
                raise TimeoutError('timed out')
    method.__name__ = name
    return method


class socket(_plain):
    """Never blocks below; what waits switches to the hub."""
    __slots__ = ('_patience',)

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        super().__init__(family, type, proto, fileno)
        self._patience = _plain.gettimeout(self)
        _plain.setblocking(self, False)

    def settimeout(self, value):
        if value is not None:
            value = float(value)
            if value < 0:
                raise ValueError('Timeout value out of range')
        self._patience = value

    def gettimeout(self):
        return self._patience

    timeout = property(gettimeout)

    def setblocking(self, flag):
        self._patience = None if flag else 0.0

    def getblocking(self):
        return self._patience != 0.0

    for _name in ('recv', 'recv_into', 'recvfrom', 'recvfrom_into', 'recvmsg', '_accept'):
        locals()[_name] = _waits(_name, _IN)
    for _name in ('send', 'sendto', 'sendmsg', 'connect'):
        locals()[_name] = _waits(_name, _OUT)
    del _name

    def accept(self):
        fd, address = self._accept()
        return type(self)(self.family, self.type, self.proto, fileno=fd), address

    def sendall(self, data, flags=0):
        view = memoryview(data).cast('B')
        while view:
            view = view[self.send(view, flags):]

    def dup(self):
        import os
        return type(self)(self.family, self.type, self.proto, fileno=os.dup(self.fileno()))


SocketType = socket


def fromfd(fd, family, type, proto=0):
    import os
    return socket(family, type, proto, fileno=os.dup(fd))


def socketpair(family=None, type=_library.SOCK_STREAM, proto=0):
    one, other = _socket.socketpair(_library.AF_UNIX if family is None else family, type, proto)
    return (socket(one.family, one.type, one.proto, one.detach()), socket(other.family, other.type, other.proto, other.detach()))


def create_connection(address, timeout=_library._GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False):
    errors = []
    for family, kind, protocol, _, target in _library.getaddrinfo(*address[:2], 0, _library.SOCK_STREAM):
        sock = socket(family, kind, protocol)
        try:
            if timeout is not _library._GLOBAL_DEFAULT_TIMEOUT:
                sock.settimeout(timeout)
            if source_address:
                sock.bind(source_address)
            sock.connect(target)
            return sock
        except error as e:
            sock.close()
            errors.append(e)
    raise errors[0]


def create_server(address, *, family=_library.AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    sock = socket(family, _library.SOCK_STREAM)
    try:
        sock.setsockopt(_library.SOL_SOCKET, _library.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(*(() if backlog is None else (backlog,)))
        return sock
    except error:
        sock.close()
        raise
