"""Names, addresses and errors of the machine's network: what is no socket of `_socket`.

The network is the machine's own: local sockets, and the loopback in both versions of the internet protocol. Functions of C's
module that need no network stay C's: htons, inet_aton, ...
"""
import _socket as _c
import _weft
import errno
import os
import sys
from operator import index

NETWORK = 'this machine has no network beyond itself'

CONSTANTS = dict(
    AF_UNSPEC=0, AF_UNIX=1, AF_INET=2, AF_INET6=10, SOCK_STREAM=1, SOCK_DGRAM=2, SOCK_RAW=3, SOCK_RDM=4, SOCK_SEQPACKET=5,
    SOCK_NONBLOCK=0o4000, SOCK_CLOEXEC=0o2000000,
    SOL_IP=0, SOL_TCP=6, SOL_UDP=17, SOL_SOCKET=1, SO_DEBUG=1, SO_REUSEADDR=2, SO_TYPE=3, SO_ERROR=4, SO_DONTROUTE=5, SO_BROADCAST=6, SO_SNDBUF=7, SO_RCVBUF=8,
    SO_KEEPALIVE=9, SO_OOBINLINE=10, SO_LINGER=13, SO_REUSEPORT=15, SO_RCVLOWAT=18, SO_SNDLOWAT=19, SO_RCVTIMEO=20,
    SO_SNDTIMEO=21, SO_ACCEPTCONN=30, SO_PROTOCOL=38, SO_DOMAIN=39,
    IPPROTO_IP=0, IPPROTO_ICMP=1, IPPROTO_TCP=6, IPPROTO_UDP=17, IPPROTO_IPV6=41, TCP_NODELAY=1, TCP_MAXSEG=2, TCP_KEEPIDLE=4,
    TCP_KEEPINTVL=5, TCP_KEEPCNT=6, TCP_USER_TIMEOUT=18, IP_TOS=1, IP_TTL=2, IPV6_UNICAST_HOPS=16, IPV6_MULTICAST_HOPS=18,
    IPV6_V6ONLY=26,
    MSG_OOB=1, MSG_PEEK=2, MSG_DONTROUTE=4, MSG_CTRUNC=8, MSG_TRUNC=0x20, MSG_DONTWAIT=0x40, MSG_EOR=0x80, MSG_WAITALL=0x100,
    MSG_NOSIGNAL=0x4000, MSG_CMSG_CLOEXEC=0x40000000, SCM_RIGHTS=1, SHUT_RD=0, SHUT_WR=1, SHUT_RDWR=2, SOMAXCONN=4096,
    INADDR_ANY=0, INADDR_BROADCAST=0xffffffff, INADDR_LOOPBACK=0x7f000001, INADDR_NONE=0xffffffff,
    INADDR_UNSPEC_GROUP=0xe0000000, INADDR_ALLHOSTS_GROUP=0xe0000001, INADDR_MAX_LOCAL_GROUP=0xe00000ff,
    IPPORT_RESERVED=1024, IPPORT_USERRESERVED=5000,
    AI_PASSIVE=1, AI_CANONNAME=2, AI_NUMERICHOST=4, AI_V4MAPPED=8, AI_ALL=16, AI_ADDRCONFIG=32, AI_NUMERICSERV=1024,
    NI_NUMERICHOST=1, NI_NUMERICSERV=2, NI_NOFQDN=4, NI_NAMEREQD=8, NI_DGRAM=16, NI_MAXHOST=1025, NI_MAXSERV=32,
    EAI_BADFLAGS=-1, EAI_NONAME=-2, EAI_AGAIN=-3, EAI_FAIL=-4, EAI_NODATA=-5, EAI_FAMILY=-6, EAI_SOCKTYPE=-7, EAI_SERVICE=-8,
    EAI_ADDRFAMILY=-9, EAI_MEMORY=-10, EAI_SYSTEM=-11, EAI_OVERFLOW=-12,
)
for _name in ('error', 'herror', 'gaierror', 'timeout', 'htons', 'htonl', 'ntohs', 'ntohl', 'inet_aton', 'inet_ntoa', 'CMSG_LEN',
              'CMSG_SPACE'):
    if hasattr(_c, _name):
        globals()[_name] = getattr(_c, _name)
