import threading
import time

PAUSE = 2

pen = threading.Lock()
paper = threading.Lock()


def write():
    with pen:
        time.sleep(PAUSE)
        with paper:
            print('written')


def draw():
    with paper:
        time.sleep(1)
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
