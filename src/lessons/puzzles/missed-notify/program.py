"""The reader looks for the page, and sleeps until the writer says that there is one."""
from threading import Condition, Thread

changed = Condition()
page = None


def read():
    while page is None:
        with changed:
            changed.wait()
    print('read:', page)


def write():
    global page
    page = 'Once upon a time'
    with changed:
        changed.notify_all()


people = [Thread(target=read, name='reader'), Thread(target=write, name='writer')]
for person in people:
    person.start()
for person in people:
    person.join()