globals().update(CONSTANTS)
has_ipv6 = True


def error_of(answer, note=None):
    number = -answer if -answer in errno.errorcode else errno.EINVAL
    error = OSError(number, os.strerror(number))
    if note is not None:
        error.add_note(note)
    return error


def checked(answer, note=None):
    if answer < 0:
        raise error_of(answer, note)
    return answer


def is_numeric(host):
    parts = host.split('.')
    return len(parts) == 4 and all(part.isdigit() and len(part) <= 3 and int(part) < 256 for part in parts)


def numeric(host):
    """The numbers of a host, as text."""
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode('ascii')
    if not isinstance(host, str):
        raise TypeError(f'str, bytes or bytearray expected, not {type(host).__name__}')
    if host == '':
        return '0.0.0.0'
    if host == '<broadcast>':
        return '255.255.255.255'
    if is_numeric(host):
        return '.'.join(str(int(part)) for part in host.split('.'))
    if host.lower() in ('localhost', 'localhost.localdomain', 'ip4-localhost', gethostname().lower()):
        return '127.0.0.1'
    error = gaierror(EAI_NONAME, f'Name or service not known: {NETWORK}')
    error.add_note(NETWORK)
    raise error


# Where ::1 is on the machine's network, which numbers its hosts as version 4 does. ::ffff:a.b.c.d is a.b.c.d.
_LOOPBACK6 = '127.255.255.250'
_ELSEWHERE = '192.0.2.6'        # of no machine


def numeric6(host):
    """The numbers of a host in version 6, as text."""
    if not isinstance(host, str):
        raise TypeError(f'str, bytes or bytearray expected, not {type(host).__name__}')
    host = host.partition('%')[0]
    if host == '':
        return '::'
    if ':' not in host:
        address = numeric(host)
        return '::1' if address == '127.0.0.1' and not is_numeric(host) else f'::ffff:{address}'
    try:
        return inet_ntop(AF_INET6, inet_pton(AF_INET6, host))
    except OSError:
        raise gaierror(EAI_NONAME, 'Name or service not known') from None


def to_version_4(host, only_6):
    """Where a host of version 6, as text, is on the machine's network."""
    packed = inet_pton(AF_INET6, host)
    if not any(packed):
        return _LOOPBACK6 if only_6 else '0.0.0.0'
    if packed == bytes(15) + b'\1':
        return _LOOPBACK6
    return inet_ntoa(packed[12:]) if packed[:12] == bytes(10) + b'\xff\xff' else _ELSEWHERE


def to_version_6(host):
    return '::1' if host == _LOOPBACK6 else '::' if host == '0.0.0.0' else f'::ffff:{host}'


def family_of(fd, family):
    """To the kernel both versions of the internet are one family; the addresses tell them apart."""
    names = (_weft.sock_name(fd, 0), _weft.sock_name(fd, 1)) if family == AF_INET else ()
    is_version_6 = any(type(name) is str and name.partition(' ')[0] == _LOOPBACK6 for name in names)
    return AF_INET6 if is_version_6 else family


def descriptors_in(ancdata):
    """Those that a message is to bring along."""
    items = []
    for item in ancdata:
        if not isinstance(item, (tuple, list)) or len(item) != 3:
            raise TypeError('sendmsg(): argument 2 must be an iterable of (int, int, bytes-like) items')
        items.append((index(item[0]), index(item[1]), bytes_of(item[2])))
    fds = []
    for level, kind, content in items:
        if level != SOL_SOCKET or kind != SCM_RIGHTS:
            raise error_of(-22)
        fds += [int.from_bytes(content[i:i + 4], sys.byteorder, signed=True) for i in range(0, len(content), 4)]
    return fds


