"""Value, Array and SharedMemory on the kernel's memory.

Each process is an interpreter with a memory of its own, so a shared block cannot be mapped into several: it lies in the
kernel, and each process has a copy of its part at the place where ctypes looks for it. What is a plain number or an array
of numbers is a subclass of its ctypes type whose every access fetches from the kernel or stores into it: there an unlocked
`v.value += 1` is a load and a store, as on any machine. What ctypes reaches without asking us (structures, buffers) is
merged with the kernel's block at each operation of the kernel (see calls/shared-memory.ts): it is right for whoever takes a
lock before and gives it back after, starts, joins, sends or receives.

CPython's own heap.py keeps the blocks and sharedctypes.py the locks; this replaces the arena below the first and the making
of ctypes objects below the second. Functions of `_weft`: shared_* work on blocks, view_* on a process's copies.
"""
import ctypes
import errno
import functools
import os
import weakref
from _ctypes import _SimpleCData
from multiprocessing import heap, sharedctypes, shared_memory, util
from multiprocessing.context import assert_spawning

import _weft
import _weft_names

_VALUE, _ARRAY = 12, 13         # codes of the kernel's kinds of objects
_EINVAL = -22
_UNSHARED = frozenset('OPzZ')   # pointers: they mean nothing in another memory

_users = weakref.WeakSet()      # what this process has blocks for, to be counted again after a fork
_watched = set()                # views whose copies are merged


def _block(answer):
    """The answer of an operation of the kernel, or the exception for its errno."""
    if answer >= 0:
        return answer
    raise OSError(-answer, os.strerror(-answer))


class Arena:
    """What heap.py cuts blocks from: memory of this process, and its block in the kernel."""

    def __init__(self, size, block=0):
        self.size = size
        if block:
            _weft.shared_retain(block)
        else:
            block = _block(_weft.shared_new(size, ''))
        self.block = block
        self.buffer = bytearray(size)
        _use(self)

    def __reduce__(self):
        assert_spawning(self)
        return Arena, (self.size, self.block)


def _use(owner):
    """This process uses a block, which it has counted, until `owner` is gone."""
    _users.add(owner)
    _release_later(owner)
    # multiprocessing's children forget all finalizers of the parent's and then call this.
    util.register_after_fork(owner, _release_later)


def _release_later(owner):
    if owner not in _users:     # closed before the fork
        return
    owner.release = util.Finalize(owner, _weft.shared_release, (owner.block,), exitpriority=-100)


def _after_fork_in_child():
    for owner in list(_users):
        _weft.shared_retain(owner.block)
        _release_later(owner)
    for view in _watched:
        _weft.view_watch(view)


# ctypes objects ------------------------------------------------------------------------------------------------------

_shared_types = {}              # a ctypes type, and the subclass whose accesses are calls
_plain_types = {}               # the other way round


def _shared_type(type_):
    """The type whose objects are made for `type_`: itself, where accesses cannot be calls."""
    try:
        return _shared_types[type_]
    except KeyError:
        pass
    made = type_
    if type_.__base__ is _SimpleCData and type_._type_ not in _UNSHARED:
        made = _shared_number(type_)
    elif issubclass(type_, ctypes.Array) and type_._type_.__base__ is _SimpleCData and type_._type_._type_ not in _UNSHARED:
        made = _shared_array(type_)
    _shared_types[type_] = made
    if made is not type_:
        _plain_types[made] = type_
    return made


# An int is a long in this interpreter, and ctypes calls it that; the notes' programs come from where it is not.
_NAMES = {'c_long': 'c_int', 'c_ulong': 'c_uint', 'c_longlong': 'c_long', 'c_ulonglong': 'c_ulong'}


def _name(type_):
    name, array, length = type_.__name__.partition('_Array_')
    return _NAMES.get(name, name) + array + length


def _subclass(type_, members):
    return type(type_)(_name(type_), (type_,), {'__module__': type_.__module__, **members})


def _fetching(attribute):
    """A property like `attribute`, a descriptor of ctypes, that fetches and stores all there is."""
    get, put = attribute.__get__, attribute.__set__

    def fetch(self):
        _weft.view_pull(self._view, 0, self._count)
        return get(self)

    def store(self, value):
        put(self, value)
        _weft.view_push(self._view, 0, self._count)
    return property(fetch, store)


def _shared_number(type_):
    load, store = _weft.view_load, _weft.view_store
    get, put = type_.value.__get__, type_.value.__set__

    def get_value(self):
        load(self._view, 0)
        return get(self)

    def set_value(self, value):
        put(self, value)
        store(self._view, 0)

    def __init__(self, *args):
        type_.__init__(self, *args)
        store(self._view, 0)

    return _subclass(type_, {
        'value': property(get_value, set_value),
        '__init__': __init__,
        '__bool__': lambda self: bool(get_value(self)),
        '__repr__': lambda self: f'{_name(type_)}({get_value(self)!r})',
        '__buffer__': _lend,
    })


