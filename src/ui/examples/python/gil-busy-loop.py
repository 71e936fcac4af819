import time
from threading import Thread


def count(n):
    while n > 0:
        n -= 1


def polite():
    for _ in range(10):
        time.sleep(0.03)


if __name__ == '__main__':
    # A busy thread is asked to give up the GIL every few
    # milliseconds: one that wants to run for a moment only
    # waits that long.
    busy = Thread(target=count, args=(3_000_000,), name='busy')
    threads = [busy, Thread(target=polite, name='polite')]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print('both are done')
