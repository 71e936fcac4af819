# Putting the logs together --------------------------------------------------------------------------------------------

# By whose event on the same object a wait ends; of a join: on the task.
ENDS = {'lock': ('release',), 'semaphore': ('release',), 'queue empty': ('put',), 'queue full': ('get',), 'pipe empty': ('send',),
        'event': ('set',), 'condition': ('notify',), 'barrier': ('barrier-open', 'barrier-break', 'barrier-reset'),
        'unfinished': ('task-done',), 'pool': ('job-end', 'job-submit'), 'join': ('task-exit',), 'wait': ('task-exit',)}
# So long after a wait's end what ended it may have been written down.
GRACE = 2_000_000
MESSAGES = {'get': 'put', 'receive': 'send'}


class Event:
    """A line of a log."""
    __slots__ = ('at', 'task', 'kind', 'detail', 'obj', 'place', 'other', 'value', 'extra', 'partner', 'next')

    def __init__(self, line):
        self.at, self.task, self.kind, self.detail, self.obj, self.place, self.other, self.value, self.extra = line
        self.partner = self.next = None


class Merge:
    """All logs as one trace: tasks and objects get numbers, amounts are counted, and waits get who ended them."""

    def __init__(self, folder, began):
        self.began = began
        self.rows = []                   # (time, order, row)
        self.tasks = {'0': 0}
        self.objects = {}                # number and end, by key
        self.types = {}
        self.amounts = {}
        self.blocked = {}
        self.exited = set()
        self.files = [State.program]
        self.events = self.read(folder)
        self.deeds = {}
        self.match()
        for order, event in enumerate(self.events):
            self.take(event, order)

    def read(self, folder):
        events = []
        for name in sorted(os.listdir(folder)):
            before = {}
            with open(os.path.join(folder, name), encoding='utf-8', errors='replace') as log:
                for line in log:
                    if not line.endswith('\n'):
                        break            # its process was killed while it wrote
                    event = Event(json.loads(line))
                    if event.task in before:
                        before[event.task].next = event
                    before[event.task] = event
                    events.append(event)
        events.sort(key=lambda event: event.at)
        ends = {}
        for event in events:
            if event.kind == 'pipe':
                ends[event.obj], ends[event.other] = (event.obj, 0), (event.obj, 1)
        for event in events:
            if event.kind in ('send', 'receive'):
                pipe, end = ends.get(event.obj, (event.obj, 0))
                one_way = ends.get(pipe) == (pipe, 1)
                event.detail = 0 if one_way else end if event.kind == 'receive' else 1 - end
                event.obj = pipe
        return events

    def match(self):
        """What was sent is written down after it went: the nth sending is no later than the nth receiving."""
        sent, got = {}, {}
        for event in self.events:
            if event.kind in ('put', 'send'):
                sent.setdefault((event.obj, event.detail), []).append(event)
            elif event.kind in MESSAGES and not (event.kind == 'receive' and event.value == 0 and event.other == 0):
                got.setdefault((event.obj, event.detail), []).append(event)
        for key, events in got.items():
            for event, partner in zip(events, sent.get(key, ())):
                event.partner = partner
                partner.at = min(partner.at, event.at)
        self.events.sort(key=lambda event: (event.at, event.kind in MESSAGES))
        for event in self.events:
            key = event.task if event.kind == 'task-exit' else event.obj
            self.deeds.setdefault((event.kind, key), []).append(event)

    def take(self, event, order):
        kind, task, other, value = event.kind, self.task(event.task), event.other, event.value
        place = self.place(event.place)
        if kind in ('object-new', 'pipe'):
            self.make(event, order, place)
            return
        if kind == 'resume':
            self.resume(event, order)
            return
        number = self.object(event, order) if isinstance(event.obj, str) and kind != 'task-new' else 0
        if kind in ('task-block', 'task-new', 'task-reap', 'signal-send') and isinstance(other, str):
            other = self.task(other)
        if kind == 'task-new':
            number = self.task(event.obj)
        elif kind == 'task-block':
            self.blocked[event.task] = event
        elif kind == 'task-exit':
            if event.task in self.exited:
                return
            self.exited.add(event.task)
        elif kind == 'task-reap':
            if event.other not in self.exited:
                # It was killed: nobody wrote down when.
                self.exited.add(event.other)
                self.add(event.at, order - 0.5, [other, 'task-exit', 0, 0, 0, value])
            value = None
        elif kind in ('put', 'get', 'send', 'receive', 'acquire', 'release', 'task-done'):
            other = self.amount(event, number)
        if isinstance(value, str):
            value = value[:65536]
        self.add(event.at, order, [task, kind, event.detail, number, place, other, value, event.extra])
        if kind == 'task-new':
            self.add(event.at, order + 0.1, [other, 'task-ready', 'started', 0, place, task])

    def task(self, key):
        return self.tasks.setdefault(key, len(self.tasks) + 1)

    def object(self, event, order):
        if event.obj not in self.objects:
            # Nobody has said what it is: a connection from somewhere else.
            self.objects[event.obj] = len(self.objects) + 1
            self.add(event.at, order - 0.5, [self.task(event.task), 'object-new', 'connection', self.objects[event.obj]])
        return self.objects[event.obj]

    def make(self, event, order, place):
        if event.obj in self.objects:
            return
        number = self.objects[event.obj] = len(self.objects) + 1
        kind, initial = ('pipe', 0) if event.kind == 'pipe' else (event.detail, event.other)
        self.types[number] = kind
        self.amounts[number] = initial if 'semaphore' in kind else 0
        self.add(event.at, order, [self.task(event.task), 'object-new', kind, number, place, initial, event.value])

    def amount(self, event, number):
        """How much there is in it, or how often it is held, after this."""
        key, step = number, {'put': 1, 'get': -1, 'acquire': 1, 'release': -1, 'task-done': 1}.get(event.kind)
        if event.kind == 'send':
            key, step = (number, event.detail), event.other
        elif event.kind == 'receive':
            key, step = (number, event.detail), -event.other
        elif 'semaphore' in self.types.get(number, ''):
            step = -step
        elif event.kind == 'task-done':
            done = self.amounts[number, 'done'] = self.amounts.get((number, 'done'), 0) + 1
            return max(0, self.amounts.get((number, 'put'), 0) - done)
        if event.kind == 'put':
            self.amounts[number, 'put'] = self.amounts.get((number, 'put'), 0) + 1
        self.amounts[key] = max(0, self.amounts.get(key, 0) + step)
        return self.amounts[key]

    def resume(self, event, order):
        task, block = self.task(event.task), self.blocked.pop(event.task, event)
        number = self.object(event, order) if isinstance(event.obj, str) else 0
        deed = self.deed(event, block)
        timed_out = event.detail == 'sleep' or event.value is not None and event.at - block.at >= event.value * 1000
        if deed is None or timed_out:
            self.add(event.at, order - 0.2, [task, 'task-ready', 'timed out' if timed_out else 'woken', number])
        else:
            # Between the deed and its going on it was ready: its CPU or the GIL was another's.
            at = min(event.at, max(deed.at, block.at))
            self.add(at, order - 0.2, [task, 'task-ready', 'woken', number, self.place(deed.place), self.task(deed.task)])
        self.add(event.at, order, [task, 'task-run'])

    def deed(self, event, block):
        """What another task did to end the wait, as far as the order of things says."""
        after = event.next
        if after is not None and after.partner is not None and after.obj == event.obj and after.partner.at >= block.at:
            return after.partner
        found = None
        for kind in ENDS.get(event.detail, ()):
            key = event.other if kind == 'task-exit' else event.obj
            deeds = self.deeds.get((kind, key), ())
            low, high = 0, len(deeds)
            while low < high:
                middle = (low + high) // 2
                low, high = (middle + 1, high) if deeds[middle].at <= event.at else (low, middle)
            # The last before the end of the wait; else one that was written down a moment later.
            near = [*reversed(deeds[max(0, low - 20):low]), *deeds[low:low + 1]]
            deed = next((each for each in near if each.task != event.task and block.at <= each.at <= event.at + GRACE), None)
            if deed is not None and (found is None or deed.at > found.at):
                found = deed
        return found

    def place(self, place):
        path, line = place
        if not path:
            return 0
        if path not in self.files:
            self.files.append(path)
        number = self.files.index(path)
        return line if number == 0 else '%d:%d' % (number, line)

    def add(self, at, order, row):
        row = [max(0, at - self.began), *row]
        while row[-1] in (0, None) and len(row) > 3:
            row.pop()
        self.rows.append((row[0], order, row))

    def write(self, path, status):
        self.rows.sort(key=lambda each: each[:2])
        names = [os.path.relpath(each, State.root).replace(os.sep, '/') for each in self.files]
        texts = []
        for name, each in zip(names, self.files):
            with open(each, encoding='utf-8', errors='replace') as file:
                texts.append({'name': name, 'text': file.read()})
        head = {'format': 'weft-trace', 'version': 1, 'clock': 'real', 'unit': 'ns',
                'program': {'language': 'python', 'files': texts, 'entry': names[0]}}
        rows = [row for _, _, row in self.rows]
        rows.append([rows[-1][0], 0, 'run-end', 'stopped' if State.interrupted else 'finished', 0, 0, status])
        with open(path, 'w', encoding='utf-8') as file:
            file.write(json.dumps(head)[:-1] + ',\n"files":' + json.dumps(names))
            file.write(',\n"columns":["time","task","kind","detail","object","place","other","value","extra"],\n"events":[\n')
            file.write(',\n'.join(json.dumps(row, separators=(',', ':')) for row in rows) + '\n]}\n')
