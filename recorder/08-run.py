# Running the program --------------------------------------------------------------------------------------------------

def finish():
    """The last thing that a process does."""
    flush_text()
    emit('task-exit', 0, 0, State.status, place=['', 0])
    State.log = -1
    if os.getpid() != State.first or not State.out:
        return
    out, State.out = State.out, ''
    try:
        Merge(State.folder, State.began).write(out, State.status)
    except Exception as problem:
        print('weft_recorder: %s was not written: %s: %s' % (out, type(problem).__name__, problem), file=sys.stderr)
    finally:
        shutil.rmtree(State.folder, ignore_errors=True)
    if State.interrupted:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)


def arguments(given):
    """What to write, and the program with its arguments."""
    out, given = 'run.json', list(given)
    if given[:1] in (['-h'], ['--help']):
        print(__doc__.strip())
        sys.exit(0)
    if given[:1] in (['-o'], ['--out']) and len(given) > 1:
        out, given = given[1], given[2:]
    elif len(given) > 2 and given[-2] in ('-o', '--out'):
        out, given = given[-1], given[:-2]
    if given[:1] == ['--']:
        given = given[1:]
    if not given or given[0].startswith('-'):
        sys.exit('weft_recorder: say "python3 weft_recorder.py [-o run.json] program.py [argument ...]"')
    if not os.path.isfile(given[0]):
        print('weft_recorder: there is no file "%s"' % given[0], file=sys.stderr)
        sys.exit(2)
    return out, given


def run(given):
    """Does what `python3 program.py` does."""
    path = os.path.join(os.getcwd(), given[0])
    main = types.ModuleType('__main__')
    main.__dict__.update(__file__=path, __builtins__=builtins, __spec__=None, __package__=None, __cached__=None)
    sys.modules['__main__'] = main
    sys.argv[:] = given
    sys.path[0] = os.path.dirname(os.path.realpath(path))
    try:
        with open(path, 'rb') as file:
            code = compile(file.read(), path, 'exec', dont_inherit=True)
        exec(code, main.__dict__)
    except SystemExit as leaving:
        code = leaving.code
        State.status = 0 if code is None else code & 255 if isinstance(code, int) else 1
        raise
    except BaseException as problem:
        clean(problem)
        if isinstance(problem, SyntaxError) and problem.__traceback__ is None:
            problem.__suppress_context__ = True
        sys.excepthook(type(problem), problem, problem.__traceback__)
        State.interrupted = isinstance(problem, KeyboardInterrupt)
        State.status = -2 if State.interrupted else 1
        sys.exit(1)


def record(given):
    out, given = arguments(given)
    State.out, State.program = os.path.abspath(out), os.path.abspath(given[0])
    State.root, State.first = os.path.join(os.path.dirname(State.program), ''), os.getpid()
    State.folder = tempfile.mkdtemp(prefix='weft-')
    # Registered before all others: called after all others.
    atexit.register(finish)
    sys.modules['weft_recorder'] = sys.modules['__main__']
    open_log()
    install()
    State.began = now()
    emit('task-new', 'initial', me(), me(), 'main', at=State.began, task='0', place=['', 0])
    emit('task-run', place=['', 0])
    run(given)


if __name__ == '__main__':
    record(sys.argv[1:])
