"""Any number may read the board at once; to write on it one must be alone."""
from threading import Lock, Thread

board = Lock()
door = Lock()
inside = 0


def read(name):
    global inside
    for visit in range(2):
        with door:
            inside += 1
            if inside == 1:
                board.acquire()
        print(name, 'reads')
        with door:
            inside -= 1
            if inside == 0:
                board.release()


def write():
    with board:
        print('the writer writes')


people = [
    Thread(target=read, args=('Ann',), name='Ann'),
    Thread(target=write, name='writer'),
    Thread(target=read, args=('Ben',), name='Ben'),
]
for person in people:
    person.start()
for person in people:
    person.join()
