import threading
import time

PAUSE = 2

pen = threading.Lock()
paper = threading.Lock()


def write():
    with pen:
        with paper:
            print('written')


def draw():
    with paper:
        with pen:
            print('drawn')


threads = [
    threading.Thread(target=write, name='writer'),
    threading.Thread(target=draw, name='drawer'),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print('both done')
