"""
Runs in Pyodide under Node while the page is built. Into CPython's zipped library go our modules and the bytecode of all that
the base image imports: an interpreter that boots from sources compiles 4 MB of them, three seconds in a browser.

A module keeps its source: tracebacks show its lines. Names given from outside: `library`, the path of the zip; `ours`, texts by file
name; `first`, the modules that the base image imports.
"""
import ast
import importlib.util
import io
import marshal
import sys
import zipfile

DATE = (1980, 1, 1, 0, 0, 0)
# Flags of PEP 552: bytecode that is never compared with its source.
UNCHECKED_HASH = (1).to_bytes(4, 'little')


def file_of(name, files):
    path = name.replace('.', '/')
    return next((file for file in (f'{path}.py', f'{path}/__init__.py') if file in files), None)


def statements_at_import(body):
    """What runs when a module is imported: all but the bodies of functions."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        yield node
        for field in ('body', 'orelse', 'finalbody', 'handlers'):
            yield from statements_at_import(getattr(node, field, ()))


def imported_by(name, file, text):
    """Names of modules that a module imports, or that could be attributes of one."""
    package = name if file.endswith('/__init__.py') else name.rpartition('.')[0]
    for node in statements_at_import(ast.parse(text).body):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = importlib.util.resolve_name('.' * node.level + (node.module or ''), package) if node.level else node.module
            yield base
            yield from (f'{base}.{alias.name}' for alias in node.names)


def reachable(files):
    """Every module that is imported with the first, by the name of its file."""
    found = {}
    # Pyodide's own are imported before ours.
    waiting = [*first, *sys.modules]
    while waiting:
        name = waiting.pop()
        parent = name.rpartition('.')[0]
        if parent:
            waiting.append(parent)
        file = file_of(name, files)
        if file is not None and file not in found:
            found[file] = name
            waiting.extend(imported_by(name, file, files[file]))
    return found


def compiled():
    with zipfile.ZipFile(library) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if not name.endswith('/')}
    files.update({name: text.encode() for name, text in ours.items()})
    for file in reachable(files):
        code = compile(files[file], f'{library}/{file}', 'exec', dont_inherit=True)
        head = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(files[file])
        files[f'{file}c'] = head + marshal.dumps(code)
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return out.getvalue()


compiled()
