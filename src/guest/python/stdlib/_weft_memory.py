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
from types import FunctionType, ModuleType
from _opcode_metadata import opmap
from _weft_names import _instructions
from _weft_trace import preview, short

_FIXED = frozenset((int, float, str, bool, bytes, type(None), complex))
_SHOWN = _FIXED | {list, tuple, dict, set, frozenset, deque, bytearray}
_MODULES = ('__main__', '__mp_main__')
_MOST = 24                  # variables of a process
_MOST_HOT = 8               # of these, looked at before each operation; the others seldom

_hot = ()                   # names of those that functions assign to, and of collections
_others = ()
_size = -1                  # of the module's dictionary when it was last gone through
_key = None                 # the program's module among the modules


def find():
    """Where the program's globals are: the modules, its key among them, its names, and which of them are looked at, often and seldom."""
    global _key
    names = sys.modules['__main__'].__dict__
    if len(names) != _size:
        _go_through(names)
    _key = next(key for key in sys.modules if type(key) is str and key == '__main__')
    return sys.modules, _key, names, _hot, _others


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


def _go_through(names):
    """Which variables there are to look at, and how often. Names of the program's functions and modules come and go seldom."""
    global _size, _hot, _others
    _size = len(names)
    shown = [name for name, value in names.items() if not name.startswith('_') and _is_shown(value)]
    assigned = set()
    for value in list(names.values()):
        kind = type(value)
        if kind is FunctionType:
            _assigned_in(value.__code__, assigned)
        elif kind is type and value.__module__ in _MODULES:
            for member in list(value.__dict__.values()):
                if type(member) is FunctionType:
                    _assigned_in(member.__code__, assigned)
    shown = shown[:_MOST]
    changing = [name for name in shown if name in assigned or type(names[name]) not in _FIXED]
    _hot = tuple(changing[:_MOST_HOT])
    _others = tuple(name for name in shown if name not in _hot)


_codes = {}


def _assigned_in(code, found):
    """The global variables that a function assigns to, or one inside it."""
    known = _codes.get(code)
    if known is None:
        known = _codes[code] = {code.co_names[arg] for name, arg in _instructions(code, 0) if name == 'STORE_GLOBAL'}
        for constant in code.co_consts:
            if type(constant) is type(code):
                _assigned_in(constant, known)
    found |= known


def forked():
    """In a forked child: its variables are others, that begin as copies."""
    install()       # which looks at once: before the child changes any


def install():
    if _weft.trace_on():
        _weft.watch_memory(find, show, say)
