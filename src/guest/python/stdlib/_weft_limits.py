"""What a browser cannot give, each with a sentence that says so; and the packages that are not there."""
import errno
import functools
import os
import sys

_SENTENCE = 'the library of CPython and the files of the program are all there is; no packages can be installed'
_JAVASCRIPT = ('js', 'pyodide_js', 'pyodide', '_pyodide', '_pyodide_core')
_builtins_only = frozenset(sys.stdlib_module_names)


class _MissingPackages:
    """The last finder: what nobody else has found."""

    def find_spec(self, name, path=None, target=None):
        if '.' in name or name.startswith('_'):
            return None
        error = ModuleNotFoundError(f'No module named {name!r}', name=name)
        if name in _builtins_only:
            error.add_note(f'{name} is a part of CPython that needs what a browser does not have.')
        else:
            files = sorted(f for f in os.listdir(os.environ['HOME']) if f.endswith('.py'))
            error.add_note(f'Here {_SENTENCE}. Files: {", ".join(files)}.')
        raise error


def _refuse(number, sentence):
    def refuse(*args, **kwargs):
        raise OSError(number, sentence)
    return refuse


def close_imports():
    """Before the program's first line: Pyodide imports its own modules whenever it boots."""
    for finder in list(sys.meta_path):
        if type(finder).__module__.startswith(('_pyodide', 'pyodide')):
            sys.meta_path.remove(finder)
    for name in list(sys.modules):
        if name.split('.')[0] in _JAVASCRIPT:
            del sys.modules[name]
    sys.meta_path.append(_MissingPackages())


def _explained(challenge, error, sentence):
    @functools.wraps(challenge)
    def explained(*args, **kwargs):
        try:
            return challenge(*args, **kwargs)
        except error as refusal:
            refusal.add_note(sentence)
            raise
    return explained


def install():
    import subprocess
    from multiprocessing import AuthenticationError, connection
    for name in ('deliver_challenge', 'answer_challenge'):
        challenge = getattr(connection, name)
        setattr(connection, name, _explained(challenge, AuthenticationError, 'the authkey is not the same on both sides'))
    programs = 'a browser runs no other programs: start Python with multiprocessing'

    def refuse_program(self, *args, **kwargs):
        raise OSError(errno.ENOTSUP, programs)
    subprocess.Popen.__init__ = refuse_program
    subprocess.Popen.__del__ = lambda self: None
    for name in ('system', 'popen', 'execv', 'execve', 'posix_spawn'):
        if hasattr(os, name):
            setattr(os, name, _refuse(errno.ENOTSUP, programs))
