"""What the run asks CPython's own sys.monitoring to tell of the program's code.

Steps at lines or bytecodes: each of the program's own is one, after which it may lose its CPU. `_weft.step` only counts a
word down until the scheduler must be asked.

Loads and stores of variables, where data races are looked for: `_weft.touch` is called before instructions that may be such,
and asks not to be called again at all others. Which they are is worked out here, once for each code object.

Both are switched on for code objects of the program's files alone, so the library runs as fast as ever.
"""
import os
import sys
import threading
from inspect import CO_OPTIMIZED
from opcode import _inline_cache_entries, opname
from types import CodeType

import _weft

_LINE, _BYTECODE = 1, 2         # codes of the kinds of steps
# Tools of sys.monitoring: none of those reserved for debuggers, coverage and profilers. The lower one is told first: a task
# loses its CPU before what it is about to load is recorded, not between that and the load.
_STEPS, _VARIABLES = 3, 4

_home = os.environ['HOME'] + '/'
_events = {}                    # a tool of sys.monitoring, and what it is to be told of


def watch(code):
    """Code of a file has been compiled or loaded: if it is the program's, it and all in it are watched."""
    if _events and code.co_filename.startswith(_home):
        if _VARIABLES in _events:
            _find_variables(code)
        _watch(code)
    return code


def _watch(code):
    for tool, events in _events.items():
        sys.monitoring.set_local_events(tool, code, events)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            _watch(constant)


def _begin_tool(tool, name, event, callback):
    sys.monitoring.use_tool_id(tool, name)
    sys.monitoring.register_callback(tool, event, callback)
    _events[tool] = event


def install():
    """Before the first line of a process that does not go on where another was."""
    kind = _weft.step_kind()
    if kind == _LINE:
        _begin_tool(_STEPS, 'weft steps', sys.monitoring.events.LINE, _weft.step)
    elif kind == _BYTECODE:
        _begin_tool(_STEPS, 'weft steps', sys.monitoring.events.INSTRUCTION, _weft.step)
    if _weft.watching():
        _begin_tool(_VARIABLES, 'weft variables', sys.monitoring.events.INSTRUCTION, _weft.touch)
        _install_variables()
    if _events:
        _watch_files()


def watch_lines(code):
    """There are breakpoints on lines, and steps are larger: `_weft.line` is told of each line of this code of the program.

    Where a line has none it answers what is returned here, and Python tells of that line no more: its first instruction is again
    what it was, and a loop counts its turns as ever.
    """
    tool = sys.monitoring.get_tool(_STEPS)
    if tool is None:
        tool = 'weft lines'
        sys.monitoring.use_tool_id(_STEPS, tool)
        sys.monitoring.register_callback(_STEPS, sys.monitoring.events.LINE, _weft.line)
    if tool == 'weft lines':
        sys.monitoring.set_local_events(_STEPS, code, sys.monitoring.events.LINE)
    return sys.monitoring.DISABLE


def lines_changed(_):
    """Other lines have breakpoints: Python tells once more of those of which it was to tell no more."""
    sys.monitoring.restart_events()


def _watch_files():
    """Modules of the program are imported, and its main file is run once more in a spawned process."""
    import runpy
    from importlib.machinery import SourceFileLoader
    get_code, run_code = SourceFileLoader.get_code, runpy._get_code_from_file

    def get_watched(self, fullname):
        code = get_code(self, fullname)
        return code if code is None else watch(code)
    SourceFileLoader.get_code = get_watched
    runpy._get_code_from_file = lambda name: watch(run_code(name))


# Variables -----------------------------------------------------------------------------------------------------------

# What an instruction does: codes of calls/variables.ts.
_READ_GLOBAL, _WRITE_GLOBAL, _READ_ATTRIBUTE, _WRITE_ATTRIBUTE, _READ_CELL, _WRITE_CELL, _FRESH, _FRESH_SELF = range(1, 9)

_COPIES = ('MAKE_FUNCTION', 'IMPORT_NAME', 'IMPORT_FROM', 'SET_FUNCTION_ATTRIBUTE')
_tables = {}                    # of each code object, what its instructions do: to be told again after a fork


def _codes(code):
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _instructions(code):
    raw = code.co_code
    at = extended = 0
    while at < len(raw):
        name, arg = opname[raw[at]], raw[at + 1] | extended
        yield at, name, arg
        extended = arg << 8 if name == 'EXTENDED_ARG' else 0
        at += 2 + 2 * _inline_cache_entries.get(name, 0)


