"""The C module `_socket` on the kernel's sockets (calls/sockets.ts): what CPython's own `socket.py` stands on.

A socket is a descriptor, as in CPython; timeouts are the kernel's. The network is the machine's own: local sockets, and the
loopback of the internet families (_weft_addresses.py).
"""
import _weft
import errno
import os
import sys
from operator import index as _index
from time import monotonic

from _weft_addresses import *
from _weft_addresses import (
    NETWORK as _NETWORK, bytes_of as _bytes, checked as _checked, descriptors_in as _descriptors_in, error_of as _error,
    family_of as _family_of, in_range as _in_range, numeric as _numeric, numeric6 as _numeric6, to_version_4 as _to_version_4,
    to_version_6 as _to_version_6,
)

_EINTR, _EAGAIN, _ETIMEDOUT = -4, -11, -110


_default_timeout = None


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(timeout, /):
    global _default_timeout
    _default_timeout = _seconds(timeout)


def _seconds(timeout):
    if timeout is None:
        return None
    timeout = float(timeout if isinstance(timeout, float) else _index(timeout))
    if timeout != timeout:
        raise ValueError('Invalid value NaN (not a number)')
    if timeout < 0:
        raise ValueError('Timeout value out of range')
    return timeout


# Options are numbered from 1; up to these Linux has some.
_LAST_OPTIONS = {1: 83, 0: 52, 6: 45, 17: 104, 41: 80}      # SOL_SOCKET, IP, TCP, UDP, IPv6


def _check_option(level, option):
    if not 0 < option <= _LAST_OPTIONS.get(level, 0):
        raise _error(-errno.ENOPROTOOPT)


