"""The program's variables, for the trace: what each process has in them whenever it comes to an operation of the kernel.

`look` is called before each such operation, and records what is another value than before. It keeps nothing of the program's
alive, calls none of its code, and is never suspended. Looked at are numbers, texts, and collections of such, by short reprs;
instances of the program's own classes by their attributes. Those are the globals; local variables are read out of the frames
(interpreter/local-variables.ts), and `say` is asked how to show what is neither a small number nor None.
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
_MOST_HOT = 8               # of these, looked at before each operation
_RARELY = 16                # the others before each so many

_missing = object()
_numbers = {}               # of the variables in the trace, by name
_values = {}                # what they were, where that cannot change from within
_texts = {}                 # what the trace says of them
_hot = ()                   # names of those that functions assign to, and of collections
_others = ()
_size = -1                  # of the module's dictionary when it was last gone through
_looks = 0


def look():
    global _looks
    names = sys.modules['__main__'].__dict__
    if len(names) != _size:
        _go_through(names)
    _look_at(names, _hot)
    _looks += 1
    if _looks % _RARELY == 1:
        _look_at(names, _others)


def _look_at(names, wanted):
    for name in wanted:
        value = names.get(name, _missing)
        fixed = type(value) in _FIXED
        if fixed and _values.get(name, _missing) is value or value is _missing or not _is_shown(value):
            continue
        shown = _said(value)
        text = shown if type(shown) is str else repr(shown)
        if fixed:
            _values[name] = value
        else:
            _values.pop(name, None)
        if _texts.get(name) == text:
            continue
        _texts[name] = text
        number = _numbers.get(name)
        if number is None:
            number = _numbers[name] = _weft.variable_new(name)
        _weft.variable_is(number, shown)


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
    global _looks
    if _weft.trace_on():
        _numbers.clear()
        _texts.clear()
        _values.clear()
        _looks = 0
        _weft.watch_memory(look, say)       # which looks at once: before the child changes any


def install():
    if _weft.trace_on():
        _weft.watch_memory(look, say)
