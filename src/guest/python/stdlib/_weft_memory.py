"""The program's variables, for the trace: what each process has in them whenever it comes to an operation of the kernel.

They are read out of the interpreter's memory before each such operation: globals (interpreter/global-variables.ts) and local
variables (interpreter/local-variables.ts); what is another value than before is recorded. Python is asked which globals there
are (`find`), and what a value is shown as that is neither a small number nor a short text (`show`, `say`). That keeps nothing of
the program's alive, calls none of its code, and is never suspended. Shown are numbers, texts, and collections of such, by short
reprs; instances of the program's own classes by their attributes.
"""
import _weft
import sys
from collections import deque
from itertools import islice
from types import ModuleType
from _weft_trace import preview, short

_FIXED = frozenset((int, float, str, bool, bytes, type(None), complex))
_SHOWN = _FIXED | {list, tuple, dict, set, frozenset, deque, bytearray}
_MODULES = ('__main__', '__mp_main__')
_MOST = 24                  # variables of a process

_shown = ()                 # their names
_size = -1                  # of the module's dictionary when it was last gone through
_key = None                 # the program's module among the modules


def find():
    """Where the program's globals are: the modules, its key among them, its names, and which of them are shown."""
    global _key, _shown, _size
    names = sys.modules['__main__'].__dict__
    if len(names) != _size:
        _size = len(names)
        _shown = tuple(name for name, value in names.items() if not name.startswith('_') and _is_shown(value))[:_MOST]
    _key = next(key for key in sys.modules if type(key) is str and key == '__main__')
    return sys.modules, _key, names, _shown


def show(value):
    """What a global variable is shown as: an int, or in words; None where it is not shown."""
    return _said(value) if _is_shown(value) else None


def say(value):
    """What a local variable is shown as: in words, or None."""
    if _is_the_programs(value, type(value)):
        return _said(value)
    return None if type(value) is ModuleType else short(value)


def _said(value):
    kind = type(value)
    if kind in _SHOWN:
        return preview(value)
    fields = [(name, field) for name, field in _attributes(value).items() if type(field) in _SHOWN and not name.startswith('_')]
    return f"{kind.__name__}({', '.join(f'{name}={short(field)}' for name, field in fields[:4])})"[:80]


def _is_shown(value):
    kind = type(value)
    if kind in _FIXED:
        return True
    if kind in _SHOWN:
        return all(map(_is_plain, islice(value.values() if kind is dict else value, 4)))
    return _is_the_programs(value, kind)


def _is_plain(value):
    return type(value) in _SHOWN or _is_the_programs(value, type(value))


def _is_the_programs(value, kind):
    return kind.__module__ in _MODULES and type(kind) is type and _attributes(value) is not None


def _attributes(value):
    """Not by way of a `__getattribute__` of the program's."""
    try:
        return object.__getattribute__(value, '__dict__')
    except AttributeError:
        return None


def forked():
    """In a forked child: its variables are others, that begin as copies."""
    install()       # which looks at once: before the child changes any


def install():
    if _weft.trace_on():
        _weft.watch_memory(find, show, say)