def _changing(code):
    """Names of globals, and of variables of functions, that are assigned more than once: the rest nobody can race for."""
    globals_, cells, counts = set(), set(), {}
    for inner in _codes(code):
        is_module = inner is code
        loops = [(at - 2 * arg, at) for at, name, arg in _instructions(inner) if name.startswith('JUMP_BACKWARD')]
        before = ''
        for at, name, arg in _instructions(inner):
            if name == 'STORE_GLOBAL':
                globals_.add(inner.co_names[arg])
            elif name == 'STORE_NAME' and is_module and before not in _COPIES:
                stored = inner.co_names[arg]
                counts[stored] = counts.get(stored, 0) + (2 if any(start <= at < end for start, end in loops) else 1)
            elif name == 'STORE_DEREF' and inner._varname_from_oparg(arg) in inner.co_freevars:
                cells.add(inner._varname_from_oparg(arg))
            before = name
    return globals_ | {name for name, count in counts.items() if count > 1}, cells


def _find_variables(code):
    globals_, cells = _changing(code)
    for inner in _codes(code):
        _tables[inner] = _table(inner, inner is code, globals_, cells)
        _weft.touch_table(inner, *_tables[inner])


def _table(code, is_module, globals_, cells):
    """
    Bytes of what each instruction does, to which of the names (two bytes each), and in which local variable its cell is; those
    of the cells that a call of the function makes; and the names.
    """
    names = []
    size = len(code.co_code) // 2
    actions, operands, slots = bytearray(size), bytearray(2 * size), bytearray(size)

    def note(at, action, name, slot=0):
        if name not in names:
            names.append(name)
        unit = at // 2
        actions[unit], slots[unit] = action, slot
        operands[2 * unit:2 * unit + 2] = names.index(name).to_bytes(2, 'little')

    is_class = not is_module and not code.co_flags & CO_OPTIMIZED      # its names are its own
    made = [slot for slot in range(min(_local_count(code), 256)) if code._varname_from_oparg(slot) in cells.intersection(code.co_cellvars)]
    is_init = code.co_name == '__init__' and code.co_argcount > 0
    for at, name, arg in _instructions(code):
        if name in ('LOAD_GLOBAL', 'STORE_GLOBAL') or name in ('LOAD_NAME', 'STORE_NAME') and not is_class:
            variable = code.co_names[arg >> 1 if name == 'LOAD_GLOBAL' else arg]
            if variable in globals_:
                note(at, _READ_GLOBAL if name.startswith('LOAD') else _WRITE_GLOBAL, variable)
        elif name == 'LOAD_ATTR' and not arg & 1:       # else it is a method that is about to be called
            note(at, _READ_ATTRIBUTE, code.co_names[arg >> 1])
        elif name == 'STORE_ATTR':
            note(at, _WRITE_ATTRIBUTE, code.co_names[arg])
        elif name in ('LOAD_DEREF', 'STORE_DEREF') and arg < 256 and code._varname_from_oparg(arg) in cells:
            note(at, _READ_CELL if name == 'LOAD_DEREF' else _WRITE_CELL, code._varname_from_oparg(arg), arg)
        elif name == 'RESUME' and arg == 0 and (is_init or made):
            actions[at // 2] = _FRESH_SELF if is_init else _FRESH
    return bytes(actions), bytes(operands), bytes(slots), bytes(made), *names


def _local_count(code):
    return code.co_nlocals + sum(name not in code.co_varnames for name in code.co_cellvars) + len(code.co_freevars)


def _install_variables():
    from _weft_process import register_at_fork
    _tell()
    register_at_fork(after_in_child=_tell)
    is_set = threading.Event.is_set

    def is_set_in_order(self):
        """Who sees that an event is set comes after who set it."""
        with self._cond:
            return is_set(self)
    threading.Event.is_set = is_set_in_order
    handles = type(threading.main_thread()._os_thread_handle)
    join, is_done = handles.join, handles.is_done

    def join_in_order(self, timeout=None):
        join(self, timeout)
        is_done_in_order(self)

    def is_done_in_order(self):
        """Who sees that a thread is done comes after all that it did."""
        done = is_done(self)
        if done:
            _weft.thread_seen_done(self._ident)
        return done
    handles.join = join_in_order
    handles.is_done = is_done_in_order

    from _queue import SimpleQueue
    put, get = SimpleQueue.put, SimpleQueue.get

    def put_in_order(self, item, block=True, timeout=None):
        """Its cell counts wake-ups, and some more do no harm: who gets an item comes after who put it, though nobody waited."""
        _weft.cell_release(self._wakeups)
        put(self, item)

    def get_in_order(self, block=True, timeout=None):
        item = get(self, block, timeout)
        _weft.cell_acquire(self._wakeups, 0)
        return item
    SimpleQueue.put, SimpleQueue.get = put_in_order, get_in_order


def _tell():
    """The tables are kept outside of Python's memory: each process has to be told."""
    _weft.touch_begin(sys.monitoring.DISABLE, threading.local, '__module__')
    for code, table in _tables.items():
        _weft.touch_table(code, *table)
