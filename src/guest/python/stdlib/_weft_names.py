"""The variable that the program gives a new object: read from the bytecode that follows the call which makes it."""
import sys
from _opcode_metadata import opmap
from opcode import _inline_cache_entries, opname

_LOADS = {name for name in opmap if name.startswith(('LOAD_FAST', 'LOAD_NAME', 'LOAD_GLOBAL', 'LOAD_DEREF'))}


def _instructions(code, at):
    raw = code.co_code
    extended = 0
    while at < len(raw):
        name, arg = opname[raw[at]], raw[at + 1] | extended
        at += 2 + 2 * _inline_cache_entries.get(name, 0)
        if name == 'EXTENDED_ARG':
            extended = arg << 8
            continue
        extended = 0
        yield name, arg


def _variable(code, name, arg):
    if name in ('STORE_NAME', 'STORE_GLOBAL', 'LOAD_NAME'):
        return code.co_names[arg]
    if name == 'LOAD_GLOBAL':
        return code.co_names[arg >> 1]
    if name in ('STORE_FAST_STORE_FAST', 'STORE_FAST_LOAD_FAST'):
        return code._varname_from_oparg(arg >> 4)
    return code._varname_from_oparg(arg)


def names_of_result(frame):
    """What the value of the call that `frame` is in is assigned to: a tuple of names, empty where it is not assigned at once."""
    code = frame.f_code
    steps = _instructions(code, frame.f_lasti)
    next(steps)             # the call itself
    wanted, names, owner, entering = 1, [], None, False
    for name, arg in steps:
        if name in ('STORE_NAME', 'STORE_GLOBAL', 'STORE_FAST', 'STORE_DEREF', 'STORE_FAST_LOAD_FAST'):
            names.append(_variable(code, name, arg))
            if name == 'STORE_FAST_LOAD_FAST':
                owner = code._varname_from_oparg(arg & 15)
        elif name == 'STORE_FAST_STORE_FAST':
            names += code._varname_from_oparg(arg >> 4), code._varname_from_oparg(arg & 15)
        elif name == 'UNPACK_SEQUENCE' and not names:
            wanted = arg
        elif name == 'STORE_ATTR' and owner:
            names.append(f'{owner}.{code.co_names[arg]}')
            owner = None
        elif name in _LOADS and 'FAST_LOAD' not in name and 'BORROW_LOAD' not in name:
            owner = _variable(code, name, arg)
        elif name == 'LOAD_SPECIAL':
            entering = True     # `with call() as name`: what enters it comes between
        elif name not in ('COPY', 'NOT_TAKEN', 'NOP', 'CACHE') and not (entering and name in ('SWAP', 'CALL')):
            break
        if len(names) >= wanted:
            break
    return tuple(names)


def user_frame(is_user):
    frame = sys._getframe(1)
    while frame is not None and not is_user(frame.f_code.co_filename):
        frame = frame.f_back
    return frame