def _shared_array(type_):
    load, store, pull, push = _weft.view_load, _weft.view_store, _weft.view_pull, _weft.view_push
    get, put, length = type_.__getitem__, type_.__setitem__, type_._length_

    def span(where):
        """The elements that a slice touches: from the first to the last, those between them too."""
        indices = range(*where.indices(length))
        if not indices:
            return 0, 0
        first, last = sorted((indices[0], indices[-1]))
        return first, last - first + 1

    def __getitem__(self, index):
        if type(index) is int:
            load(self._view, index)
        elif isinstance(index, slice):
            pull(self._view, *span(index))
        elif hasattr(index, '__index__'):
            return __getitem__(self, index.__index__())
        return get(self, index)

    def __setitem__(self, index, value):
        if type(index) is int:
            put(self, index, value)
            store(self._view, index)
        elif isinstance(index, slice):
            first, count = span(index)
            if abs(index.indices(length)[2]) != 1:
                pull(self._view, first, count)
            put(self, index, value)
            push(self._view, first, count)
        elif hasattr(index, '__index__'):
            __setitem__(self, index.__index__(), value)
        else:
            put(self, index, value)

    def __iter__(self):
        for index in range(length):
            yield __getitem__(self, index)

    def __init__(self, *args):
        type_.__init__(self, *args)
        push(self._view, 0, length)

    made = _subclass(type_, {
        '_count': length, '__getitem__': __getitem__, '__setitem__': __setitem__, '__iter__': __iter__, '__init__': __init__,
        '__buffer__': _lend,
    })
    # Arrays of characters have them; ctypes gives them to each new subclass, so ours come after.
    for name in ('value', 'raw'):
        if hasattr(type_, name):
            setattr(made, name, _fetching(getattr(type_, name)))
    return made


def _lend(self, flags):
    """Somebody wants a memoryview: from here on the copy is written without calls."""
    _watch(self._view)
    return _plain_types[type(self)].__buffer__(self, flags)


def _watch(view):
    _weft.view_watch(view)
    _watched.add(view)


def _forget(view):
    _watched.discard(view)
    _weft.view_free(view)


def _grain(type_):
    """Bytes of the smallest number in a type: what is compared and exchanged as a whole."""
    if issubclass(type_, ctypes.Array):
        return _grain(type_._type_)
    fields = getattr(type_, '_fields_', None)
    if fields:
        return min(_grain(field[1]) for field in fields)
    return max(1, ctypes.sizeof(type_))


def _elements(type_):
    """Size of an element, how many there are, and the character of their type or 0."""
    element, count = (type_._type_, type_._length_) if issubclass(type_, ctypes.Array) else (type_, 1)
    code = element._type_ if element.__base__ is _SimpleCData else '\0'
    return ctypes.sizeof(element), count, ord(code)


def _plain(type_):
    return _plain_types.get(type_, type_)


def _new_value(type_):
    type_ = _plain(type_)
    size = ctypes.sizeof(type_)
    wrapper = heap.BufferWrapper(size)
    is_array = issubclass(type_, ctypes.Array)
    wrapper._name = _variable()
    wrapper._shown = _weft.shared_show(_ARRAY if is_array else _VALUE, type_._length_ if is_array else 1, wrapper._name)
    return _rebuild(type_, wrapper, True)


def rebuild_ctype(type_, wrapper, length):
    return _rebuild(type_ if length is None else type_ * length, wrapper, False)


def _rebuild(type_, wrapper, is_new):
    shared = _shared_type(type_)
    sharedctypes._ForkingPickler.register(shared, reduce_ctype)
    memory = _plain_memoryview(wrapper)
    if is_new:
        memory[:] = bytes(len(memory))
    obj = shared.from_buffer(memory)
    obj._wrapper = wrapper
    (arena, start, _stop), _size = wrapper._state
    item, count, code = _elements(type_)
    view = _weft.view_new(arena.block, start, ctypes.addressof(obj), item, count, code, wrapper._shown, _grain(type_))
    util.Finalize(wrapper, _forget, (view,))
    if is_new:
        # The block may have been another's before, and hold what that one left.
        _weft.view_reset(view)
    if shared is type_:
        _watch(view)
    else:
        obj._view = view
    return obj


_plain_memoryview = heap.BufferWrapper.create_memoryview


def _merged_memoryview(wrapper):
    """For who writes into the memory itself, as Barrier does with its state."""
    memory = _plain_memoryview(wrapper)
    (arena, start, _stop), size = wrapper._state
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    grain = 4 if size % 4 == 0 else 1
    view = _weft.view_new(arena.block, start, address, 1, size, 0, 0, grain)
    util.Finalize(wrapper, _forget, (view,))
    _watch(view)
    return memory


def reduce_ctype(obj):
    assert_spawning(obj)
    type_ = _plain(type(obj))
    if issubclass(type_, ctypes.Array):
        return rebuild_ctype, (type_._type_, obj._wrapper, type_._length_)
    return rebuild_ctype, (type_, obj._wrapper, None)


def copy(obj):
    new_obj = _new_value(type(obj))
    if isinstance(obj, ctypes.Array):
        new_obj[:] = obj[:]
    elif hasattr(obj, '_view'):
        new_obj.value = obj.value
    else:
        ctypes.pointer(new_obj)[0] = obj
    return new_obj


