import signal
import sys
import time
from multiprocessing import Lock, Process

KILL = 1
PATIENCE = 3


def hold(lock):
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    with lock:
        print('holder: I have the lock')
        time.sleep(10)


def want(lock):
    if lock.acquire(timeout=PATIENCE):
        print('other: I have it')
    else:
        print('other: I give up')


if __name__ == '__main__':
    lock = Lock()
    holder = Process(target=hold, args=(lock,), name='holder')
    holder.start()
    time.sleep(KILL)
    holder.terminate()
    other = Process(target=want, args=(lock,), name='other')
    other.start()
    other.join()
