import sys
import time
from threading import Thread


def busy(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def two_busy():
    threads = [
        Thread(target=busy, args=(0.5,), name=f'busy {n}')
        for n in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == '__main__':
    # How long a thread keeps the GIL while others want it.
    for interval in 0.005, 0.1:
        sys.setswitchinterval(interval)
        print('taking turns every', interval, 'seconds')
        two_busy()