class socket:
    """socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object"""
    __slots__ = ('_fd', '_timeout', '_options', '_family', '_type', '_proto')

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._fd = -1
        self._timeout = None
        self._options = None
        self._family = self._type = self._proto = 0
        return self

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        if fileno is not None:
            fileno = _index(fileno)
            if fileno < 0:
                raise ValueError('negative file descriptor')
            sort = _checked(_weft.sock_sort(fileno))
            self._family = _family_of(fileno, sort & 255) if family == -1 else int(family)
            self._type = sort >> 8 if type == -1 else int(type)
            self._proto = max(proto, 0)
            self._fd = fileno
        else:
            family = AF_INET if family == -1 else int(family)
            kind = SOCK_STREAM if type == -1 else int(type)
            plain = kind & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)
            if family not in (AF_UNIX, AF_INET, AF_INET6):
                raise _error(-97, _NETWORK)
            # As Linux looks at them: what is no type, what the family has none of, what the type has no such protocol of.
            if not 0 <= plain <= 10:
                raise _error(-errno.EINVAL)
            if plain == SOCK_RAW and family != AF_UNIX:
                raise _error(-errno.EPERM if proto > 0 else -errno.EPROTONOSUPPORT)
            if plain not in (SOCK_STREAM, SOCK_DGRAM):
                raise _error(-errno.ESOCKTNOSUPPORT)
            if proto > 0 and proto != (1 if family == AF_UNIX else IPPROTO_TCP if plain == SOCK_STREAM else IPPROTO_UDP):
                raise _error(-errno.EPROTONOSUPPORT)
            self._family, self._type, self._proto = family, plain, max(proto, 0)
            self._fd = _checked(_weft.sock_new(AF_INET if family == AF_INET6 else family, plain))
            if kind & SOCK_NONBLOCK:
                self._timeout = 0.0
        if self._timeout is None and _default_timeout is not None:
            self._timeout = _default_timeout
        if self._timeout is not None:
            os.set_blocking(self._fd, False)

    def __del__(self):
        fd = self._fd
        if fd >= 0:
            import warnings
            warnings.warn(f'unclosed {self!r}', ResourceWarning, source=self)
            self._fd = -1
            try:
                os.close(fd)
            except OSError:
                pass

    family = property(lambda self: self._family)
    type = property(lambda self: self._type)
    proto = property(lambda self: self._proto)

    def fileno(self):
        return self._fd

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    def close(self):
        fd, self._fd = self._fd, -1
        if fd != -1:
            try:
                os.close(fd)
            except OSError as e:
                if e.errno != errno.ECONNRESET:
                    raise

    # --- waiting

    def settimeout(self, timeout, /):
        timeout = _seconds(timeout)
        if (timeout is None) != (self._timeout is None) and self._fd >= 0:
            os.set_blocking(self._fd, timeout is None)
        self._timeout = timeout

    def gettimeout(self):
        return self._timeout

    timeout = property(gettimeout)

    def setblocking(self, flag, /):
        socket.settimeout(self, None if flag else 0.0)

    def getblocking(self):
        return self._timeout != 0.0

    def _wait(self, call, *args, after=(), flags=0):
        """`call(fd, *args, seconds, *after)` until it is no signal that ended it; its answer, or its exception."""
        timeout = 0.0 if flags & MSG_DONTWAIT else self._timeout
        answer = call(self._fd, *args, -1 if timeout is None else timeout, *after)
        if type(answer) is int and answer < 0:
            if answer == _EINTR:
                end = None if timeout is None else monotonic() + timeout
                while answer == _EINTR:
                    left = -1 if end is None else max(end - monotonic(), 0)
                    answer = call(self._fd, *args, left, *after)
                if type(answer) is not int or answer >= 0:
                    return answer
            if answer == _ETIMEDOUT or answer == _EAGAIN and timeout:
                raise TimeoutError('timed out')
            raise _error(answer)
        return answer

    # --- addresses

    def _target(self, address, call):
        """(text, port) for the kernel."""
        if self._family == AF_UNIX:
            if isinstance(address, str):
                path = os.fsencode(address)
            elif isinstance(address, (bytes, bytearray, memoryview)):
                path = bytes(address)
            else:
                raise TypeError(f'a bytes-like object is required, not {type(address).__name__!r}')
            is_abstract = path[:1] == b'\0'
            if len(path) > 108 or len(path) == 108 and not is_abstract:
                error = OSError('AF_UNIX path too long')
                error.add_note(f'the name of a local socket has at most 107 bytes, this one has {len(path)}')
                raise error
            if path and not is_abstract:
                path = os.fsencode(os.path.abspath(os.fsdecode(path)))
            return path.decode('latin-1'), -1
        is_version_6 = self._family == AF_INET6
        name, least, most = ('AF_INET6', 2, 4) if is_version_6 else ('AF_INET', 2, 2)
        if not isinstance(address, tuple):
            raise TypeError(f'{call}(): {name} address must be tuple, not {type(address).__name__}')
        if not least <= len(address) <= most:
            raise TypeError(f'{call}(): {name} address must be a ' + (
                'tuple (host, port[, flowinfo[, scopeid]])' if is_version_6 else 'pair (host, port)'))
        host, port = address[:2]
        if is_version_6:
            host = _to_version_4(_numeric6(host), (self._options or {}).get((IPPROTO_IPV6, IPV6_V6ONLY)))
        else:
            host = _numeric(host)
        port = _index(port)
        if not 0 <= port <= 65535:
            raise OverflowError(f'{call}(): port must be 0-65535.')
        if is_version_6 and len(address) > 2 and not 0 <= address[2] < 1 << 20:
            raise OverflowError(f'{call}(): flowinfo must be 0-1048575.')
        return host, port

    def _address(self, text):
        if self._family == AF_UNIX:
            return _local(text.encode('latin-1'))
        host, port = text.split(' ')
        return self._place(host, int(port))

    def _place(self, host, port):
        return (_to_version_6(host), port, 0, 0) if self._family == AF_INET6 else (host, port)

    def _stand_on(self, host):
        """One that speaks to a host of version 6 has an address of version 6 itself."""
        if self._family == AF_INET6:
            _weft.sock_bind(self._fd, host, 0)      # EINVAL: it has an address

    def getsockname(self):
        answer = _weft.sock_name(self._fd, 0)
        return self._address(answer) if type(answer) is str else _checked(answer)

    def getpeername(self):
        answer = _weft.sock_name(self._fd, 1)
        return self._address(answer) if type(answer) is str else _checked(answer)

    # --- connections

    def bind(self, address, /):
        text, port = self._target(address, 'bind')
        if port < 0 and not text:
            text = self._free_name()
        if port < 0 and text[0] != '\0':
            name = os.fsdecode(text.encode('latin-1'))
            if not os.path.isdir(os.path.dirname(name)):
                raise _error(-2)
            if os.path.lexists(name):
                raise _error(-98, f'{name} is there already: a file of that name must be removed first')
        answer = _weft.sock_bind(self._fd, text, port)
        if answer < 0:
            notes = {-98: f'port {port} of {text} has a socket already', -99: _NETWORK}
            raise _error(answer, notes.get(answer))

    def _free_name(self):
        """Linux's name for a local socket that is bound to none; the next that is bound may have to look further."""
        taken = 1
        while _weft.sock_is_named(f'\0{taken:05x}'):
            taken += 1
        return f'\0{taken:05x}'

    def listen(self, backlog=128, /):
        _checked(_weft.sock_listen(self._fd, max(_in_range(backlog, 'C int', -2 ** 31, 2 ** 31), 0)))

    def _accept(self):
        fd = self._wait(_weft.sock_accept)
        answer = _weft.sock_name(fd, 1)
        return fd, self._address(answer)

    def connect(self, address, /):
        text, port = self._target(address, 'connect')
        self._stand_on(text)
        try:
            self._wait(_weft.sock_connect, text, port)
        except OSError as error:
            if error.errno == errno.ECONNREFUSED:
                error.add_note(f'nobody listens on {os.fsdecode(text.encode("latin-1"))}' if port < 0 else f'nobody listens on port {port} of {text}')
            elif error.errno == errno.ENETUNREACH:
                error.add_note(_NETWORK)
            elif error.errno == errno.ENOENT and os.path.exists(address):
                # A file, but no socket's.
                raise _error(-errno.ECONNREFUSED) from None
            raise

    def connect_ex(self, address, /):
        try:
            self.connect(address)
        except TimeoutError as error:
            return error.errno or errno.EAGAIN
        except gaierror:
            raise
        except OSError as error:
            if error.errno is None:
                raise
            return error.errno
        return 0

    def shutdown(self, how, /):
        if _in_range(how, 'C int', -2 ** 31, 2 ** 31) not in (0, 1, 2):
            raise _error(-22)
        _checked(_weft.sock_shutdown(self._fd, how))

    # --- options

    def setsockopt(self, level, option, value, optlen=None, /):
        if value is None and optlen is None or optlen is not None and value is not None:
            raise TypeError('socket option should be int, bytes-like object or None')
        if level == SOL_SOCKET and option in (SO_REUSEADDR, SO_REUSEPORT):
            on = value if isinstance(value, int) else any(value)
            _checked(_weft.sock_reuse(self._fd, 1 if on else 0))
        else:
            _checked(_weft.sock_sort(self._fd))
        _check_option(level, option)
        if self._options is None:
            self._options = {}
        if not isinstance(value, int):
            value = bytes(value)
        self._options[level, option] = value

    def getsockopt(self, level, option, buflen=0, /):
        sort = _checked(_weft.sock_sort(self._fd))
        _check_option(level, option)
        if level == SOL_SOCKET:
            known = {SO_TYPE: sort >> 8, SO_DOMAIN: int(self._family), SO_ERROR: 0,
                     SO_PROTOCOL: 0 if sort & 255 == AF_UNIX else IPPROTO_TCP if sort >> 8 == SOCK_STREAM else IPPROTO_UDP,
                     SO_REUSEADDR: None, SO_ACCEPTCONN: None, SO_SNDBUF: 65536, SO_RCVBUF: 65536}
            if option == SO_REUSEADDR:
                # To the machine both are one; a program sees the one that it has set.
                value = _checked(_weft.sock_reuse(self._fd, -1)) if (level, SO_REUSEPORT) not in (self._options or {}) else 0
                value = (self._options or {}).get((level, option), value)
            elif option == SO_ACCEPTCONN:
                value = _checked(_weft.sock_is_listening(self._fd))
            elif option in (SO_TYPE, SO_DOMAIN, SO_ERROR, SO_PROTOCOL):
                value = known[option]
            else:
                value = (self._options or {}).get((level, option), known.get(option, 0))
        else:
            value = (self._options or {}).get((level, option), 0)
        if buflen:
            return value[:buflen] if isinstance(value, bytes) else value.to_bytes(4, sys.byteorder, signed=True)[:buflen]
        return int.from_bytes(value[:4], sys.byteorder, signed=True) if isinstance(value, bytes) else value

    # --- receiving

    def recv(self, bufsize, flags=0, /):
        if flags or bufsize <= 0:
            return self._recv(bufsize, flags)
        timeout = self._timeout
        answer = _weft.sock_recv(self._fd, bufsize, -1 if timeout is None else timeout, 0)
        if type(answer) is bytes:
            return answer
        return self._recv(bufsize, 0) if answer == _EINTR else self._failed(answer)

    def _failed(self, answer):
        if answer == _ETIMEDOUT or answer == _EAGAIN and self._timeout:
            raise TimeoutError('timed out')
        raise _error(answer)

    def _recv(self, bufsize, flags):
        if bufsize < 0:
            raise ValueError('negative buffersize in recv')
        if bufsize == 0:
            return b''
        peek = 1 if flags & MSG_PEEK else 0
        data = self._wait(_weft.sock_recv, bufsize, after=(peek,), flags=flags)
        if flags & MSG_WAITALL and not peek:
            while len(data) < bufsize and self._type == SOCK_STREAM:
                more = self._wait(_weft.sock_recv, bufsize - len(data), after=(0,), flags=flags)
                if not more:
                    break
                data += more
        return data

    def _into(self, buffer, nbytes, call):
        view = memoryview(buffer).cast('B')
        if nbytes < 0:
            raise ValueError(f'negative buffersize in {call}')
        if nbytes > len(view):
            raise ValueError('nbytes is greater than the length of the buffer' if call == 'recvfrom_into'
                             else 'buffer too small for requested bytes')
        return view, nbytes or len(view)

    def recv_into(self, buffer, nbytes=0, flags=0):
        view, nbytes = self._into(buffer, nbytes, 'recv_into')
        data = self.recv(nbytes, flags)
        view[:len(data)] = data
        return len(data)

    def recvfrom(self, bufsize, flags=0, /):
        if bufsize < 0:
            raise ValueError('negative buffersize in recvfrom')
        answer = self._wait(_weft.sock_recvfrom, bufsize, after=(1 if flags & MSG_PEEK else 0,), flags=flags)
        port = int.from_bytes(answer[:4], 'little', signed=True)
        length = int.from_bytes(answer[4:6], 'little')
        source, data = answer[6:6 + length], answer[6 + length:]
        if port >= 0:
            return data, self._place(source.decode(), port)
        return data, _local(source) if source else None

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        view, nbytes = self._into(buffer, nbytes, 'recvfrom_into')
        data, address = self.recvfrom(nbytes, flags)
        view[:len(data)] = data
        return len(data), address

    def recvmsg(self, bufsize, ancbufsize=0, flags=0, /):
        if bufsize < 0:
            raise ValueError('negative buffer size in recvmsg()')
        if ancbufsize < 0:
            raise ValueError('invalid ancillary data buffer length')
        if self._type != SOCK_STREAM:
            # One byte more than is asked for says whether the rest of the message is lost.
            data, address = self.recvfrom(bufsize + 1, flags)
            return data[:bufsize], [], MSG_TRUNC if len(data) > bufsize else 0, address
        if flags & MSG_PEEK or self._family != AF_UNIX:
            return self._recv(bufsize, flags), [], 0, None
        room = max((ancbufsize - CMSG_LEN(0)) // 4, 0)
        # One descriptor more than there is room for says whether some are lost.
        answer = self._wait(_weft.sock_recv_fds, max(bufsize, 1), after=(room + 1,), flags=flags)
        count = answer[0]
        fds = [int.from_bytes(answer[1 + 2 * i:3 + 2 * i], 'little') for i in range(count)]
        for fd in fds[room:]:
            os.close(fd)
        content = b''.join(fd.to_bytes(4, sys.byteorder) for fd in fds[:room])
        return (answer[1 + 2 * count:], [(SOL_SOCKET, SCM_RIGHTS, content)] if content else [],
                MSG_CTRUNC if count > room else 0, None)

    def recvmsg_into(self, buffers, ancbufsize=0, flags=0, /):
        views = [memoryview(buffer).cast('B') for buffer in buffers]
        if any(view.readonly for view in views):
            raise TypeError('recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers')
        data, ancillary, flags, address = self.recvmsg(sum(map(len, views)), ancbufsize, flags)
        at = 0
        for view in views:
            part = data[at:at + len(view)]
            view[:len(part)] = part
            at += len(part)
        return len(data), ancillary, flags, address

    # --- sending

    def send(self, data, flags=0, /):
        if type(data) is not bytes:
            data = _bytes(data)
        if flags:
            return self._wait(_weft.sock_send, data, flags=flags)
        timeout = self._timeout
        answer = _weft.sock_send(self._fd, data, -1 if timeout is None else timeout)
        if answer >= 0:
            return answer
        return self._wait(_weft.sock_send, data) if answer == _EINTR else self._failed(answer)

    def sendall(self, data, flags=0, /):
        if type(data) is not bytes:
            data = _bytes(data)
        sent = self.send(data, flags)
        if sent == len(data):
            return
        end = None if not self._timeout else monotonic() + self._timeout
        while sent < len(data):
            if end is not None and monotonic() >= end:
                raise TimeoutError('timed out')
            sent += self.send(data[sent:sent + 65536], flags)

    def sendto(self, data, *args):
        if len(args) not in (1, 2):
            raise TypeError(f'sendto() takes 2 or 3 arguments ({len(args) + 1} given)')
        address = args[-1]
        flags = args[0] if len(args) == 2 else 0
        text, port = self._target(address, 'sendto')
        self._stand_on(text)
        try:
            return self._wait(_weft.sock_sendto, _bytes(data), text, port, flags=flags)
        except OSError as error:
            if error.errno == errno.ENETUNREACH:
                error.add_note(_NETWORK)
            raise

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None, /):
        data = b''.join(_bytes(buffer) for buffer in buffers)
        fds = _descriptors_in(ancdata)
        if fds:
            return self._wait(_send_fds, data, after=tuple(fds), flags=flags)
        if address is not None:
            return self.sendto(data, flags, address)
        return self.send(data, flags)

    def __repr__(self):
        return (f'<socket object, fd={self._fd}, family={int(self._family)}, type={int(self._type)}, proto={self._proto}>')


def _local(name):
    """The name of a local socket: bytes where it is no file's."""
    return name if name[:1] == b'\0' else os.fsdecode(name)


def _send_fds(fd, data, seconds, *fds):
    return _weft.sock_send_fds(fd, data, seconds, *fds)


SocketType = socket
CAPI = None


def socketpair(family=None, type=SOCK_STREAM, proto=0, /):
    family = AF_UNIX if family is None else int(family)
    if family != AF_UNIX:
        raise OSError(errno.EOPNOTSUPP, 'Operation not supported')
    both = _checked(_weft.sock_pair(family, int(type) & 0xff))
    return socket(family, type, proto, both >> 16), socket(family, type, proto, both & 0xffff)


def close(fd, /):
    os.close(fd)


def dup(fd, /):
    return os.dup(fd)


def install():
    socket.__module__ = '_socket'
    sys.modules['_socket'] = sys.modules[__name__]