def _variable():
    """The name of the variable that the program gives the new object, or ''."""
    if not _weft.trace_on():
        return ''
    home = os.environ['HOME'] + '/'
    frame = _weft_names.user_frame(lambda file: file.startswith(home))
    return '' if frame is None else ', '.join(_weft_names.names_of_result(frame))


def _naming(make):
    """Value and Array: their own lock is called after them."""
    @functools.wraps(make)
    def named(*args, lock=True, ctx=None):
        made = make(*args, lock=lock, ctx=ctx)
        name = made._obj._wrapper._name if lock in (True, None) else ''
        if name:
            _weft.trace_name(made._lock._semlock.handle, name + '.get_lock()')
        return made
    return named


# SharedMemory --------------------------------------------------------------------------------------------------------

_mappings = weakref.WeakValueDictionary()    # this process's copies of whole blocks, by block


class _Mapping:
    """This process's copy of a block, the same for all of its objects that are attached to it."""

    def __init__(self, block, size):
        self.memory = bytearray(size)
        address = ctypes.addressof(ctypes.c_char.from_buffer(self.memory))
        self.view = _weft.view_new(block, 0, address, 1, size, 0, 0, 1)
        _weft.view_pull(self.view, 0, size)
        _watch(self.view)

    def __del__(self):
        _forget(self.view)


class SharedMemory:
    """As multiprocessing.shared_memory.SharedMemory. `buf` is this process's copy: what is written into it is seen by other
    processes from the writer's next operation on (a lock, a queue, a print, a look at `buf`), and at once by nobody."""
    _name = None
    _size = 0
    _mapping = None
    _buf = None
    _flags = os.O_RDWR
    _prepend_leading_slash = True

    def __init__(self, name=None, create=False, size=0, *, track=True):
        if not size >= 0:
            raise ValueError("'size' must be a positive integer")
        if create:
            self._flags = os.O_CREAT | os.O_EXCL | os.O_RDWR
            if size == 0:
                raise ValueError("'size' must be a positive number different from zero")
        if name is None and not self._flags & os.O_EXCL:
            raise ValueError("'name' can only be None if create=True")
        if name is None:
            self._open_new(size)
        else:
            self._name = f'/{name}' if self._prepend_leading_slash else name
            self._open(size)
        mapping = _mappings.get(self.block)
        if mapping is None:
            mapping = _mappings[self.block] = _Mapping(self.block, self._size)
        self._mapping = mapping
        self._buf = memoryview(mapping.memory)
        _use(self)

    def _open_new(self, size):
        while True:
            self._name = shared_memory._make_filename()
            try:
                return self._open(size)
            except FileExistsError:
                pass

    def _open(self, size):
        """As shm_open: a name with and without its slash is the same."""
        key = self._name.lstrip('/')
        if self._flags & os.O_EXCL == 0:
            self.block = _weft.shared_open(key)
            if self.block:
                self._size = _weft.shared_bytes(self.block)
                return
            if self._flags & os.O_CREAT == 0:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), self._name)
        block = _weft.shared_new(size, key)
        if block == _EINVAL:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), self._name)
        self.block = _block(block)
        self._size = size

    @property
    def buf(self):
        """A memoryview of the contents."""
        if self._mapping is not None:
            _weft.view_merge(self._mapping.view)
        return self._buf

    @property
    def name(self):
        return self._name.removeprefix('/') if self._prepend_leading_slash else self._name

    @property
    def size(self):
        return self._size

    def __reduce__(self):
        return type(self), (self.name, False, self.size)

    def __repr__(self):
        return f'{type(self).__name__}({self.name!r}, size={self.size})'

    def __del__(self):
        try:
            self.close()
        except (OSError, BufferError):
            pass

    def close(self):
        if self._buf is None:
            return
        _weft.view_merge(self._mapping.view)
        self._buf.release()
        self._buf = None
        self._mapping = None
        _users.discard(self)
        self.release()

    def unlink(self):
        if _weft.shared_unlink(self._name.lstrip('/')) != 0:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), self._name)


# -----------------------------------------------------------------------------------------------------------------------

def install():
    """Puts all this in the place of what rests on mmap."""
    heap.Arena = Arena
    heap.BufferWrapper.create_memoryview = _merged_memoryview
    for thing in (rebuild_ctype, reduce_ctype, copy, _new_value):
        thing.__module__ = 'multiprocessing.sharedctypes'
        setattr(sharedctypes, thing.__name__, thing)
    sharedctypes.Value = _naming(sharedctypes.Value)
    sharedctypes.Array = _naming(sharedctypes.Array)
    Arena.__module__ = 'multiprocessing.heap'
    SharedMemory.__module__ = 'multiprocessing.shared_memory'
    shared_memory.SharedMemory = SharedMemory
    # A long has 64 bits where the notes' programs come from, and 32 in this interpreter.
    sharedctypes.typecode_to_type.update(l=ctypes.c_longlong, L=ctypes.c_ulonglong)
    os.register_at_fork(after_in_child=_after_fork_in_child)