def bytes_of(data):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    if type(data) is bytes:
        return data
    try:
        return bytes(memoryview(data))
    except TypeError:
        raise TypeError(f'a bytes-like object is required, not {type(data).__name__!r}') from None


def in_range(value, kind, least, beyond):
    """An argument as C takes it."""
    value = index(value)
    if not least <= value < beyond:
        raise OverflowError(f'Python int too large to convert to {kind}')
    return value


# --- names

def gethostname():
    return 'weft'


def sethostname(name, /):
    raise PermissionError(errno.EPERM, 'Operation not permitted')


def gethostbyname(host, /):
    return numeric(host)


def gethostbyname_ex(host, /):
    address = numeric(host)
    return ('localhost' if address.startswith('127.') else host), [], [address]


def gethostbyaddr(host, /):
    address = numeric(host)
    if address.startswith('127.') or address == '0.0.0.0':
        return 'localhost', [], [address]
    error = herror(1, 'Unknown host')
    error.add_note(NETWORK)
    raise error


_SERVICES = {'echo': 7, 'discard': 9, 'daytime': 13, 'ftp': 21, 'ssh': 22, 'telnet': 23, 'smtp': 25, 'time': 37, 'domain': 53,
             'http': 80, 'pop3': 110, 'ntp': 123, 'imap2': 143, 'https': 443}


def getservbyname(name, protocol=None, /):
    if name not in _SERVICES or protocol not in (None, 'tcp', 'udp'):
        raise OSError('service/proto not found')
    return _SERVICES[name]


def getservbyport(port, protocol=None, /):
    if not 0 <= port <= 65535:
        raise OverflowError('getservbyport: port must be 0-65535.')
    for name, number in _SERVICES.items():
        if number == port:
            return name
    raise OSError('port/proto not found')


def getprotobyname(name, /):
    protocols = {'ip': 0, 'icmp': 1, 'tcp': 6, 'udp': 17}
    if name not in protocols:
        raise OSError('protocol not found')
    return protocols[name]


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    if family not in (AF_UNSPEC, AF_INET, AF_INET6):
        raise gaierror(EAI_ADDRFAMILY, 'Address family for hostname not supported')
    if isinstance(host, bytes):
        host = host.decode('idna')
    # A name that both versions have is of the older one, unless the other is asked for.
    is_version_6 = family == AF_INET6 or family == AF_UNSPEC and host is not None and ':' in host
    if host is None or host == '':
        everywhere = host is None and flags & AI_PASSIVE
        address = ('::' if everywhere else '::1') if is_version_6 else '0.0.0.0' if everywhere else '127.0.0.1'
    elif not is_version_6 and ':' in host:
        raise gaierror(EAI_ADDRFAMILY, 'Address family for hostname not supported')
    elif flags & AI_NUMERICHOST and not is_numeric(host) and ':' not in host:
        raise gaierror(EAI_NONAME, f'Name or service not known: {NETWORK}')
    else:
        address = numeric6(host) if is_version_6 else numeric(host)
    if port is None:
        port = 0
    elif isinstance(port, (str, bytes)):
        name = port.decode() if isinstance(port, bytes) else port
        name.encode()       # the error of one that cannot be is Unicode's
        if name.isdigit():
            port = int(name)
        elif name in _SERVICES and not flags & AI_NUMERICSERV:
            port = _SERVICES[name]
        elif name == '':
            port = 0
        else:
            raise gaierror(EAI_SERVICE, 'Servname not supported for ai_socktype')
    elif not isinstance(port, int):
        raise OSError('Int or String expected')
    place = (address, port, 0, _scope(host)) if is_version_6 else (address, port)
    found = [(AF_INET6 if is_version_6 else AF_INET, kind, protocol, '', place)
             for kind, protocol in ((SOCK_STREAM, IPPROTO_TCP), (SOCK_DGRAM, IPPROTO_UDP), (SOCK_RAW, 0))
             if type in (0, kind) and proto in (0, protocol)]
    if not found:
        raise gaierror(EAI_SOCKTYPE, 'ai_socktype not supported')
    if flags & AI_CANONNAME:
        found[0] = (*found[0][:3], host or 'localhost', found[0][4])
    return found


def _scope(host):
    """The number of the interface behind a `%`."""
    name = (host or '').partition('%')[2]
    if name.isdigit() or name == '':
        return int(name or 0)
    try:
        return if_nametoindex(name)
    except OSError:
        raise gaierror(EAI_NONAME, 'Name or service not known') from None


def getnameinfo(address, flags, /):
    if not isinstance(address, tuple):
        raise TypeError('getnameinfo() argument 1 must be a tuple')
    host, port = address[:2]
    if not is_numeric(host) and ':' not in host:
        raise gaierror(EAI_NONAME, f'Name or service not known: {NETWORK}')
    if ':' in host:
        flowinfo, scope = (*address[2:], 0, 0)[:2]
        if not 0 <= flowinfo < 1 << 20:
            raise OverflowError('getnameinfo(): flowinfo must be 0-1048575.')
        host = numeric6(host)
        if scope and host.startswith(('fe80:', 'ff02:')):
            host += f'%{if_indextoname(scope) if scope == 1 else scope}'
    name = 'localhost' if (host.startswith('127.') or host == '::1') and not flags & NI_NUMERICHOST else host
    service = str(port)
    if not flags & NI_NUMERICSERV:
        service = next((known for known, number in _SERVICES.items() if number == port), service)
    return name, service


def inet_pton(family, text, /):
    if family == AF_INET:
        if not is_numeric(text):
            raise OSError('illegal IP address string passed to inet_pton')
        return bytes(int(part) for part in text.split('.'))
    if family == AF_INET6:
        from ipaddress import AddressValueError, IPv6Address
        try:
            if '%' not in text:
                return IPv6Address(text).packed
        except AddressValueError:
            pass
        raise OSError('illegal IP address string passed to inet_pton')
    raise error_of(-97)


def inet_ntop(family, packed, /):
    packed = bytes(packed)
    if family not in (AF_INET, AF_INET6):
        raise ValueError(f'unknown address family {family}')
    if len(packed) != (4 if family == AF_INET else 16):
        raise ValueError('invalid length of packed IP address string')
    if family == AF_INET:
        return inet_ntoa(packed)
    from ipaddress import IPv6Address
    return str(IPv6Address(packed))


def if_nameindex():
    return [(1, 'lo')]


def if_nametoindex(name, /):
    if not isinstance(name, (str, bytes)):
        raise TypeError(f'a bytes-like object is required, not {type(name).__name__!r}')
    if os.fsdecode(name) != 'lo':
        raise OSError(errno.ENODEV, 'no interface with this name')
    return 1


def if_indextoname(number, /):
    if in_range(number, 'C unsigned int', 0, 2 ** 32) != 1:
        raise OSError(errno.ENXIO, 'no interface with this index')
    return 'lo'


if not hasattr(_c, 'CMSG_LEN'):
    def CMSG_LEN(length, /):
        return 12 + length

    def CMSG_SPACE(length, /):
        return 12 + (length + 3) // 4 * 4


# What `_socket` has of these.
_OWN = {'CONSTANTS', 'NETWORK', 'bytes_of', 'checked', 'descriptors_in', 'errno', 'error_of', 'family_of', 'in_range', 'index', 'is_numeric',
        'numeric', 'numeric6', 'os', 'sys', 'to_version_4', 'to_version_6'}
__all__ = [name for name in globals() if not name.startswith('_') and name not in _OWN]
